import Alerting
import Foundation
import TestSupport
import Testing

@Suite("What people are told")
struct TellingTests {
    private func firing(
        _ rule: AlertRule, _ labels: [String: String] = [:], at moment: Date = noon
    ) -> AlertState {
        var state = AlertState(rule: rule.name, labels: labels, at: moment)
        _ = AlertMachine(rule).take(
            verdict(true, hour: -1, labels: labels), &state, at: moment)
        return state
    }

    private func plan(
        _ states: [AlertState], _ rules: [AlertRule], at now: Date = noon,
        silences: [AlertSilence] = [], ceiling: Int = 20
    ) -> AlertTelling.Plan {
        var budget = MessageBudget(ceiling: ceiling, written: [])
        return AlertTelling(rules: rules, silences: silences).plan(states, &budget, at: now)
    }

    @Test("are alerts of one cause in one message, the gravest first")
    func grouping() {
        let grave = hourlyRule("b", severity: .error, cause: "integration")
        let mild = hourlyRule("a", severity: .warning, cause: "integration")
        let other = hourlyRule("c", severity: .info)
        let plan = plan([firing(mild), firing(grave), firing(other)], [grave, mild, other])
        #expect(plan.messages.map { $0.notices.map(\.rule.name) } == [["b", "a"], ["c"]])
        #expect(plan.events.map(\.kind) == [.told, .told, .told])
    }

    @Test("is an alert that goes on, after pauses that grow")
    func repetition() {
        let rule = hourlyRule(repetition: .init(first: hour, factor: 2, longest: 5 * hour))
        var states = [firing(rule)]
        var told: [Double] = []
        for minute in stride(from: 0.0, to: 20 * 60, by: 10) {
            states[0].judgedThrough = noon + minute * 60
            let plan = plan(states, [rule], at: noon + minute * 60)
            if !plan.messages.isEmpty { told.append(minute / 60) }
            states = plan.states
        }
        #expect(told == [0, 1, 3, 7, 12, 17])
    }

    @Test("is no reminder while nothing was measured since the last message")
    func unmeasured() {
        let rule = hourlyRule(repetition: .init(first: hour))
        var state = plan([firing(rule)], [rule]).states[0]
        #expect(plan([state], [rule], at: noon + 9 * hour).messages.isEmpty)
        _ = AlertMachine(rule).take(verdict(true, hour: 8), &state, at: noon + 9 * hour)
        #expect(
            plan([state], [rule], at: noon + 9 * hour).messages.flatMap(\.notices).map(\.occasion)
                == [.goesOn])
    }

    @Test("is the end, once, of what they were told of")
    func end() {
        let rule = hourlyRule()
        var state = plan([firing(rule)], [rule]).states[0]
        for number in 0..<2 {
            _ = AlertMachine(rule).take(verdict(false, hour: number), &state, at: noon + 2 * hour)
        }
        let end = plan([state], [rule], at: noon + 2 * hour)
        #expect(end.messages.map { $0.notices.map(\.occasion) } == [[.ends]])
        #expect(end.messages[0].notices[0].repeatsAt == nil)
        #expect(plan(end.states, [rule], at: noon + 3 * hour).messages.isEmpty)
    }

    @Test("is nothing more of an alert that somebody knows of, but its end")
    func acknowledged() {
        let rule = hourlyRule()
        var state = plan([firing(rule)], [rule]).states[0]
        state.acknowledgedAt = noon
        #expect(plan([state], [rule], at: noon + 90 * hour).messages.isEmpty)
        for number in 0..<2 {
            _ = AlertMachine(rule).take(verdict(false, hour: number), &state, at: noon + 91 * hour)
        }
        #expect(plan([state], [rule], at: noon + 91 * hour).messages.count == 1)
    }

    @Test("is nothing of what is silenced, until the silence ends")
    func silence() {
        let rule = hourlyRule(groupBy: ["object_kind"])
        let states = ["order", "price"].map { firing(rule, ["object_kind": $0]) }
        let silence = AlertSilence(
            rule: "errors", labels: ["object_kind": "order"], expiresAt: noon + hour)
        let first = plan(states, [rule], silences: [silence])
        #expect(first.messages.flatMap(\.notices).map(\.state.labels) == [["object_kind": "price"]])
        let later = plan(first.states, [rule], at: noon + hour, silences: [silence])
        #expect(later.messages.flatMap(\.notices).map(\.state.labels) == [["object_kind": "order"]])
    }

    @Test("is nothing of what a firing alert explains; where labels differ it explains nothing")
    func inhibition() {
        let collector = hourlyRule("collector-failed", groupBy: ["source", "entity"])
        let findings = hourlyRule(
            "new-findings", groupBy: ["entity", "kind"], inhibitedBy: ["collector-failed"])
        let states = [
            firing(collector, ["source": "crm", "entity": "order"]),
            firing(findings, ["entity": "order", "kind": "missing"]),
            firing(findings, ["entity": "price", "kind": "mismatch"]),
        ]
        let plan = plan(states, [collector, findings])
        #expect(
            plan.messages.flatMap(\.notices).map(\.state.key) == [
                "entity=order,source=crm", "entity=price,kind=mismatch",
            ])
        #expect(plan.events.map(\.kind).filter { $0 == .inhibited }.count == 1)
        // Once the source is read again and the alert stands, people hear of it.
        var states2 = plan.states
        states2[0].phase = .ok
        let later = self.plan(states2, [collector, findings], at: noon + hour)
        #expect(later.messages.flatMap(\.notices).map(\.state.key) == ["entity=order,kind=missing"])
    }

    @Test(
        "is no more than promised in any week, and every lasting alert is told in the end",
        arguments: [1, 3, 10])
    func ceiling(_ ceiling: Int) {
        var random = SeededNumbers(seed: UInt64(ceiling))
        let rules = (0..<12).map { number in
            hourlyRule(
                "rule-\(number)", severity: AlertSeverity.allCases[number % 3],
                repetition: .init(first: 2 * hour))
        }
        var states = rules.map { AlertState(rule: $0.name, labels: [:], at: noon) }
        var written: [Date] = []
        for step in 0..<24 * 42 {
            let now = noon + Double(step) * hour
            // Six weeks of storm; every alert then stands for a week.
            for index in rules.indices {
                let isBreach = step < 24 * 28 ? random.unit() < 0.3 : true
                AlertMachine(rules[index]).settle(&states[index], at: now)
                _ = AlertMachine(rules[index]).take(
                    verdict(isBreach, hour: step), &states[index], at: now)
            }
            var budget = MessageBudget(ceiling: ceiling, written: written)
            let plan = AlertTelling(rules: rules, silences: []).plan(states, &budget, at: now)
            states = plan.states
            written += plan.messages.map { _ in now }
            let week = written.count { now.timeIntervalSince($0) < MessageBudget.week }
            #expect(week <= ceiling)
        }
        #expect(!written.isEmpty)
        for state in states {
            #expect(state.told.count > 0, "\(state.rule) was never told")
        }
    }

    @Test(
        "keeps the last messages for errors, and for what is graver",
        arguments: [
            (AlertSeverity.warning, 0), (AlertSeverity.error, 1), (AlertSeverity.critical, 1),
        ])
    func reserve(severity: AlertSeverity, count: Int) {
        let rule = hourlyRule(severity: severity)
        var budget = MessageBudget(ceiling: 3, written: [noon - 72 * hour, noon - 96 * hour])
        let plan = AlertTelling(rules: [rule], silences: []).plan([firing(rule)], &budget, at: noon)
        #expect(plan.messages.count == count)
    }

    @Test("of what began and ended while messages were held back, is told by the next")
    func passed() {
        let rule = hourlyRule(severity: .warning)
        var budget = MessageBudget(ceiling: 3, written: [noon - hour, noon - 2 * hour])
        let teller = AlertTelling(rules: [rule], silences: [])
        let held = teller.plan([firing(rule)], &budget, at: noon)
        #expect(held.messages.isEmpty)
        #expect(held.events.map(\.kind) == [.heldBack])
        var state = held.states[0]
        for number in 0..<2 {
            _ = AlertMachine(rule).take(verdict(false, hour: number), &state, at: noon + 2 * hour)
        }
        var later = MessageBudget(ceiling: 3, written: [])
        let plan = teller.plan([state], &later, at: noon + 3 * hour)
        #expect(plan.messages.flatMap(\.notices).map(\.occasion) == [.passed])
    }
}
