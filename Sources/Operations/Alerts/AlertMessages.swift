internal import Alerting
internal import Channels
internal import Foundation
internal import Records
internal import Reporting
internal import Storage

/// Puts messages about alerts into words and addresses them to whoever subscribed to alerts.
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
    func compose(
        _ messages: [AlertTelling.PersonalPlan.Message], _ audience: AlertAudience
    ) async throws -> [OutboxMessage] {
        var outbox: [OutboxMessage] = []
        for planned in messages {
            let details = try await details(of: planned.message)
            let moment = now
            let dispatch = Dispatch(configuration, resources: resources) { moment }
            outbox += try dispatch.messages(
                for: announcement(planned.message, details),
                to: audience.subscriptions(to: planned.message, of: planned.recipients))
        }
        return outbox
    }

    /// A message in words.
    func letter(_ message: AlertMessage, language: String) async throws -> AlertLetter {
        try await letter(message, details(of: message), language: language)
    }

    private func announcement(
        _ message: AlertMessage, _ details: [[String]: AlertDetails]
    ) -> Announcement {
        let topic = Announcement.Topic.alert(rule: message.notices[0].rule.name)
        let severity = Notice.Severity(message.severity)
        // That something is over is no reason to wake anybody, nor to look like a warning.
        let isOver = message.notices.allSatisfy(\.isOver)
        var announcement = Announcement(
            key: Self.key(of: message), topic: topic, severity: severity, run: run, time: now,
            notice: { form in
                let letter = try letter(message, details, language: form.language.rawValue)
                return Notice(
                    topic: topic.name, title: letter.title, lines: letter.lines,
                    severity: isOver ? .info : severity, language: form.language.rawValue,
                    time: Int64(now.timeIntervalSince1970))
            })
        if isOver { announcement.urgency = .info }
        return announcement
    }

    private func letter(
        _ message: AlertMessage, _ details: [[String]: AlertDetails], language: String
    ) throws -> AlertLetter {
        AlertLetter(
            message, details: details,
            words: try AlertRules(resources).words(language, configuration.company.timeZone),
            ceiling: configuration.alerts.messagesPerWeek)
    }

    private func details(of message: AlertMessage) async throws -> [[String]: AlertDetails] {
        let reader = AlertDetailsReader(configuration, resources: resources, store: store)
        var details: [[String]: AlertDetails] = [:]
        for notice in message.notices where notice.repeatsAt != nil {
            details[[notice.rule.name, notice.state.key]] = try await reader.details(of: notice)
        }
        return details
    }

    /// Names the cause, so that its repetition tells nobody twice.
    private static func key(of message: AlertMessage) -> String {
        let first = message.notices[0].state
        // Incidents are counted anew when a rule was taken away for a while; the moment is not.
        let moment = Int64((first.firedAt ?? first.since).timeIntervalSince1970)
        return
            "alert/\(first.rule)/\(first.key)/\(first.incident)-\(moment)/\(first.told.count + 1)"
    }
}
