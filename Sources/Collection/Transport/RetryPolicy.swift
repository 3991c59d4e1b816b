/// How often and how long a request is tried again.
///
/// The pause before the n-th repetition is a random part of `base` · 2ⁿ, so that many clients do
/// not come back at the same moment ("full jitter").
public struct RetryPolicy: Hashable, Sendable {
    /// How many times a request is sent at most, the first included.
    public var attempts: Int
    /// The longest pause before the first repetition.
    public var base: Duration
    /// The longest pause of all.
    public var longest: Duration
    /// How long one request may take with all its repetitions and pauses, standing in line aside.
    public var deadline: Duration

    /// Makes a policy.
    public init(
        attempts: Int = 6, base: Duration = .seconds(1), longest: Duration = .seconds(60),
        deadline: Duration = .seconds(900)
    ) {
        self.attempts = attempts
        self.base = base
        self.longest = longest
        self.deadline = deadline
    }

    /// The pause before a repetition.
    ///
    /// - Parameters:
    ///   - repetition: Which one it is, from 1.
    ///   - atLeast: What the source asked to wait.
    ///   - generator: Gives the random part.
    /// - Returns: The random pause, or what the source asked for when that is longer.
    public func pause(
        before repetition: Int, atLeast: Duration, using generator: inout SeededGenerator
    ) -> Duration {
        let doublings = min(repetition - 1, 20)
        let ceiling = min(longest, base * (1 << doublings))
        let part = Double.random(in: 0...1, using: &generator)
        return max(atLeast, .milliseconds(Int64(Double(ceiling.milliseconds) * part)))
    }
}
