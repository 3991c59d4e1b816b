public import Foundation

extension AlertTelling {
    /// What each of several people is to be told, and how alerts stand afterwards.
    public struct PersonalPlan: Sendable {
        /// A message, and the keys of those who get it.
        public struct Message: Sendable {
            /// The message.
            public var message: AlertMessage
            /// The keys of its recipients; one at least.
            public var recipients: [String]
        }

        /// The messages; who is to be told the same is told by one.
        public var messages: [Message] = []
        /// The alerts with what was told of them, and to whom.
        public var states: [AlertState]
        /// What happened; each once, to however many people.
        public var events: [AlertEvent] = []
    }

    /// Plans the messages of a moment for each of several people.
    ///
    /// Everybody has their own count of messages and their own place in the story of each alert: who
    /// asked for little is not made to wait because another got much, and a message that nobody asked
    /// for counts for nobody.
    ///
    /// - Parameters:
    ///   - states: All alerts.
    ///   - recipients: Who is told; the messages planned are noted in their budgets.
    ///   - unseen: Alerts that began and ended since they were looked at last.
    ///   - now: The time.
    /// - Returns: The plan.
    public func plan(
        _ states: [AlertState], to recipients: inout [AlertRecipient],
        unseen: Set<AlertState.ID> = [], at now: Date
    ) -> PersonalPlan {
        var plan = PersonalPlan(states: states)
        var seen: Set<[String]> = []
        for index in recipients.indices {
            let (key, wants) = (recipients[index].key, recipients[index].wants)
            let views = states.map { $0.seen(by: key) }
            let own = self.plan(
                views, &recipients[index].budget, at: now, unseen: unseen, wants: wants)
            for (place, view) in own.states.enumerated() where view.told != views[place].told {
                plan.states[place].note(view.told, by: key)
            }
            for message in own.messages { plan.add(message, to: key) }
            for event in own.events
            where seen.insert([event.rule, event.key, event.kind.rawValue]).inserted {
                plan.events.append(event)
            }
        }
        return plan
    }
}

extension AlertTelling.PersonalPlan {
    fileprivate mutating func add(_ message: AlertMessage, to key: String) {
        if let index = messages.firstIndex(where: { $0.message == message }) {
            messages[index].recipients.append(key)
        } else {
            messages.append(Message(message: message, recipients: [key]))
        }
    }
}
