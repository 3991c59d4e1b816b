/// A leaky bucket: each request adds one, and a steady stream drains it.
///
/// Shared by everything that reads one portal from this machine, since the portal counts by
/// address.
public actor RateLimiter {
    private let perSecond: Double
    private let burst: Double
    private let clock: MonotonicClock
    private var level = 0.0
    private var lastChange: Duration

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
        level = max(0, level - (now - lastChange) / .seconds(1) * perSecond)
        lastChange = now
        // The place is taken before the pause, so that those who come meanwhile queue behind it.
        level += 1
        guard level > burst else { return .zero }
        let pause = Duration.milliseconds(Int64(((level - burst) / perSecond * 1_000).rounded(.up)))
        try await clock.sleep(for: pause)
        return pause
    }
}
