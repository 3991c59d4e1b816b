/// How the portal behaves.
public struct PortalOptions: Hashable, Sendable {
    /// The employee whose webhook it is.
    public var userID = 1
    /// The webhook's secret.
    public var code = "sandbox0webhook1"
    /// What the webhook may touch.
    public var scopes = ["crm", "user"]
    /// Requests that leak out of a caller's bucket in a second; `nil` for no limit.
    public var requestsPerSecond: Double? = 2
    /// Requests that a caller's bucket holds before further ones are refused.
    public var bucketDepth = 50.0
    /// Seconds a method may work within ten minutes before it is blocked; `nil` for no limit.
    public var operatingLimit: Double?
    /// Seconds charged for a call; `nil` for the time that it took.
    public var operatingCost: Double?
    /// Which of the limiter's figures come with an answer.
    public var timeDetail = TimeDetail.operatingAndReset

    /// The three states in which the `time` of answers is met.
    public enum TimeDetail: String, Hashable, Sendable {
        /// A box without the limiter.
        case plain
        /// An older cloud.
        case operating
        /// The cloud of today.
        case operatingAndReset
    }

    /// The cloud's usual settings.
    public init() {}
}
