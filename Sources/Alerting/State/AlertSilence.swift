public import Foundation

/// A time in which nothing is told of some alerts.
public struct AlertSilence: Hashable, Sendable {
    /// The rule; `*` for all.
    public var rule: String
    /// Labels that the alert must have; none for every alert of the rule.
    public var labels: [String: String]
    /// When it ends by itself.
    public var expiresAt: Date

    /// Makes a silence.
    public init(rule: String, labels: [String: String] = [:], expiresAt: Date) {
        self.rule = rule
        self.labels = labels
        self.expiresAt = expiresAt
    }

    /// Whether nothing is to be told of an alert now.
    public func covers(_ state: AlertState, at now: Date) -> Bool {
        now < expiresAt && (rule == "*" || rule == state.rule)
            && labels.allSatisfy { state.labels[$0.key] == $0.value }
    }
}

/// Which alerts are explained by others: what could not be read need not be missing.
public struct AlertInhibition: Sendable {
    private let firing: [AlertState]

    /// Takes all alerts; those that fire, or are about to, explain others.
    public init(_ states: some Sequence<AlertState>) {
        firing = states.filter { $0.phase == .firing || $0.phase == .pending }
    }

    /// Whether an alert is explained by one that its rule names.
    ///
    /// Labels that both have must agree; those that only one has do not matter.
    public func explains(_ state: AlertState, by rule: AlertRule) -> Bool {
        firing.contains { other in
            rule.inhibitedBy.contains(other.rule) && other.rule != state.rule
                && other.labels.allSatisfy { name, value in
                    state.labels[name].map { $0 == value } ?? true
                }
        }
    }
}
