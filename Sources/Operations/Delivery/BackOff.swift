/// How long to wait before a message is tried again, and how long it is tried at all.
///
/// The pause doubles with each failure up to a longest; between half and all of it is waited, at
/// random, so that messages that failed together do not come back together.
struct BackOff: Sendable {
    /// The pause after the first failure.
    var first = Duration.seconds(60)
    /// The longest pause.
    var longest = Duration.seconds(4 * 3600)
    /// How long after it was due a message is given up.
    var giveUpAfter = Duration.seconds(72 * 3600)
    /// A random number from 0 to 1.
    var random: @Sendable () -> Double = { Double.random(in: 0...1) }

    /// The pause after a number of failures, from 1.
    ///
    /// - Parameters:
    ///   - failures: How often sending failed.
    ///   - asked: What the other side asked for, which is kept when it is longer.
    /// - Returns: The pause.
    func pause(failures: Int, asked: Duration? = nil) -> Duration {
        let doubled = first * (1 << min(max(failures - 1, 0), 20))
        let ceiling = min(longest, doubled)
        let share = 0.5 + random() / 2
        let (seconds, attoseconds) = ceiling.components
        let milliseconds = Double(seconds) * 1000 + Double(attoseconds) / 1e15
        return max(asked ?? .zero, .milliseconds(Int64(milliseconds * share)))
    }
}
