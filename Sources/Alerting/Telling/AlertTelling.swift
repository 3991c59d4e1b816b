public import Foundation

/// What is to be told of one alert.
public struct AlertNotice: Hashable, Sendable {
    /// Why it is told.
    public enum Occasion: String, Hashable, Sendable, CaseIterable {
        /// It began to fire.
        case begins
        /// It still fires.
        case goesOn = "goes_on"
        /// It is over.
        case ends
        /// It began and is over, and people hear of it only now.
        case passed
    }

    /// The alert, as it stands.
    public var state: AlertState
    /// Its rule.
    public var rule: AlertRule
    /// Why it is told.
    public var occasion: Occasion
    /// When it is told again, if it goes on; `nil` when it is over.
    public var repeatsAt: Date?

    /// Whether it tells of what has ended.
    public var isOver: Bool { occasion == .ends || occasion == .passed }

    /// Makes a notice.
    public init(state: AlertState, rule: AlertRule, occasion: Occasion, repeatsAt: Date?) {
        self.state = state
        self.rule = rule
        self.occasion = occasion
        self.repeatsAt = repeatsAt
    }
}

/// One message about alerts, before it has words.
public struct AlertMessage: Hashable, Sendable {
    /// What it tells, the gravest first.
    public var notices: [AlertNotice]

    /// Makes a message of one notice at least.
    public init(notices: [AlertNotice]) {
        precondition(!notices.isEmpty, "a message tells something")
        self.notices = notices
    }

    /// The severity of the gravest.
    public var severity: AlertSeverity { notices[0].rule.severity }
}

/// Decides of which alerts people are told now, and in how few messages.
public struct AlertTelling: Sendable {
    /// What is to be told, and how alerts stand afterwards.
    public struct Plan: Sendable {
        /// The messages.
        public var messages: [AlertMessage] = []
        /// The alerts with what was told of them.
        public var states: [AlertState]
        /// What happened.
        public var events: [AlertEvent] = []
    }

    private let rules: [String: AlertRule]
    private let silences: [AlertSilence]

    /// Makes a teller.
    public init(rules: [AlertRule], silences: [AlertSilence]) {
        self.rules = Dictionary(rules.map { ($0.name, $0) }) { first, _ in first }
        self.silences = silences
    }

    /// Plans the messages of a moment.
    ///
    /// - Parameters:
    ///   - states: All alerts.
    ///   - budget: How many messages may be written; those planned are noted in it.
    ///   - now: The time.
    ///   - unseen: Alerts that began and ended since they were looked at last.
    ///   - wants: Whether an alert is to be told at all; one that is not may still explain others.
    /// - Returns: The plan.
    public func plan(
        _ states: [AlertState], _ budget: inout MessageBudget, at now: Date,
        unseen: Set<AlertState.ID> = [],
        wants: (AlertState, AlertRule) -> Bool = { _, _ in true }
    ) -> Plan {
        var plan = Plan(states: states)
        let inhibition = AlertInhibition(states)
        var due: [(index: Int, notice: AlertNotice)] = []
        for index in states.indices {
            guard let rule = rules[states[index].rule], wants(states[index], rule),
                let occasion = occasion(
                    states[index], rule, now, isUnseen: unseen.contains(states[index].id))
            else { continue }
            if silences.contains(where: { $0.covers(states[index], at: now) }) {
                // What passed while nobody wanted to hear of it is not told afterwards.
                if occasion == .passed { plan.states[index].told.isHeldBack = false }
                continue
            }
            if occasion != .ends, inhibition.explains(states[index], by: rule) {
                inhibit(index, &plan, now)
                continue
            }
            due.append((index, notice(states[index], rule, occasion, now)))
        }
        var groups = groups(due, isScarce: false)
        if budget.isScarce(for: groups.count, at: now) {
            groups = self.groups(due, isScarce: true)
        }
        for group in groups {
            let isUrgent = group.contains {
                $0.notice.occasion == .begins && $0.notice.rule.severity >= .error
            }
            if budget.allows(isUrgent: isUrgent, at: now) {
                budget.write(at: now)
                tell(group, &plan, now)
            } else {
                for (index, _) in group { holdBack(index, &plan, now) }
            }
        }
        return plan
    }

    /// Why something is to be told of an alert; `nil` when nothing is.
    private func occasion(
        _ state: AlertState, _ rule: AlertRule, _ now: Date, isUnseen: Bool
    ) -> AlertNotice.Occasion? {
        switch state.phase {
        case .ok, .pending: return nil
        case .firing where state.told.count == 0: return .begins
        case .firing:
            guard state.acknowledgedAt == nil, let last = state.told.lastAt,
                // While nothing is measured nobody can say that it goes on.
                state.judgedThrough > last,
                now.timeIntervalSince(last)
                    >= rule.repetition.pause(
                        afterMessages: state.told.count)
            else { return nil }
            return .goesOn
        case .resolved where state.told.isOver: return nil
        case .resolved where state.told.count > 0: return .ends
        case .resolved: return state.told.isHeldBack || isUnseen ? .passed : nil
        }
    }

    private func notice(
        _ state: AlertState, _ rule: AlertRule, _ occasion: AlertNotice.Occasion, _ now: Date
    ) -> AlertNotice {
        let goesOn = occasion == .begins || occasion == .goesOn
        return AlertNotice(
            state: state, rule: rule, occasion: occasion,
            repeatsAt: goesOn
                ? now + rule.repetition.pause(afterMessages: state.told.count + 1) : nil)
    }

    /// One group per cause, or one of all when messages are scarce; the gravest first.
    private func groups(
        _ due: [(index: Int, notice: AlertNotice)], isScarce: Bool
    ) -> [[(index: Int, notice: AlertNotice)]] {
        let groups = Dictionary(grouping: due) { isScarce ? "" : $0.notice.rule.cause }
        return groups.values.map { $0.sorted { Self.precedes($0.notice, $1.notice) } }
            .sorted { Self.precedes($0[0].notice, $1[0].notice) }
    }

    private static func precedes(_ one: AlertNotice, _ other: AlertNotice) -> Bool {
        func rank(_ notice: AlertNotice) -> Int {
            let severity = notice.rule.severity.rank
            return notice.isOver ? severity - 10 : severity
        }
        let (left, right) = (rank(one), rank(other))
        guard left == right else { return left > right }
        return (one.rule.name, one.state.key) < (other.rule.name, other.state.key)
    }

    private func tell(
        _ group: [(index: Int, notice: AlertNotice)], _ plan: inout Plan, _ now: Date
    ) {
        plan.messages.append(AlertMessage(notices: group.map(\.notice)))
        for (index, notice) in group {
            plan.states[index].told.count += 1
            plan.states[index].told.lastAt = now
            plan.states[index].told.isHeldBack = false
            plan.states[index].told.isInhibited = false
            plan.states[index].told.isOver = notice.isOver
            plan.events.append(event(.told, plan.states[index], now))
        }
    }

    private func holdBack(_ index: Int, _ plan: inout Plan, _ now: Date) {
        guard !plan.states[index].told.isHeldBack else { return }
        plan.states[index].told.isHeldBack = true
        plan.events.append(event(.heldBack, plan.states[index], now))
    }

    private func inhibit(_ index: Int, _ plan: inout Plan, _ now: Date) {
        guard !plan.states[index].told.isInhibited else { return }
        plan.states[index].told.isInhibited = true
        plan.events.append(event(.inhibited, plan.states[index], now))
    }

    private func event(_ kind: AlertEvent.Kind, _ state: AlertState, _ now: Date) -> AlertEvent {
        AlertEvent(
            rule: state.rule, key: state.key, kind: kind, at: now, measurement: state.last)
    }
}
