public import Alerting
public import Foundation
internal import Records
internal import Reporting
internal import Storage

/// Trials of rules, which change nothing and tell nobody.
extension StoredAlerts {
    /// What a rule sees now.
    public struct Trial: Sendable {
        /// The rule.
        public var rule: AlertRule
        /// What the last period of each alert says.
        public var verdicts: [AlertVerdict]
        /// The message that would go out if every breach fired now; `nil` when nothing is a breach.
        public var letter: AlertLetter?
    }

    /// A rule.
    ///
    /// - Parameter name: Its name.
    /// - Returns: The rule.
    /// - Throws: ``ConfigurationError`` when there is no such rule, or it is not right.
    public func rule(_ name: String) throws -> AlertRule { try AlertRules(resources).rule(name) }

    /// Tries a rule on what is stored.
    ///
    /// - Parameters:
    ///   - name: The rule.
    ///   - language: The language of the message; `nil` for the company's.
    /// - Returns: What it sees.
    /// - Throws: ``ConfigurationError`` when there is no such rule, or it is not right.
    public func test(_ name: String, language: String? = nil) async throws -> Trial {
        let rule = try AlertRules(resources).rule(name)
        let moment = now()
        return try await session.withStore(progress: SilentProgress()) { store in
            let verdicts =
                try await AlertMeasuring(
                    store, rules: [rule], configuration: configuration, now: moment,
                    scheduledSince: store.scheduledJobs()
                ).verdicts([])[name] ?? []
            var latest: [String: AlertVerdict] = [:]
            for verdict in verdicts { latest[verdict.key] = verdict }
            let found = latest.sorted { $0.key < $1.key }.map(\.value)
            let notices = found.filter { $0.isBreach == true }.map {
                Self.notice($0, rule, moment)
            }
            guard !notices.isEmpty else { return Trial(rule: rule, verdicts: found, letter: nil) }
            let letter = try await AlertMessages(
                configuration, resources: resources, store: store, run: nil, now: moment
            ).letter(
                AlertMessage(notices: notices),
                language: language ?? configuration.company.language.rawValue)
            return Trial(rule: rule, verdicts: found, letter: letter)
        }
    }

    private static func notice(
        _ verdict: AlertVerdict, _ rule: AlertRule, _ moment: Date
    ) -> AlertNotice {
        var state = AlertState(rule: rule.name, labels: verdict.labels, at: moment)
        state.phase = .firing
        state.firedAt = moment
        state.last = verdict.measurement
        state.worst = verdict.measurement
        return AlertNotice(
            state: state, rule: rule, occasion: .begins,
            repeatsAt: moment + rule.repetition.pause(afterMessages: 1))
    }

    /// Replays history and says when a rule would have fired.
    ///
    /// - Parameters:
    ///   - name: The rule.
    ///   - since: From when on; what is before serves as history.
    /// - Returns: What it would have done.
    /// - Throws: ``ConfigurationError`` when there is no such rule, or when what it measures is not
    ///   kept.
    public func backtest(_ name: String, since: Date) async throws -> Backtest.Result {
        var rule = try AlertRules(resources).rule(name)
        let moment = now()
        let clock = PeriodClock(
            isHourly: rule.period == .hour, timeZone: configuration.company.timeZone)
        // So far back the ends of months are compared.
        let beginning = since - 371 * 86_400
        let last = clock.period(of: moment - AlertMeasuring.lag)
        let first = clock.period(of: since)
        guard first < last else {
            throw ConfigurationError("there is nothing to replay: --since is not in the past")
        }
        guard rule.period != .minute, rule.period != .moment else {
            throw ConfigurationError(
                "'\(name)' looks at \(rule.period == .minute ? "minutes" : "how things stand"), of "
                    + "which no history is kept; rules of hours, days and nights can be replayed")
        }
        return try await session.withStore(progress: SilentProgress()) { store in
            var measured: MeasuredPeriods
            if rule.period == .night {
                measured = MeasuredPeriods(
                    nights: try await store.nightCounts(
                        since: beginning, timeZone: clock.timeZone.identifier), rule.measure)
            } else {
                measured = MeasuredPeriods(
                    journal: try await store.journalHistory(
                        from: beginning, to: clock.start(of: last), labels: rule.labels,
                        apart: Set(rule.groupBy)))
                // They were looked at by the database.
                rule.labels = [:]
            }
            if rule.period == .day {
                measured = measured.summed { hour in
                    clock.period(of: Date(timeIntervalSince1970: Double(hour) * 3_600))
                }
            }
            return Backtest(rule, clock).run(measured, first..<last)
        }
    }
}
