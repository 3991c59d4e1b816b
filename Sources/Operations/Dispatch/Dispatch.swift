internal import Channels
public import Foundation
internal import Mail
internal import Records
internal import Reporting
public import Storage

/// Turns an announcement into messages for the outbox, one for each who wants it.
///
/// It only decides and composes. Whoever has the cause to store puts the messages into the same
/// transaction (``Store/finishStage(_:_:counts:enqueuing:)``, ``Store/enqueue(_:)``), so that nothing is
/// told that did not happen and nothing happens untold; the ``Deliverer`` sends them.
public struct Dispatch: Sendable {
    let configuration: Configuration
    let resources: ResourceFolders
    let now: @Sendable () -> Date

    /// Makes a dispatch.
    ///
    /// - Parameters:
    ///   - configuration: Who wants what.
    ///   - resources: Where templates are.
    ///   - now: The time, for quiet hours.
    public init(
        _ configuration: Configuration, resources: ResourceFolders,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.configuration = configuration
        self.resources = resources
        self.now = now
    }

    /// The messages of an announcement.
    ///
    /// - Parameter announcement: What is to be told.
    /// - Returns: One message per recipient and channel; none when nobody wants it, or when only mail
    ///   would do and no server is configured.
    /// - Throws: What writing the letter or the notice throws; `MailError`.
    public func messages(for announcement: Announcement) throws -> [OutboxMessage] {
        try messages(for: announcement, to: subscriptions(to: announcement))
    }

    /// The messages of an announcement to some, whoever else wants it.
    func messages(
        for announcement: Announcement, to wanted: [Subscription]
    ) throws -> [OutboxMessage] {
        guard !wanted.isEmpty else { return [] }
        let composer = MessageComposer(
            announcement: announcement, configuration: configuration, resources: resources)
        let moment = now()
        var messages: [OutboxMessage] = []
        var groups: [(form: MessageForm, channel: String, members: [Subscription])] = []
        for subscription in wanted {
            let form = subscription.form
            let channel = subscription.channel
            if let index = groups.firstIndex(where: { $0.form == form && $0.channel == channel }) {
                groups[index].members.append(subscription)
            } else {
                groups.append((form, channel, [subscription]))
            }
        }
        for group in groups {
            let recipients = group.members.map(\.recipient)
            let composed =
                try group.channel == Configuration.mailChannel
                ? composer.mail(group.form, to: recipients)
                : composer.notice(group.form, by: group.channel)
            for member in group.members {
                messages.append(
                    OutboxMessage(
                        idempotencyKey: [announcement.key, member.channel, member.recipient]
                            .joined(separator: "/"),
                        run: announcement.run, topic: announcement.topic.name,
                        channel: member.channel, recipient: member.recipient,
                        messageID: composed.id, content: composed.content,
                        notBefore: member.quietHours?.end(
                            at: moment, severity: announcement.urgency)))
            }
        }
        return messages
    }

    /// The forms in which somebody wants an announcement.
    func forms(of announcement: Announcement) -> Set<MessageForm> {
        Set(subscriptions(to: announcement).map(\.form))
    }

    /// Who wants an announcement, each once per channel.
    func subscriptions(to announcement: Announcement) -> [Subscription] {
        var seen: Set<[String]> = []
        return candidates(for: announcement).filter { subscription in
            (subscription.channel != Configuration.mailChannel || configuration.mail != nil)
                && !subscription.without.contains(announcement.topic.name)
                && seen.insert([subscription.channel, subscription.recipient]).inserted
        }
    }

    private func candidates(for announcement: Announcement) -> [Subscription] {
        switch announcement.audience {
        case .subscribers:
            return configuration.allSubscriptions.filter { $0.wants(announcement) }
        case .person(let address):
            let subscription = configuration.subscription(of: address)
            return announcement.isEmpty && subscription.skipsEmpty ? [] : [subscription]
        case .addresses(let addresses):
            return addresses.map { address in
                var subscription = configuration.subscription(of: address)
                // Who is named was asked for now, whatever they want otherwise.
                subscription.without = []
                subscription.quietHours = nil
                return subscription
            }
        }
    }
}

extension Configuration {
    /// Subscriptions, and those that ``Report/recipients`` stand for.
    var allSubscriptions: [Subscription] {
        subscriptions
            + report.recipients.map { address in
                var subscription = subscription(of: address)
                subscription.reports = ["nightly-audit", "run-failed"]
                subscription.alerts = nil
                subscription.skipsEmpty = false
                return subscription
            }
    }

    /// What a mailbox wants: by its subscription where it has one, else what is usual.
    func subscription(of address: String) -> Subscription {
        subscriptions.first { $0.channel == Self.mailChannel && $0.recipient == address }
            ?? Subscription(
                recipient: address, language: company.language,
                masksPersonalData: outgoing.masksPersonalData, attaches: outgoing.attaches)
    }
}

extension Subscription {
    /// How messages to it are written.
    var form: MessageForm {
        MessageForm(
            language: language, masksPersonalData: masksPersonalData, attaches: attaches)
    }

    /// Whether it asks for an announcement.
    func wants(_ announcement: Announcement) -> Bool {
        if announcement.isEmpty, skipsEmpty { return false }
        switch announcement.topic {
        case .report(let name): return reports.contains(name) || reports.contains("*")
        case .alert(let rule):
            return wantsAlert(
                of: rule, severity: announcement.severity, entities: announcement.entities)
        }
    }

    /// Whether it asks for an alert.
    ///
    /// - Parameters:
    ///   - rule: The alert's rule.
    ///   - severity: How grave it is.
    ///   - concerned: What it concerns; nothing in particular when empty, and then it is for everybody.
    /// - Returns: Whether it is to be told.
    func wantsAlert(
        of rule: String, severity: Notice.Severity, entities concerned: Set<EntityName>
    ) -> Bool {
        guard let alerts, severity >= alerts.severity, alerts.rules?.contains(rule) ?? true,
            !without.contains(Announcement.Topic.alert(rule: rule).name)
        else { return false }
        guard let entities = alerts.entities, !concerned.isEmpty else { return true }
        return concerned.contains { entities.contains($0.rawValue) }
    }
}
