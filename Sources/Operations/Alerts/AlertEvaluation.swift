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

    init(
        _ configuration: Configuration, resources: ResourceFolders,
        progress: any ProgressDisplay, now: Date
    ) {
        self.configuration = configuration
        self.resources = resources
        self.progress = progress
        self.now = now
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
        let verdicts = try await AlertMeasuring(
            store, rules: rules, configuration: configuration, now: now
        ).verdicts(Array(states.values))
        var events: [AlertEvent] = []
        for rule in rules {
            events += move(rule, verdicts[rule.name] ?? [], &states)
        }
        let plan = try await plan(rules, states, store, &outcome)
        events += plan.events
        let messages = try await AlertMessages(
            configuration, resources: resources, store: store, run: run, now: now
        ).compose(plan.messages)
        let changed = plan.states.filter { known[AlertStates.id(of: $0)] != $0 }
        try await store.saveAlerts(
            changed.map(AlertRow.init), events: events.map(AlertEventRow.init),
            rules: rules.map(\.name), messages: plan.messages.map(\.notices.count),
            enqueuing: messages, now: now)
        outcome.count(plan, events, rules)
        return outcome
    }

    /// Alerts as they would be had the machine's clock never been set back.
    private func mend(
        _ known: [AlertStates.ID: AlertState], _ outcome: inout AlertOutcome
    ) -> [AlertStates.ID: AlertState] {
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
        _ states: inout [AlertStates.ID: AlertState]
    ) -> [AlertEvent] {
        let machine = AlertMachine(rule)
        var events: [AlertEvent] = []
        for verdict in verdicts {
            let id = AlertStates.ID(rule: rule.name, key: verdict.key)
            // Nothing is remembered of what was always well.
            guard verdict.isBreach == true || states[id] != nil else { continue }
            var state =
                states[id] ?? AlertState(rule: rule.name, labels: verdict.labels, at: now)
            events += machine.take(verdict, &state, at: now)
            states[id] = state
        }
        for (id, state) in states where id.rule == rule.name {
            var state = state
            machine.settle(&state, at: now)
            states[id] = state
        }
        return events
    }

    private func plan(
        _ rules: [AlertRule], _ states: [AlertStates.ID: AlertState], _ store: Store,
        _ outcome: inout AlertOutcome
    ) async throws -> AlertTelling.Plan {
        let silences = try await store.alertSilences(at: now).map {
            AlertSilence(rule: $0.rule, labels: $0.labels, expiresAt: $0.expiresAt)
        }
        var budget = MessageBudget(
            ceiling: configuration.alerts.messagesPerWeek,
            written: try await store.alertMessages(since: now - MessageBudget.week))
        let ordered = states.sorted { $0.key < $1.key }.map(\.value)
        let plan = AlertTelling(rules: rules, silences: silences).plan(ordered, &budget, at: now)
        outcome.messagesLeft = budget.rest(at: now)
        return plan
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
    /// Messages that may still be written within this week.
    public var messagesLeft = 0
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
        _ plan: AlertTelling.Plan, _ events: [AlertEvent], _ rules: [AlertRule]
    ) {
        ruleCount = rules.count
        firingCount = plan.states.count { $0.phase == .firing }
        firedCount = events.count { $0.kind == .fired }
        resolvedCount = events.count { $0.kind == .resolved }
        messageCount = plan.messages.count
    }
}
