/// A clock without its type: the time since it was made, and sleeping.
///
/// Tests bring their own.
public struct MonotonicClock: Sendable {
    private let elapsedTime: @Sendable () -> Duration
    private let sleeping: @Sendable (Duration) async throws -> Void

    /// Wraps a clock; its time begins now.
    public init<Time: Clock>(_ clock: Time) where Time.Duration == Duration {
        let start = clock.now
        elapsedTime = { start.duration(to: clock.now) }
        sleeping = { try await clock.sleep(until: clock.now.advanced(by: $0), tolerance: nil) }
    }

    /// The machine's own clock, which runs on while the machine sleeps.
    public static var system: MonotonicClock { MonotonicClock(ContinuousClock()) }

    /// The time since the clock was made.
    public var elapsed: Duration { elapsedTime() }

    /// Waits.
    ///
    /// - Throws: `CancellationError` when the task is cancelled meanwhile.
    public func sleep(for duration: Duration) async throws { try await sleeping(duration) }
}

extension Duration {
    /// The whole milliseconds.
    var milliseconds: Int {
        Int(components.seconds) * 1_000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
