/// A leaky bucket: each request adds one, and a steady stream drains it.
///
/// Shared by everything that reads one portal from this machine, since the portal counts by
/// address. Others at the same address fill the same bucket unseen: when the portal refuses a
/// request, ours is taken for full and drains more slowly for a while.
public actor RateLimiter {
    private let perSecond: Double
    private let burst: Double
    private let clock: MonotonicClock
    private var level = 0.0
    private var lastChange: Duration
    /// What part of the drain is ours; less than 1 after a refusal.
    private var share = 1.0

    /// Makes an empty bucket.
    ///
    /// - Parameters:
    ///   - perSecond: How many requests drain per second.
    ///   - burst: How many fit before the next has to wait.
    ///   - clock: Tells and passes the time.
    public init(perSecond: Double = 2, burst: Int = 50, clock: MonotonicClock = .system) {
        precondition(perSecond > 0 && burst > 0, "a bucket without drain or room lets nothing pass")
        self.perSecond = perSecond
        self.burst = Double(burst)
        self.clock = clock
        lastChange = clock.elapsed
    }

    /// Waits until a request may be sent.
    ///
    /// - Returns: How long it waited.
    /// - Throws: `CancellationError` when the task is cancelled meanwhile.
    @discardableResult
    public func acquire() async throws -> Duration {
        let now = clock.elapsed
        drain(until: now)
        share = min(1, share * 1.01)
        // The place is taken before the pause, so that those who come meanwhile queue behind it.
        level += 1
        guard level > burst else { return .zero }
        let pause = Duration.milliseconds(
            Int64(((level - burst) / (perSecond * share) * 1_000).rounded(.up)))
        try await clock.sleep(for: pause)
        return pause
    }

    /// Takes note that the portal refused a request for want of room in its bucket.
    public func slowDown() {
        drain(until: clock.elapsed)
        level = max(level, burst)
        share = max(0.25, share * 0.75)
    }

    private func drain(until now: Duration) {
        level = max(0, level - (now - lastChange) / .seconds(1) * perSecond * share)
        lastChange = now
    }
}
