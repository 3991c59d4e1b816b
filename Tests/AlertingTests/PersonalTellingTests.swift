import Alerting
import Foundation
import Testing

@Suite("What each person is told")
struct PersonalTellingTests {
    private func recipient(
        _ key: String, ceiling: Int = 20, written: [Date] = [],
        wants: @escaping @Sendable (AlertState, AlertRule) -> Bool = { _, _ in true }
    ) -> AlertRecipient {
        AlertRecipient(
            key: key, budget: MessageBudget(ceiling: ceiling, written: written), wants: wants)
    }

    private func firing(_ rule: AlertRule, _ labels: [String: String] = [:]) -> AlertState {
        var state = AlertState(rule: rule.name, labels: labels, at: noon)
        _ = AlertMachine(rule).take(verdict(true, hour: -1, labels: labels), &state, at: noon)
        return state
    }

    /// Keys of recipients with the rules that they are told of, message by message.
    private func told(_ plan: AlertTelling.PersonalPlan) -> [String] {
        plan.messages.map { planned in
            planned.recipients.joined(separator: "+") + ": "
                + planned.message.notices.map { "\($0.rule.name) \($0.occasion.rawValue)" }
                .joined(separator: ", ")
        }
    }

    @Test("is only what they asked for; who is told the same is told by one message")
    func wishes() {
        let (a, b) = (hourlyRule("a", cause: "x"), hourlyRule("b", cause: "x"))
        var people = [
            recipient("boss"), recipient("other"), recipient("sales") { $1.name == "b" },
            recipient("nobody") { _, _ in false },
        ]
        let plan = AlertTelling(rules: [a, b], silences: []).plan(
            [firing(a), firing(b)], to: &people, at: noon)
        #expect(told(plan) == ["boss+other: a begins, b begins", "sales: b begins"])
        #expect(people.map { $0.budget.rest(at: noon) } == [19, 19, 19, 20])
        // To however many people, it is told once.
        #expect(plan.events.map { "\($0.rule) \($0.kind.rawValue)" } == ["a told", "b told"])
    }

    @Test("waits for those whose messages are used up, and for nobody else")
    func ownBudgets() {
        let rule = hourlyRule(severity: .warning)
        let teller = AlertTelling(rules: [rule], silences: [])
        let used = (0..<3).map { noon - Double($0 + 1) * hour }
        var people = [
            recipient("much", ceiling: 3, written: used), recipient("little", ceiling: 3),
        ]
        let first = teller.plan([firing(rule)], to: &people, at: noon)
        #expect(told(first) == ["little: errors begins"])
        #expect(first.states[0].seen(by: "much").told.isHeldBack)
        #expect(first.states[0].seen(by: "much").told.count == 0)
        #expect(first.states[0].seen(by: "little").told.count == 1)
        // It ends; who waited hears of it when there is room again, the other that it is over.
        var state = first.states[0]
        for number in 0..<2 {
            _ = AlertMachine(rule).take(verdict(false, hour: number), &state, at: noon + 2 * hour)
        }
        var later = [recipient("much", ceiling: 3), recipient("little", ceiling: 3)]
        let end = teller.plan([state], to: &later, at: noon + 3 * hour)
        #expect(Set(told(end)) == ["much: errors passed", "little: errors ends"])
    }

    @Test("begins for who subscribes while it goes on, and is not told again to the others")
    func newcomer() {
        let rule = hourlyRule()
        let teller = AlertTelling(rules: [rule], silences: [])
        var people = [recipient("old")]
        let first = teller.plan([firing(rule)], to: &people, at: noon)
        var both = [recipient("old"), recipient("new")]
        let second = teller.plan(first.states, to: &both, at: noon + hour)
        #expect(told(second) == ["new: errors begins"])
    }

    @Test("of what one does not want, it may still explain what one wants")
    func explanation() {
        let collector = hourlyRule("collector-failed")
        let findings = hourlyRule("new-findings", inhibitedBy: ["collector-failed"])
        var people = [recipient("sales") { $1.name == "new-findings" }]
        let plan = AlertTelling(rules: [collector, findings], silences: []).plan(
            [firing(collector), firing(findings)], to: &people, at: noon)
        #expect(plan.messages.isEmpty)
        #expect(plan.states[1].told.isInhibited)
    }

    @Test("of what began and ended unseen, is that it was; not when it was silenced then")
    func unseen() {
        let rule = hourlyRule()
        var state = firing(rule)
        for number in 0..<2 {
            _ = AlertMachine(rule).take(verdict(false, hour: number), &state, at: noon + 2 * hour)
        }
        var people = [recipient("boss")]
        let teller = AlertTelling(rules: [rule], silences: [])
        let known = teller.plan([state], to: &people, at: noon + 2 * hour)
        #expect(known.messages.isEmpty)
        let plan = teller.plan([state], to: &people, unseen: [state.id], at: noon + 2 * hour)
        #expect(told(plan) == ["boss: errors passed"])
        #expect(teller.plan(plan.states, to: &people, at: noon + 3 * hour).messages.isEmpty)
        let silence = AlertSilence(rule: "errors", expiresAt: noon + 9 * hour)
        let silent = AlertTelling(rules: [rule], silences: [silence])
        var quiet = [recipient("boss")]
        let nothing = silent.plan([state], to: &quiet, unseen: [state.id], at: noon + 2 * hour)
        #expect(nothing.messages.isEmpty)
        #expect(silent.plan(nothing.states, to: &quiet, at: noon + 10 * hour).messages.isEmpty)
    }

    @Test("is forgotten of those who are told no more, so that an alert can come to rest")
    func leaving() throws {
        let rule = hourlyRule(repetition: .init(first: hour))
        let machine = AlertMachine(rule)
        var people = [recipient("gone"), recipient("here")]
        var state = AlertTelling(rules: [rule], silences: []).plan(
            [firing(rule)], to: &people, at: noon
        ).states[0]
        for number in 0..<2 {
            _ = machine.take(verdict(false, hour: number), &state, at: noon + 2 * hour)
        }
        machine.settle(&state, at: noon + 9 * hour)
        #expect(state.phase == .resolved, "the end is not told yet")
        state.keepTold(to: ["here"])
        var rest = [recipient("here")]
        state =
            AlertTelling(rules: [rule], silences: []).plan(
                [state], to: &rest, at: noon + 9 * hour
            ).states[0]
        machine.settle(&state, at: noon + 9 * hour)
        #expect(state.phase == .ok)
        let data = try JSONEncoder().encode(state)
        #expect(try JSONDecoder().decode(AlertState.self, from: data) == state)
    }
}
