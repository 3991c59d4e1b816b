internal import Alerting
internal import Foundation
internal import Mail
internal import Records
internal import Storage

/// Puts messages about alerts into words and addresses them.
struct AlertMessages {
    private let configuration: Configuration
    private let resources: ResourceFolders
    private let store: Store
    private let run: RunID?
    private let now: Date

    init(
        _ configuration: Configuration, resources: ResourceFolders, store: Store, run: RunID?,
        now: Date
    ) {
        self.configuration = configuration
        self.resources = resources
        self.store = store
        self.run = run
        self.now = now
    }

    /// The messages as they go into the outbox.
    func compose(_ messages: [AlertMessage]) async throws -> [OutboxMessage] {
        guard !messages.isEmpty, configuration.mail != nil else { return [] }
        var outbox: [OutboxMessage] = []
        for message in messages {
            let letter = try await letter(message, language: configuration.company.language)
            outbox += try mails(letter, key: Self.key(of: message))
        }
        return outbox
    }

    /// A message in words.
    func letter(_ message: AlertMessage, language: String) async throws -> AlertLetter {
        let reader = AlertDetailsReader(configuration, resources: resources, store: store)
        var details: [[String]: AlertDetails] = [:]
        for notice in message.notices where notice.repeatsAt != nil {
            details[[notice.rule.name, notice.state.key]] = try await reader.details(of: notice)
        }
        return AlertLetter(
            message, details: details,
            words: try AlertRules(resources).words(language, configuration.company.timeZone),
            ceiling: configuration.alerts.messagesPerWeek)
    }

    /// Names the cause, so that its repetition tells nobody twice.
    private static func key(of message: AlertMessage) -> String {
        let first = message.notices[0].state
        return "alert/\(first.rule)/\(first.key)/\(first.incident)/\(first.told.count + 1)"
    }

    private func mails(_ letter: AlertLetter, key: String) throws -> [OutboxMessage] {
        guard let mail = configuration.mail else { return [] }
        let domain = mail.from.split(separator: "@").last.map(String.init) ?? "localhost"
        let seconds = Int64(now.timeIntervalSince1970)
        let id = "<alert-\(StableHash.of([key, String(seconds)]))@\(domain)>"
        let zone = configuration.company.timeZone
        return try configuration.report.recipients.map { recipient in
            let message = MailMessage(
                from: try MailAddress(mail.from, name: "Sverka"), to: [try MailAddress(recipient)],
                subject: letter.title, sentAt: seconds,
                utcOffset: zone.secondsFromGMT(for: now), messageID: id,
                language: configuration.company.language,
                text: letter.lines.joined(separator: "\n") + "\n")
            return OutboxMessage(
                idempotencyKey: "\(key)/\(NightlyAudit.mailChannel)/\(recipient)", run: run,
                channel: NightlyAudit.mailChannel, recipient: recipient, messageID: id,
                content: [UInt8](try message.composed()))
        }
    }
}
