import Collection
import Testing

@testable import Operations

@Suite("Limiters of portals")
struct PortalLimiterTests {
    @Test("are shared by the sources of one portal, and not by those of others")
    func shared() {
        let limiters = PortalLimiters()
        let one = limiters.limiter(of: "https://a.example") { RateLimiter(perSecond: 2) }
        let same = limiters.limiter(of: "https://a.example") { RateLimiter(perSecond: 5) }
        let other = limiters.limiter(of: "https://b.example") { RateLimiter(perSecond: 2) }
        #expect(one != nil && one === same && one !== other)
    }

    @Test("are none for a portal without a limit, whatever a second source says")
    func none() {
        let limiters = PortalLimiters()
        #expect(limiters.limiter(of: "https://box.example") { nil } == nil)
        #expect(limiters.limiter(of: "https://box.example") { RateLimiter() } == nil)
    }
}
