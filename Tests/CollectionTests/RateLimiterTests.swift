import Collection
import TestSupport
import Testing

@Suite("Rate limiter")
struct RateLimiterTests {
    private let time = ManualClock()

    /// How long each of several requests had to wait, one after another.
    private func pauses(_ limiter: RateLimiter, _ count: Int) async throws -> [Duration] {
        var pauses: [Duration] = []
        for _ in 0..<count {
            pauses.append(try await limiter.acquire())
            await limiter.answered()
        }
        return pauses
    }

    @Test("lets a burst pass and then one by one at the bucket's drain")
    func burst() async throws {
        // A second's drain is kept free of the five.
        let limiter = RateLimiter(perSecond: 2, burst: 5, clock: MonotonicClock(time))
        #expect(
            try await pauses(limiter, 5)
                == [.zero, .zero, .zero, .milliseconds(500), .milliseconds(500)])
    }

    @Test("takes the bucket for full after a refusal, and drains more slowly for a while")
    func refusal() async throws {
        let limiter = RateLimiter(perSecond: 2, burst: 50, clock: MonotonicClock(time))
        _ = try await pauses(limiter, 1)
        await limiter.slowDown()
        let after = try await pauses(limiter, 40)
        // Three quarters of the rate at first; after some forty requests the whole again.
        #expect(after[0] > .milliseconds(600) && after[0] < .milliseconds(700))
        #expect(after[39] == .milliseconds(500))
    }

    @Test(
        "never fills the portal's bucket, wherever on the way the portal counts", arguments: 1...20)
    func ways(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let limiter = RateLimiter(perSecond: 2, burst: 50, clock: MonotonicClock(time))
        var portal = (level: 0.0, at: 0.0)
        for number in 0..<400 {
            try await limiter.acquire()
            // The first takes longest: a connection is made, and the portal wakes up.
            let way = Double.random(in: 0...(number == 0 ? 5 : 0.4), using: &generator)
            let counted = Double.random(in: 0...way, using: &generator)
            let arrival = seconds + counted
            portal.level = max(0, portal.level - (arrival - portal.at) * 2) + 1
            portal.at = arrival
            #expect(portal.level <= 50)
            try await time.sleep(until: time.now.advanced(by: .seconds(way)), tolerance: nil)
            await limiter.answered()
        }
        // 48 at once, the others at two a second; only what is on its way keeps its place longer.
        #expect(seconds <= 352 / 2 + 6)
    }

    @Test("gives the place of a request that is under way to no other")
    func underWay() async throws {
        let limiter = RateLimiter(perSecond: 1, burst: 3, clock: MonotonicClock(time))
        #expect(try await limiter.acquire() == .zero)
        try await time.sleep(until: time.now.advanced(by: .seconds(60)), tolerance: nil)
        // The first may be counted now, a minute later; there is room for one more and not for two.
        #expect(try await limiter.acquire() == .zero)
        await limiter.answered()
        #expect(try await limiter.acquire() == .seconds(1))
    }

    private var seconds: Double { time.now.offset / .seconds(1) }

    @Test("never drops below a quarter of its rate")
    func floor() async throws {
        let limiter = RateLimiter(perSecond: 2, burst: 1, clock: MonotonicClock(time))
        for _ in 0..<30 { await limiter.slowDown() }
        #expect(try await limiter.acquire() <= .milliseconds(2_000))
    }
}
