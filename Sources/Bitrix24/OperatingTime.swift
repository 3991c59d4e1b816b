public import Collection
internal import Synchronization

/// How long a portal has worked for those who read it with the same credentials.
///
/// Readings share it, one after another and at the same time: the portal adds up what all of them
/// cost, and a reading that begins with an empty ledger would know nothing of those before it.
public final class OperatingTime: Sendable {
    private let ledger: Mutex<OperatingLedger>
    /// Readings have clocks of their own, which began at other moments.
    private let clock: MonotonicClock

    /// Makes an empty ledger.
    ///
    /// - Parameters:
    ///   - limit: Seconds that the portal works for a method in ten minutes before it blocks it;
    ///     `nil` for a box without the limit.
    ///   - clock: Tells the time.
    public init(limit: Double? = 480, clock: MonotonicClock = .system) {
        ledger = Mutex(OperatingLedger(limit: limit))
        self.clock = clock
    }

    /// Takes the sum that the portal tells after a call, in seconds, and what of it the call itself
    /// has cost, as far as its answer tells.
    func note(_ operating: Double, of method: String, costing cost: Double = 0) {
        let now = clock.elapsed
        ledger.withLock { $0.note(operating, of: method, costing: cost, at: now) }
    }

    /// How long to wait before the next call of a method.
    func pause(before method: String) -> Duration {
        let now = clock.elapsed
        return ledger.withLock { $0.pause(before: method, at: now) }
    }
}
