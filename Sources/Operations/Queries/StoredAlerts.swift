public import Alerting
public import Foundation
public import Storage

/// Alerts for the command line: how they stand, what people decide about them, and trials of rules.
public struct StoredAlerts: Sendable {
    let configuration: Configuration
    let resources: ResourceFolders
    let session: DatabaseSession
    let now: @Sendable () -> Date

    /// Makes a reader.
    public init(
        _ configuration: Configuration, resources: ResourceFolders,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.configuration = configuration
        self.resources = resources
        session = DatabaseSession(configuration, resources: resources)
        self.now = now
    }

    /// How alerts stand.
    public struct Overview: Sendable {
        /// The rules there are.
        public var rules: [AlertRule]
        /// Alerts that were ever a breach.
        public var states: [AlertState]
        /// What is silenced.
        public var silences: [AlertSilenceRow]
        /// The latest changes, the last first.
        public var events: [AlertEventRow]
        /// Who is told of alerts, and how many messages they may still get within this week.
        public var people: [Person]
    }

    /// One who is told of alerts.
    public struct Person: Hashable, Sendable {
        /// The channel.
        public var channel: String
        /// The recipient of the channel.
        public var recipient: String
        /// Messages that may still be written to them within this week.
        public var messagesLeft: Int
    }

    /// How alerts stand.
    ///
    /// - Parameter eventCount: How many of the latest changes are wanted.
    /// - Returns: How they stand.
    /// - Throws: ``ConfigurationError`` when a rule is not right.
    public func overview(eventCount: Int = 50) async throws -> Overview {
        let rules = try AlertRules(resources).all()
        let moment = now()
        return try await session.withStore(progress: SilentProgress()) { store in
            let written = try await store.alertMessages(since: moment - MessageBudget.week)
            return Overview(
                rules: rules,
                states: try await AlertStates.read(store).sorted { $0.key < $1.key }.map(\.value),
                silences: try await store.alertSilences(at: moment),
                events: try await store.alertEvents(limit: eventCount),
                people: people(written, at: moment))
        }
    }

    private func people(_ written: [String: [Date]], at moment: Date) -> [Person] {
        let audience = AlertAudience(configuration)
        let budgets = audience.recipients(
            ceiling: configuration.alerts.messagesPerWeek, written: written)
        return zip(audience.people, budgets).map { person, recipient in
            Person(
                channel: person.channel, recipient: person.recipient,
                messagesLeft: recipient.budget.rest(at: moment))
        }
    }

    /// Says that a person knows of firing alerts, so that they are not reminded.
    ///
    /// - Parameters:
    ///   - rule: The rule.
    ///   - labels: Labels that the alerts must have.
    /// - Returns: The alerts that were meant.
    /// - Throws: ``ConfigurationError`` when there is no such rule; `StorageError` when alerts are
    ///   being evaluated this moment.
    public func acknowledge(
        _ rule: String, labels: [String: String]
    ) async throws -> [AlertState] {
        _ = try AlertRules(resources).rule(rule)
        let moment = now()
        return try await session.withStore(progress: SilentProgress()) { store in
            try await store.withJobLock(AlertJob.job, holder: JobRun.holder) { _ in
                var meant: [AlertState] = []
                for var state in try await AlertStates.read(store).values
                where state.rule == rule && state.phase == .firing
                    && labels.allSatisfy({ state.labels[$0.key] == $0.value })
                {
                    state.acknowledgedAt = moment
                    meant.append(state)
                }
                let events = meant.map {
                    AlertEvent(rule: rule, key: $0.key, kind: .acknowledged, at: moment)
                }
                try await store.saveAlerts(
                    meant.map(AlertRow.init), events: events.map(AlertEventRow.init),
                    rules: AlertRules(resources).all().map(\.name), messages: [], enqueuing: [],
                    now: moment)
                return meant.sorted { $0.key < $1.key }
            }
        }
    }

    /// Silences alerts for a time.
    ///
    /// - Parameters:
    ///   - rule: The rule; `*` for all.
    ///   - labels: Labels that the alerts must have.
    ///   - duration: For how long.
    ///   - person: Who decided.
    ///   - comment: Why.
    /// - Returns: The silence's number, and when it ends.
    /// - Throws: ``ConfigurationError`` when there is no such rule.
    public func silence(
        _ rule: String, labels: [String: String], for duration: Duration, person: String,
        comment: String
    ) async throws -> (id: Int64, until: Date) {
        if rule != "*" { _ = try AlertRules(resources).rule(rule) }
        let moment = now()
        let end = moment + Double(duration.components.seconds)
        return try await session.withStore(progress: SilentProgress()) { store in
            (
                try await store.silenceAlerts(
                    rule, labels: labels, from: moment, to: end, person: person, comment: comment),
                end
            )
        }
    }

    /// Ends a silence before its time.
    ///
    /// - Returns: `false` when none of this number is in force.
    public func endSilence(_ id: Int64) async throws -> Bool {
        let moment = now()
        return try await session.withStore(progress: SilentProgress()) { store in
            try await store.endSilence(id, at: moment)
        }
    }
}
