/// One who is told of alerts by one channel, with what was promised to them.
public struct AlertRecipient: Sendable {
    /// What they are known by where it is remembered what they were told; names nobody.
    public let key: String
    /// How many messages they may still get.
    public var budget: MessageBudget
    /// Whether they asked to be told of an alert.
    public let wants: @Sendable (AlertState, AlertRule) -> Bool

    /// Makes a recipient.
    ///
    /// - Parameters:
    ///   - key: What they are known by; the same at every evaluation.
    ///   - budget: How many messages they may still get.
    ///   - wants: Whether they asked to be told of an alert.
    public init(
        key: String, budget: MessageBudget,
        wants: @escaping @Sendable (AlertState, AlertRule) -> Bool
    ) {
        self.key = key
        self.budget = budget
        self.wants = wants
    }
}
