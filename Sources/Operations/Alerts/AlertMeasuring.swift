internal import Alerting
internal import Foundation
internal import Storage

/// Measures what rules ask for, each thing once for all rules, and judges it.
struct AlertMeasuring {
    private let store: Store
    private let rules: [AlertRule]
    private let timeZone: TimeZone
    private let schedule: [ScheduledJob]
    private let now: Date
    private let news: Date?
    private let scheduledSince: [String: Date]

    /// What an integration writes may be a little late.
    static let lag = 120.0
    /// The last complete periods that are looked at: lines come late, and the service may have slept.
    static let hoursLookedAt = 6
    static let daysLookedAt = 2
    static let minutesLookedAt = 20
    /// So many are looked at, at most, where news of the journal are older: what is longer ago is for
    /// reports.
    static let hoursLookedBackMost = 72
    static let daysLookedBackMost = 4

    /// - Parameters:
    ///   - store: What is measured.
    ///   - rules: The rules.
    ///   - configuration: Time zone and schedule.
    ///   - now: The time.
    ///   - news: When the earliest operation happened that is new in the journal; `nil` for none.
    ///   - scheduledSince: Since when jobs are scheduled, by job; one that is not named was never
    ///     missed.
    init(
        _ store: Store, rules: [AlertRule], configuration: Configuration, now: Date,
        news: Date? = nil, scheduledSince: [String: Date] = [:]
    ) {
        self.store = store
        self.rules = rules
        timeZone = configuration.company.timeZone
        schedule = configuration.schedule
        self.now = now
        self.news = news
        self.scheduledSince = scheduledSince
    }

    /// What recent periods say of each rule.
    ///
    /// - Parameter states: Alerts that stand, of which is told also that all is well.
    /// - Returns: Verdicts by the rule's name, in the order of time.
    /// - Throws: `PostgresError`.
    func verdicts(_ states: [AlertState]) async throws -> [String: [AlertVerdict]] {
        let known = Dictionary(grouping: states, by: \.rule).mapValues { $0.map(\.labels) }
        var verdicts: [String: [AlertVerdict]] = [:]
        for period in AlertPeriod.allCases {
            let asking = rules.filter { $0.period == period }
            guard !asking.isEmpty else { continue }
            switch period {
            case .hour: try await hours(asking, known, &verdicts)
            case .minute: try await minutes(asking, known, &verdicts)
            case .day: try await days(asking, known, &verdicts)
            case .night: try await nights(asking, known, &verdicts)
            case .moment: try await moments(asking, known, &verdicts)
            }
        }
        return verdicts
    }

    private func hours(
        _ asking: [AlertRule], _ known: [String: [[String: String]]],
        _ verdicts: inout [String: [AlertVerdict]]
    ) async throws {
        let clock = PeriodClock(isHourly: true, timeZone: timeZone)
        let last = clock.period(of: now - Self.lag) - 1
        let wanted = periods(
            through: last, usually: Self.hoursLookedAt, most: Self.hoursLookedBackMost, clock)
        let context = wanted[0] - SeriesHistory.contextCount..<wanted[0]
        let like = LikeTable(wanted, context: context, clock)
        let measured = MeasuredPeriods(journal: try await store.journalHours(like.all))
        judge(asking, known, wanted, like, clock, measured, &verdicts)
    }

    private func days(
        _ asking: [AlertRule], _ known: [String: [[String: String]]],
        _ verdicts: inout [String: [AlertVerdict]]
    ) async throws {
        let clock = PeriodClock(isHourly: false, timeZone: timeZone)
        let last = clock.period(of: now - Self.lag) - 1
        let wanted = periods(
            through: last, usually: Self.daysLookedAt, most: Self.daysLookedBackMost, clock)
        let like = LikeTable(wanted, clock)
        let measured = MeasuredPeriods(
            journal: try await store.journalDays(
                like.all.map { ($0, clock.start(of: $0), clock.end(of: $0)) }))
        judge(asking, known, wanted, like, clock, measured, &verdicts)
    }

    /// The periods to look at: the last few, or since the earliest news.
    private func periods(
        through last: Int, usually usual: Int, most: Int, _ clock: PeriodClock
    ) -> [Int] {
        let since = news.map { max(clock.period(of: $0), last - most + 1) } ?? last
        return Array(min(since, last - usual + 1)...last)
    }

    private func nights(
        _ asking: [AlertRule], _ known: [String: [[String: String]]],
        _ verdicts: inout [String: [AlertVerdict]]
    ) async throws {
        let clock = PeriodClock(isHourly: false, timeZone: timeZone)
        let today = clock.period(of: now)
        let wanted = Array(today - Self.daysLookedAt + 1...today)
        let like = LikeTable(wanted, clock)
        guard let first = like.all.min() else { return }
        let counts = try await store.nightCounts(
            since: clock.start(of: first), timeZone: timeZone.identifier)
        for measure in [AlertMeasure.newFindings, .moneyAtRisk] {
            let rules = asking.filter { $0.measure == measure }
            let measured = MeasuredPeriods(nights: counts, measure)
            judge(rules, known, wanted, like, clock, measured, &verdicts)
        }
    }

    private func judge(
        _ asking: [AlertRule], _ known: [String: [[String: String]]], _ wanted: [Int],
        _ like: LikeTable, _ clock: PeriodClock, _ measured: MeasuredPeriods,
        _ verdicts: inout [String: [AlertVerdict]]
    ) {
        for rule in asking {
            let judge = AlertJudge(rule, clock)
            var histories = measured.series(of: rule, known: known[rule.name] ?? []).map {
                SeriesHistory($0) { like[$0] }
            }
            for period in wanted {
                for index in histories.indices {
                    guard let verdict = judge.verdict(period, &histories[index]) else { continue }
                    verdicts[rule.name, default: []].append(verdict)
                }
            }
        }
    }

    private func minutes(
        _ asking: [AlertRule], _ known: [String: [[String: String]]],
        _ verdicts: inout [String: [AlertVerdict]]
    ) async throws {
        let end = Int((now - Self.lag).timeIntervalSince1970 / 60)
        let wanted = Array(end - Self.minutesLookedAt..<end)
        let found = MeasuredPeriods(
            journal: try await store.journalMinutes(
                from: Date(timeIntervalSince1970: Double(wanted[0]) * 60),
                to: Date(timeIntervalSince1970: Double(end) * 60)))
        guard !found.isEmpty else { return }
        let clock = PeriodClock(isHourly: true, timeZone: timeZone)
        let like = LikeTable(Array(Set(wanted.map { $0 / 60 })), clock)
        let hours = MeasuredPeriods(journal: try await store.journalHours(like.all))
        for rule in asking {
            let judge = AlertJudge(rule, clock)
            let minutes = found.series(of: rule, known: known[rule.name] ?? [])
            let usual = hours.series(of: rule, known: minutes.map(\.labels))
            for minute in wanted {
                for one in minutes {
                    guard let observation = one.observations[minute],
                        let hourly = usual.first(where: { $0.labels == one.labels })
                    else { continue }
                    verdicts[rule.name, default: []].append(
                        judge.verdict(minute: minute, like[minute / 60], observation, hourly))
                }
            }
        }
    }

    private func moments(
        _ asking: [AlertRule], _ known: [String: [[String: String]]],
        _ verdicts: inout [String: [AlertVerdict]]
    ) async throws {
        var measured: [AlertMeasure: [[String: String]: Int64]] = [:]
        for measure in Set(asking.map(\.measure)) { measured[measure] = try await moment(measure) }
        let clock = PeriodClock(isHourly: true, timeZone: timeZone)
        for rule in asking {
            var values: [[String: String]: Int64] = [:]
            for labels in known[rule.name] ?? [] { values[labels] = 0 }
            for (labels, value) in measured[rule.measure] ?? [:] where rule.wants(labels) {
                let group = labels.filter { rule.groupBy.contains($0.key) }
                // Of what is late the latest counts, of everything else all.
                let known = values[group] ?? 0
                values[group] = rule.measure == .lateRuns ? max(known, value) : known + value
            }
            let judge = AlertJudge(rule, clock)
            verdicts[rule.name] = values.map { judge.verdict(now: $0.value, $0.key, at: now) }
                .sorted { $0.key < $1.key }
        }
    }

    private func moment(_ measure: AlertMeasure) async throws -> [[String: String]: Int64] {
        func each(_ labels: [[String: String]]) -> [[String: String]: Int64] {
            Dictionary(labels.map { ($0, 1) }) { $0 + $1 }
        }
        switch measure {
        case .collectorFailures: return each(try await store.collectorFailures())
        case .uncertifiedSnapshots: return each(try await store.uncertifiedSnapshots())
        case .failedRuns: return each(try await store.failedJobs().map { ["job": $0] })
        case .undeliveredMessages:
            var counts: [[String: String]: Int64] = [:]
            for (channel, count) in try await store.undeliveredMessages(at: now) {
                counts[["channel": channel]] = count
            }
            return counts
        case .lateRuns:
            var minutes: [[String: String]: Int64] = [:]
            for entry in schedule {
                let last = try await store.runs(job: entry.job, limit: 1).first
                minutes[["job": entry.job]] = Int64(
                    entry.minutesLate(
                        at: now, lastStart: last.map { $0.resumedAt ?? $0.startedAt },
                        isRunning: last?.state == .running, since: scheduledSince[entry.job]))
            }
            return minutes
        case .journalErrors, .journalErrorRate, .newFindings, .moneyAtRisk: return [:]
        }
    }
}

/// The periods that are like those that are judged.
private struct LikeTable {
    private var byPeriod: [Int: LikePeriods] = [:]
    let all: [Int]

    init(_ periods: [Int], context: Range<Int> = 0..<0, _ clock: PeriodClock) {
        for period in periods { byPeriod[period] = LikePeriods(of: period, clock) }
        for period in context {
            byPeriod[period] = LikePeriods(of: period, clock, fallsBack: false)
        }
        all = Set(byPeriod.keys).union(byPeriod.values.flatMap(\.all)).sorted()
    }

    subscript(period: Int) -> LikePeriods {
        guard let like = byPeriod[period] else { preconditionFailure("a period that is judged") }
        return like
    }
}
