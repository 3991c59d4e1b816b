internal import Channels
internal import Definitions
internal import Foundation
internal import Mail
internal import Reporting

/// Reads the section `subscriptions` of the configuration.
struct SubscriptionsSection {
    let channels: [Configuration.Channel]
    let hasMail: Bool
    let company: Configuration.Company
    let outgoing: Configuration.Outgoing

    func subscriptions(from node: YAMLNode?) throws(DefinitionError) -> [Subscription] {
        var subscriptions: [Subscription] = []
        for item in try node?.items() ?? [] { subscriptions.append(try subscription(item)) }
        return subscriptions
    }

    private func subscription(_ node: YAMLNode) throws(DefinitionError) -> Subscription {
        try node.allow(keys: [
            "to", "channel", "reports", "alerts", "without", "language", "skip_if_empty",
            "quiet_hours", "wakes", "time_zone", "personal_data",
            "attach",
        ])
        let channel = try node.optional("channel")
        let name = try channel?.text() ?? Configuration.mailChannel
        let recipient = try recipient(name, channel, node)
        let alerts = try node.optional("alerts")
        let reports = try node.optional("reports")?.texts() ?? []
        let without = try node.optional("without")?.texts() ?? []
        guard !reports.isEmpty || alerts != nil || !without.isEmpty else {
            throw node.error("asks for nothing; name 'reports', 'alerts' or 'without'")
        }
        return Subscription(
            channel: name, recipient: recipient, reports: Set(reports),
            alerts: try alerts.map(self.alerts), without: Set(without),
            language: try node.optional("language")?.choice(of: ReportLanguage.self)
                ?? company.language,
            skipsEmpty: try node.optional("skip_if_empty")?.boolean() ?? false,
            quietHours: try quietHours(node),
            masksPersonalData: try node.optional("personal_data").map(Self.masks)
                ?? outgoing.masksPersonalData,
            attaches: try node.optional("attach")?.boolean() ?? outgoing.attaches)
    }

    private func recipient(
        _ name: String, _ channelNode: YAMLNode?, _ node: YAMLNode
    ) throws(DefinitionError) -> String {
        guard name != Configuration.mailChannel else {
            guard hasMail else {
                throw node.error("is by mail, but no section 'mail' says how to send it")
            }
            return try Self.mailbox(node.required("to"))
        }
        guard let channel = channels.first(where: { $0.name == name }) else {
            let known = ([Configuration.mailChannel] + channels.map(\.name)).sorted()
            throw (channelNode ?? node).error(
                "there is no channel '\(name)'; known here: \(known.joined(separator: ", "))")
        }
        if channel.hasFixedGoal {
            guard let to = try node.optional("to") else { return name }
            throw to.error("'\(name)' goes to one place; leave 'to' out")
        }
        let text = try node.required("to").text()
        if case .sms = channel.kind {
            let digits = text.filter(\.isNumber)
            guard (10...15).contains(digits.count),
                text.allSatisfy({ $0.isNumber || "+ ()-".contains($0) })
            else {
                throw try node.required("to").error("expected a telephone such as +79120000000")
            }
            return (text.hasPrefix("+") ? "+" : "") + digits
        }
        guard !text.isEmpty else { throw try node.required("to").error("names nobody") }
        return text
    }

    /// An address, checked where it is written, not at night when a mail is to be sent.
    static func mailbox(_ node: YAMLNode) throws(DefinitionError) -> String {
        let text = try node.text()
        do throws(MailError) { return try MailAddress(text).address } catch {
            throw node.error("is no address of the form name@domain: \(error.message)")
        }
    }

    static func masks(_ node: YAMLNode) throws(DefinitionError) -> Bool {
        switch try node.text() {
        case "masked": return true
        case "whole": return false
        default: throw node.error("expected 'masked' or 'whole'")
        }
    }

    private func alerts(_ node: YAMLNode) throws(DefinitionError) -> Subscription.Alerts {
        guard node.isMapping else {
            return Subscription.Alerts(severity: try node.choice(of: Notice.Severity.self))
        }
        try node.allow(keys: ["severity", "entities", "rules"])
        return Subscription.Alerts(
            severity: try node.optional("severity")?.choice(of: Notice.Severity.self) ?? .warning,
            entities: try node.optional("entities").map { node throws(DefinitionError) in
                Set(try node.texts())
            },
            rules: try node.optional("rules").map { node throws(DefinitionError) in
                Set(try node.texts())
            })
    }

    private func quietHours(_ node: YAMLNode) throws(DefinitionError) -> QuietHours? {
        let zone = try node.optional("time_zone")
        let zoneName = try zone?.text()
        guard let timeZone = zoneName.map({ TimeZone(identifier: $0) }) ?? company.timeZone else {
            throw (zone ?? node).error("no such time zone: \(zoneName ?? "")")
        }
        let exception = try node.optional("wakes")?.choice(of: Notice.Severity.self)
        guard let hours = try node.optional("quiet_hours") else { return nil }
        guard
            let quiet = QuietHours(try hours.text(), exception: exception, timeZone: timeZone)
        else { throw hours.error("expected two times of the day such as 22:00-08:00") }
        return quiet
    }
}
