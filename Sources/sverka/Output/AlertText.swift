import Alerting
import Foundation
import Operations
import Storage

/// How alerts stand, as tables.
struct AlertOverviewText {
    private let overview: StoredAlerts.Overview
    private let time: LocalTime
    private let values: AlertValueText

    init(_ overview: StoredAlerts.Overview, time: LocalTime) {
        self.overview = overview
        self.time = time
        values = AlertValueText(overview.rules)
    }

    func print(all: Bool, eventCount: Int) {
        let standing = overview.states.filter { all || $0.phase != .ok }
        if standing.isEmpty {
            Swift.print("all is well by \(overview.rules.count) rules")
        } else {
            var table = TextTable(["RULE", "OF", "STATE", "SINCE", "VALUE", "USUAL", "TOLD"])
            for state in standing {
                table.add([
                    state.rule, state.key, Self.phase(state), time.text(state.since),
                    values.text(state.last?.value, state.rule, state.key),
                    values.text(state.last?.expected, state.rule, state.key), told(state),
                ])
            }
            for line in table.lines { Swift.print(line) }
        }
        if all {
            let quiet = overview.rules.filter { rule in
                !overview.states.contains { $0.rule == rule.name }
            }
            for rule in quiet { Swift.print("\(rule.name): never a breach") }
        }
        for silence in overview.silences {
            let labels = AlertState.key(of: silence.labels)
            Swift.print(
                "silence \(silence.id): \(silence.rule)\(labels.isEmpty ? "" : " \(labels)") until "
                    + "\(time.text(silence.expiresAt)), by \(silence.person)"
                    + (silence.comment.isEmpty ? "" : ": \(silence.comment)"))
        }
        if overview.people.isEmpty {
            Swift.print("nobody subscribed to alerts: see 'subscriptions' in the configuration")
        }
        for person in overview.people {
            let to = person.recipient == person.channel ? "" : " to \(person.recipient)"
            Swift.print("\(person.channel)\(to): \(person.messagesLeft) messages left this week")
        }
        guard eventCount > 0, !overview.events.isEmpty else { return }
        Swift.print("")
        var table = TextTable(["TIME", "RULE", "OF", "EVENT", "VALUE"])
        for event in overview.events.prefix(eventCount) {
            table.add([
                time.text(event.at), event.rule, event.key, event.event,
                values.text(event.details["value"], event.rule, event.key),
            ])
        }
        for line in table.lines { Swift.print(line) }
    }

    private static func phase(_ state: AlertState) -> String {
        state.phase.rawValue + (state.acknowledgedAt == nil ? "" : ", acknowledged")
    }

    private func told(_ state: AlertState) -> String {
        if state.told.isInhibited { return "no, explained by another" }
        if state.told.isHeldBack { return "held back" }
        return state.told.lastAt.map(time.text) ?? "no"
    }
}

/// What a rule sees now.
struct AlertTrialText {
    private let trial: StoredAlerts.Trial
    private let time: LocalTime
    private let values: AlertValueText

    init(_ trial: StoredAlerts.Trial, time: LocalTime) {
        self.trial = trial
        self.time = time
        values = AlertValueText([trial.rule])
    }

    func print() {
        guard !trial.verdicts.isEmpty else {
            return Swift.print("nothing was measured of late")
        }
        var table = TextTable(["OF", "UNTIL", "VALUE", "USUAL", "DEVIATIONS", "VERDICT"])
        for verdict in trial.verdicts {
            let measured = verdict.measurement
            table.add([
                verdict.key, time.text(measured.to),
                values.text(measured.value, trial.rule.name, verdict.key),
                values.text(measured.expected, trial.rule.name, verdict.key),
                measured.unusualTenths.map { String(format: "%.1f", Double($0) / 10) } ?? "",
                verdict.isBreach.map { $0 ? "breach" : "calm" } ?? "too little history",
            ])
        }
        for line in table.lines { Swift.print(line) }
        guard let letter = trial.letter else { return }
        Swift.print("\nIf this fired now:\n\n\(letter.title)\n")
        for line in letter.lines { Swift.print(line) }
    }
}

/// When a rule would have fired.
struct BacktestText {
    private let rule: AlertRule
    private let result: Backtest.Result
    private let time: LocalTime

    init(_ rule: AlertRule, _ result: Backtest.Result, time: LocalTime) {
        self.rule = rule
        self.result = result
        self.time = time
    }

    func print() {
        let values = AlertValueText([rule])
        Swift.print(
            "\(rule.name): \(result.judgedCount) periods judged, too little history for "
                + "\(result.unknownCount) of them; \(result.absentCount) without measurements")
        guard !result.firings.isEmpty else { return Swift.print("it would not have fired") }
        let count = result.firings.count
        Swift.print("it would have fired \(count == 1 ? "once" : "\(count) times"):")
        var table = TextTable(["TOLD", "OVER", "OF", "WORST", "USUAL", "DEVIATIONS"])
        for firing in result.firings {
            let key = AlertState.key(of: firing.labels)
            table.add([
                time.text(firing.firedAt), firing.endedAt.map(time.text) ?? "goes on", key,
                values.text(firing.worst.value, rule.name, key),
                values.text(firing.worst.expected, rule.name, key),
                firing.worst.unusualTenths.map { String(format: "%.1f", Double($0) / 10) } ?? "",
            ])
        }
        for line in table.lines { Swift.print(line) }
    }
}
