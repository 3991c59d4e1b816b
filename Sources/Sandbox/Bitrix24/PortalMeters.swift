internal import Synchronization

/// The portal's memory of who called how much: the leaky bucket and the operating time.
final class PortalMeters: Sendable {
    private struct State {
        var buckets: [String: (level: Double, at: Double)] = [:]
        /// Seconds per method and minute.
        var operating: [String: [Int: Double]] = [:]
        /// Until when methods are blocked that were refused.
        var blocked: [String: Double] = [:]
    }

    private let state = Mutex(State())

    /// Counts a request into its caller's bucket.
    ///
    /// - Returns: Whether there was room for it.
    func admits(_ caller: String, rate: Double?, depth: Double, now: Double) -> Bool {
        guard let rate else { return true }
        return state.withLock { state in
            let bucket = state.buckets[caller] ?? (0, now)
            let level = max(0, bucket.level - max(0, now - bucket.at) * rate)
            // A refused request adds nothing.
            let isAdmitted = level + 1 <= depth
            state.buckets[caller] = (isAdmitted ? level + 1 : level, now)
            return isAdmitted
        }
    }

    /// Seconds a method worked for a caller in the last ten minutes, and when the oldest of them
    /// are forgotten; caller and method are joined as ``PortalCaller/meter(_:)`` does it.
    func operating(_ method: String, now: Double) -> (seconds: Double, resetAt: Int) {
        state.withLock { state in
            let minutes = (state.operating[method] ?? [:]).filter { $0.key > Int(now) / 60 - 10 }
            state.operating[method] = minutes
            let oldest = minutes.keys.min() ?? Int(now) / 60
            return (minutes.keys.sorted().reduce(0) { $0 + (minutes[$1] ?? 0) }, oldest * 60 + 600)
        }
    }

    /// Whether a method that worked too long is refused.
    ///
    /// - Parameters:
    ///   - method: Caller and method, as in ``operating(_:now:)``.
    ///   - limit: Seconds that it may work within ten minutes.
    ///   - block: Seconds for which it is then refused, and after which it begins anew; `nil` until its sum is
    ///     below the limit.
    ///   - now: The time, in seconds.
    /// - Returns: Whether it is refused; from the first refusal on the block is counted.
    func isBlocked(_ method: String, limit: Double, block: Double?, now: Double) -> Bool {
        let isOver = operating(method, now: now).seconds >= limit
        guard let block else { return isOver }
        return state.withLock { state in
            guard let end = state.blocked[method] else {
                if isOver { state.blocked[method] = now + block }
                return isOver
            }
            if now < end { return true }
            state.blocked[method] = nil
            state.operating[method] = nil
            return false
        }
    }

    /// Charges a method for a call.
    func charge(_ method: String, seconds: Double, now: Double) {
        state.withLock { $0.operating[method, default: [:]][Int(now) / 60, default: 0] += seconds }
    }

    /// Forgets everything.
    func reset() { state.withLock { $0 = State() } }
}
