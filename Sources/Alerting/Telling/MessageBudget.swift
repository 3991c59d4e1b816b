public import Foundation

/// Keeps the promise of no more than so many messages about alerts to one person within any week.
///
/// A third is kept for alerts that begin and are grave. Of these, when no more than that third is
/// left, messages are spread over the week and each tells of everything that gathered since the one
/// before. Everybody who is told has a budget of their own.
public struct MessageBudget: Hashable, Sendable {
    /// Messages within any seven days.
    public let ceiling: Int
    private var written: [Date]

    /// The week of the promise.
    public static let week = 7.0 * 86_400

    /// Makes a budget.
    ///
    /// - Parameters:
    ///   - ceiling: Messages within any seven days; at least one.
    ///   - written: When messages were written, in any order; those of the last week matter.
    public init(ceiling: Int, written: [Date]) {
        self.ceiling = max(1, ceiling)
        self.written = written.sorted()
    }

    /// Messages that may still be written within the week that ends now.
    public func rest(at now: Date) -> Int {
        ceiling - written.count { now.timeIntervalSince($0) < Self.week }
    }

    /// Whether a message may be written now.
    ///
    /// - Parameters:
    ///   - isUrgent: Whether it tells of something grave that begins.
    ///   - now: The time.
    /// - Returns: `false` when it has to wait; what it would have told is told by the next one.
    public func allows(isUrgent: Bool, at now: Date) -> Bool {
        let rest = rest(at: now)
        guard rest > reserve else {
            guard isUrgent, rest > 0 else { return false }
            guard let last = written.last else { return true }
            return now.timeIntervalSince(last) >= Self.week / Double(ceiling)
        }
        return true
    }

    /// Whether so few are left that everything is told in one message.
    ///
    /// - Parameters:
    ///   - count: Messages that would be written otherwise.
    ///   - now: The time.
    /// - Returns: Whether one has to do.
    public func isScarce(for count: Int, at now: Date) -> Bool {
        rest(at: now) - max(0, count - 1) <= max(reserve, ceiling / 2)
    }

    /// Notes that a message was written.
    public mutating func write(at now: Date) { written.append(now) }

    /// A third, at least one; of a single message nothing can be kept.
    private var reserve: Int { ceiling == 1 ? 0 : max(1, ceiling / 3) }
}
