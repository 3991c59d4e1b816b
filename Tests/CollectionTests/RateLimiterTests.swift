import Collection
import TestSupport
import Testing

@Suite("Rate limiter")
struct RateLimiterTests {
    private let time = ManualClock()

    /// How long each of several requests had to wait, one after another.
    private func pauses(_ limiter: RateLimiter, _ count: Int) async throws -> [Duration] {
        var pauses: [Duration] = []
        for _ in 0..<count { pauses.append(try await limiter.acquire()) }
        return pauses
    }

    @Test("lets a burst pass and then one by one at the bucket's drain")
    func burst() async throws {
        let limiter = RateLimiter(perSecond: 2, burst: 3, clock: MonotonicClock(time))
        #expect(
            try await pauses(limiter, 5)
                == [.zero, .zero, .zero, .milliseconds(500), .milliseconds(500)])
    }

    @Test("takes the bucket for full after a refusal, and drains more slowly for a while")
    func refusal() async throws {
        let limiter = RateLimiter(perSecond: 2, burst: 50, clock: MonotonicClock(time))
        _ = try await limiter.acquire()
        await limiter.slowDown()
        let after = try await pauses(limiter, 40)
        // Three quarters of the rate at first; after some forty requests the whole again.
        #expect(after[0] > .milliseconds(600) && after[0] < .milliseconds(700))
        #expect(after[39] == .milliseconds(500))
    }

    @Test("never drops below a quarter of its rate")
    func floor() async throws {
        let limiter = RateLimiter(perSecond: 2, burst: 1, clock: MonotonicClock(time))
        for _ in 0..<30 { await limiter.slowDown() }
        #expect(try await limiter.acquire() <= .milliseconds(2_000))
    }
}
