public import Collection

/// How many requests a portal takes, by what its owner pays for.
///
/// Source: the protocol dossier, section 4.1. The portal counts by address, so that everything that
/// reads from this machine shares one limiter.
public enum PortalPlan: String, Hashable, Sendable, CaseIterable {
    /// Any plan of the cloud but the largest: 2 requests a second, 50 at once.
    case standard
    /// The cloud's largest plan: 5 requests a second, 250 at once.
    case enterprise
    /// An installation of one's own, which has no limit unless its administrator set one.
    case box

    /// A new limiter for the plan.
    ///
    /// - Parameter clock: Tells and passes the time.
    /// - Returns: The limiter; `nil` where there is no limit.
    public func limiter(clock: MonotonicClock = .system) -> RateLimiter? {
        switch self {
        case .standard: RateLimiter(perSecond: 2, burst: 50, clock: clock)
        case .enterprise: RateLimiter(perSecond: 5, burst: 250, clock: clock)
        case .box: nil
        }
    }

    /// Seconds that the portal works for one method in ten minutes; `nil` where there is no limit.
    public var operatingLimit: Double? { self == .box ? nil : 480 }
}
