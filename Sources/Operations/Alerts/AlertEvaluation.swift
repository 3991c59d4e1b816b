internal import Alerting
internal import Foundation
internal import Records
internal import Storage

/// Evaluates all alerts at a moment: measures, moves them from state to state, and writes what is to
/// be told into the outbox, in the transaction that stores how they stand.
struct AlertEvaluation {
    private let configuration: Configuration
    private let resources: ResourceFolders
    private let progress: any ProgressDisplay
    private let now: Date
    private let news: Date?
    private let audience: AlertAudience

    /// - Parameters:
    ///   - configuration: Whom to tell, and how often at most.
    ///   - resources: Rules and words.
    ///   - progress: Told when the clock was set back.
    ///   - now: The time.
    ///   - news: When the earliest operation happened that is new in the journal; `nil` for none.
    init(
        _ configuration: Configuration, resources: ResourceFolders,
        progress: any ProgressDisplay, now: Date, news: Date? = nil
    ) {
        self.configuration = configuration
        self.resources = resources
        self.progress = progress
        self.now = now
        self.news = news
        audience = AlertAudience(configuration)
    }

    /// A clock that is so far behind what was remembered was set back.
    private static let clockTolerance = 120.0

    /// Evaluates, with the lock of the job `alerts` held.
    ///
    /// - Parameters:
    ///   - store: The database.
    ///   - run: The run that it is part of.
    /// - Returns: What came of it.
    /// - Throws: ``ConfigurationError`` when a rule is not right; `PostgresError`.
    func evaluate(_ store: Store, run: RunID?) async throws -> AlertOutcome {
        let rules = try AlertRules(resources).all()
        let known = try await AlertStates.read(store)
        var outcome = AlertOutcome()
        var states = mend(known, &outcome)
        let scheduled = try await store.noteScheduledJobs(
            configuration.schedule.map { ($0.job, $0.schedule) }, now: now)
        let verdicts = try await AlertMeasuring(
            store, rules: rules, configuration: configuration, now: now, news: news,
            scheduledSince: scheduled
        ).verdicts(Array(states.values))
        var recipients = audience.recipients(
            ceiling: configuration.alerts.messagesPerWeek,
            written: try await store.alertMessages(since: now - MessageBudget.week))
        var events: [AlertEvent] = []
        for rule in rules {
            events += move(rule, verdicts[rule.name] ?? [], &states, recipients)
        }
        let unseen = Set(
            states.values.filter { state in
                // What fires again belongs to what people know of.
                state.phase == .resolved && known[state.id]?.phase != .firing
                    && state.told.count == 0
                    && events.contains {
                        $0.kind == .fired && $0.rule == state.rule && $0.key == state.key
                    }
            }.map(\.id))
        let plan = try await plan(rules, states, store, &recipients, unseen)
        events += plan.events
        let messages = try await AlertMessages(
            configuration, resources: resources, store: store, run: run, now: now
        ).compose(plan.messages, audience)
        let changed = plan.states.filter { known[$0.id] != $0 }
        try await store.saveAlerts(
            changed.map(AlertRow.init), events: events.map(AlertEventRow.init),
            rules: rules.map(\.name),
            messages: plan.messages.flatMap { planned in
                planned.recipients.map { ($0, planned.message.notices.count) }
            },
            enqueuing: messages, now: now)
        outcome.messagesLeft = recipients.map { $0.budget.rest(at: now) }.min()
        outcome.count(plan, events, rules)
        return outcome
    }

    /// Alerts as they would be had the machine's clock never been set back.
    private func mend(
        _ known: [AlertState.ID: AlertState], _ outcome: inout AlertOutcome
    ) -> [AlertState.ID: AlertState] {
        guard let latest = known.values.map(\.latestMoment).max(),
            latest.timeIntervalSince(now) > Self.clockTolerance
        else { return known }
        let seconds = now.timeIntervalSince(latest)
        outcome.clockSetBackMinutes = Int(-seconds / 60)
        progress.warn(
            "the clock of this machine was set back by \(Int(-seconds / 60)) minutes; pauses between "
                + "messages about alerts stay as long as they were. See that the clock is right.")
        return known.mapValues { state in
            var state = state
            state.shift(by: seconds, now: now)
            return state
        }
    }

    private func move(
        _ rule: AlertRule, _ verdicts: [AlertVerdict],
        _ states: inout [AlertState.ID: AlertState], _ recipients: [AlertRecipient]
    ) -> [AlertEvent] {
        let machine = AlertMachine(rule)
        let before = states
        var events: [AlertEvent] = []
        for verdict in verdicts {
            let id = AlertState.ID(rule: rule.name, key: verdict.key)
            // Nothing is remembered of what was always well.
            guard verdict.isBreach == true || states[id] != nil else { continue }
            var state =
                states[id] ?? AlertState(rule: rule.name, labels: verdict.labels, at: now)
            events += machine.take(verdict, &state, at: now)
            states[id] = state
        }
        for (id, state) in states where id.rule == rule.name {
            var state = state
            // Who no longer asks for it needs not be told that it is over.
            state.keepTold(
                to: Set(recipients.filter { $0.wants(state, rule) }.map(\.key)))
            // What ended long ago and is seen only now is told first.
            events += machine.lapse(&state, at: now)
            if before[id]?.phase == .resolved { machine.settle(&state, at: now) }
            states[id] = state
        }
        return events
    }

    private func plan(
        _ rules: [AlertRule], _ states: [AlertState.ID: AlertState], _ store: Store,
        _ recipients: inout [AlertRecipient], _ unseen: Set<AlertState.ID>
    ) async throws -> AlertTelling.PersonalPlan {
        let silences = try await store.alertSilences(at: now).map {
            AlertSilence(rule: $0.rule, labels: $0.labels, expiresAt: $0.expiresAt)
        }
        let ordered = states.sorted { $0.key < $1.key }.map(\.value)
        return AlertTelling(rules: rules, silences: silences)
            .plan(ordered, to: &recipients, unseen: unseen, at: now)
    }
}

/// What an evaluation of alerts came to.
public struct AlertOutcome: Hashable, Sendable {
    /// Rules that were evaluated.
    public var ruleCount = 0
    /// Alerts that fire.
    public var firingCount = 0
    /// Alerts that began to fire.
    public var firedCount = 0
    /// Alerts that are over.
    public var resolvedCount = 0
    /// Messages that were written, to however many people.
    public var messageCount = 0
    /// Messages that may still be written within this week to who got most; `nil` when nobody
    /// subscribed.
    public var messagesLeft: Int?
    /// By how many minutes the machine's clock was set back; `nil` for not.
    public var clockSetBackMinutes: Int?

    /// The counts by the names of `run_stage`.
    var counts: [String: Int] {
        var counts = [
            "rules": ruleCount, "firing": firingCount, "fired": firedCount,
            "resolved": resolvedCount, "messages": messageCount,
        ]
        if let clockSetBackMinutes { counts["clock_set_back_minutes"] = clockSetBackMinutes }
        return counts
    }

    mutating func count(
        _ plan: AlertTelling.PersonalPlan, _ events: [AlertEvent], _ rules: [AlertRule]
    ) {
        ruleCount = rules.count
        firingCount = plan.states.count { $0.phase == .firing }
        firedCount = events.count { $0.kind == .fired }
        resolvedCount = events.count { $0.kind == .resolved }
        messageCount = plan.messages.count
    }
}
