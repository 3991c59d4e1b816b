internal import Collection
internal import Synchronization

/// One limiter for each portal, shared by all sources that read from it: a portal counts the requests
/// that come from one address together.
final class PortalLimiters: Sendable {
    private let limiters = Mutex<[String: RateLimiter?]>([:])

    /// The limiter of a portal; where several sources name it, the first of them says how fast it is.
    ///
    /// - Parameters:
    ///   - portal: The portal's address.
    ///   - make: Makes the limiter; `nil` for a portal without a limit.
    /// - Returns: The limiter that was made for the portal first.
    func limiter(of portal: String, make: () -> RateLimiter?) -> RateLimiter? {
        limiters.withLock { limiters in
            if let known = limiters[portal] { return known }
            let made = make()
            limiters.updateValue(made, forKey: portal)
            return made
        }
    }
}
