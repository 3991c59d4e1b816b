/// A leaky bucket: each request adds one, and a steady stream drains it.
///
/// Shared by everything that reads one portal from this machine, since the portal counts by address.
/// The portal counts a request somewhere between its sending and its answer, and this bucket is
/// never emptier than the portal's: a request takes a place when it is sent, and its place begins to
/// drain only when it is answered. Whatever requests take on their way, none runs into the limit.
/// A second's drain is kept free besides, for a portal that empties its bucket once a second.
///
/// Others at the same address fill the portal's bucket unseen: when it refuses a request, ours is
/// taken for full and drains more slowly for a while.
public actor RateLimiter {
    private let perSecond: Double
    /// Requests that may be in the bucket.
    private let room: Double
    private let clock: MonotonicClock
    /// Answered requests that have not drained yet.
    private var level = 0.0
    private var lastChange: Duration
    /// Requests that are sent and not answered.
    private var underWay = 0.0
    private var waiting = 0.0
    /// What part of the drain is ours; less than 1 after a refusal.
    private var share = 1.0

    /// Makes an empty bucket.
    ///
    /// - Parameters:
    ///   - perSecond: How many requests drain per second.
    ///   - burst: How many the portal takes at once.
    ///   - clock: Tells and passes the time.
    public init(perSecond: Double = 2, burst: Int = 50, clock: MonotonicClock = .system) {
        precondition(perSecond > 0 && burst > 0, "a bucket without drain or room lets nothing pass")
        self.perSecond = perSecond
        self.room = max(1, Double(burst) - perSecond)
        self.clock = clock
        lastChange = clock.elapsed
    }

    /// Waits until a request may be sent; ``answered()`` has to follow.
    ///
    /// - Returns: How long it waited.
    /// - Throws: `CancellationError` when the task is cancelled meanwhile; nothing is to follow then.
    @discardableResult
    public func acquire() async throws -> Duration {
        let start = clock.elapsed
        share = min(1, share * 1.01)
        // Those who wait already go first.
        var ahead = waiting
        waiting += 1
        defer { waiting -= 1 }
        while true {
            drain(until: clock.elapsed)
            let excess = level + underWay + ahead + 1 - room
            guard excess > 0 else { break }
            let milliseconds = (excess / (perSecond * share) * 1_000).rounded(.up)
            try await clock.sleep(for: .milliseconds(Int64(milliseconds)))
            ahead = 0
        }
        underWay += 1
        return clock.elapsed - start
    }

    /// Takes note that a request was answered, or never will be.
    public func answered() {
        drain(until: clock.elapsed)
        underWay -= 1
        level += 1
    }

    /// Takes note that the portal refused a request for want of room in its bucket.
    public func slowDown() {
        drain(until: clock.elapsed)
        level = max(level, room)
        share = max(0.25, share * 0.75)
    }

    private func drain(until now: Duration) {
        level = max(0, level - (now - lastChange) / .seconds(1) * perSecond * share)
        lastChange = now
    }
}
