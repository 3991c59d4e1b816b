internal import Alerting
internal import Channels
internal import Foundation
internal import Records

/// Who is told of alerts: everybody who subscribed, each by the channels that they chose.
struct AlertAudience {
    /// One recipient of one channel, with everything that they asked for.
    struct Person {
        /// Names nobody: it stands among the states of alerts, which are not purged.
        let key: String
        let channel: String
        let recipient: String
        fileprivate(set) var subscriptions: [Subscription]
    }

    let people: [Person]

    init(_ configuration: Configuration) {
        var people: [Person] = []
        for subscription in configuration.allSubscriptions where subscription.alerts != nil {
            let (channel, recipient) = (subscription.channel, subscription.recipient)
            guard channel != Configuration.mailChannel || configuration.mail != nil else {
                continue
            }
            if let index = people.firstIndex(where: {
                $0.channel == channel && $0.recipient == recipient
            }) {
                people[index].subscriptions.append(subscription)
            } else {
                people.append(
                    Person(
                        key: StableHash.of([channel, recipient]), channel: channel,
                        recipient: recipient, subscriptions: [subscription]))
            }
        }
        self.people = people
    }

    /// The people with their budgets.
    ///
    /// - Parameters:
    ///   - ceiling: Messages that each is promised within a week at most.
    ///   - written: When messages were written, by the key of who got them; under an empty key those of
    ///     which this was not noted.
    /// - Returns: One recipient for each of ``people``, in their order.
    func recipients(ceiling: Int, written: [String: [Date]]) -> [AlertRecipient] {
        people.map { person in
            let subscriptions = person.subscriptions
            return AlertRecipient(
                key: person.key,
                budget: MessageBudget(
                    ceiling: ceiling, written: (written[person.key] ?? []) + (written[""] ?? []))
            ) { state, rule in
                subscriptions.contains { $0.wants(state, rule) }
            }
        }
    }

    /// How some of the people get a message.
    ///
    /// - Parameters:
    ///   - message: The message.
    ///   - keys: Who gets it.
    /// - Returns: One subscription for each: of several the first that asked for any of it.
    func subscriptions(to message: AlertMessage, of keys: [String]) -> [Subscription] {
        people.filter { keys.contains($0.key) }.compactMap { person in
            person.subscriptions.first { subscription in
                message.notices.contains { subscription.wants($0.state, $0.rule) }
            }
        }
    }
}

extension Subscription {
    /// Whether it asks for an alert.
    fileprivate func wants(_ state: AlertState, _ rule: AlertRule) -> Bool {
        let entity = state.labels["entity"] ?? state.labels["object_kind"]
        return wantsAlert(
            of: rule.name, severity: Notice.Severity(rule.severity),
            // One that concerns no entity in particular is for everybody.
            entities: entity.map { [EntityName($0)] } ?? [])
    }
}

extension Notice.Severity {
    /// The severity of a rule, as channels know it.
    init(_ severity: AlertSeverity) {
        self =
            switch severity {
            case .info: .info
            case .warning: .warning
            case .error: .error
            case .critical: .critical
            }
    }
}
