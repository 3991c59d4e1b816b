public import Foundation

/// Replays history and says when a rule would have fired.
public struct Backtest: Sendable {
    /// One time that it would have fired.
    public struct Firing: Hashable, Sendable {
        /// The alert's labels.
        public var labels: [String: String]
        /// When people would have been told: the end of the period that made it fire.
        public var firedAt: Date
        /// When it would have ended; `nil` when it still goes on.
        public var endedAt: Date?
        /// The worst of it.
        public var worst: AlertMeasurement
    }

    /// What a replay found.
    public struct Result: Sendable {
        /// When it would have fired, in the order of time.
        public var firings: [Firing] = []
        /// Periods that were judged.
        public var judgedCount = 0
        /// Periods of which nothing could be said, since too few like ones were known.
        public var unknownCount = 0
        /// Periods in which nothing was measured.
        public var absentCount = 0
    }

    private let rule: AlertRule
    private let clock: PeriodClock

    /// Makes a replay of a rule over hours, days or nights.
    public init(_ rule: AlertRule, _ clock: PeriodClock) {
        self.rule = rule
        self.clock = clock
    }

    /// Replays.
    ///
    /// Each period is judged by what was known at its end.
    ///
    /// - Parameters:
    ///   - measured: What was measured, before the replay too.
    ///   - periods: The periods to judge.
    /// - Returns: What the rule would have done.
    public func run(_ measured: MeasuredPeriods, _ periods: Range<Int>) -> Result {
        let judge = AlertJudge(rule, clock)
        let machine = AlertMachine(rule)
        let seasons = Seasons(clock)
        var series = measured.series(of: rule).map {
            (
                history: SeriesHistory($0) { seasons.like($0) },
                state: AlertState(rule: rule.name, labels: $0.labels, at: .distantPast)
            )
        }
        var result = Result()
        var open: [Int: Int] = [:]
        for period in periods {
            let end = clock.end(of: period)
            for index in series.indices {
                for event in machine.lapse(&series[index].state, at: end) {
                    note(event, series[index].state, false, index, &open, &result)
                }
                machine.settle(&series[index].state, at: end)
                guard let verdict = judge.verdict(period, &series[index].history) else {
                    result.absentCount += 1
                    continue
                }
                result.judgedCount += 1
                if verdict.isBreach == nil { result.unknownCount += 1 }
                let isNew = series[index].state.phase != .resolved
                for event in machine.take(verdict, &series[index].state, at: end) {
                    note(event, series[index].state, isNew, index, &open, &result)
                }
                if let number = open[index], let worst = series[index].state.worst {
                    result.firings[number].worst = worst
                }
            }
        }
        return result
    }

    private func note(
        _ event: AlertEvent, _ state: AlertState, _ isNew: Bool, _ index: Int,
        _ open: inout [Int: Int], _ result: inout Result
    ) {
        switch event.kind {
        case .fired where isNew || open[index] == nil:
            guard let worst = state.worst else { return }
            open[index] = result.firings.count
            result.firings.append(
                Firing(labels: state.labels, firedAt: event.at, endedAt: nil, worst: worst))
        case .fired: open[index].map { result.firings[$0].endedAt = nil }
        case .resolved: open[index].map { result.firings[$0].endedAt = event.at }
        default: break
        }
    }
}

/// Periods that are like others, each found once for all series.
private final class Seasons {
    private let clock: PeriodClock
    private var known: [Int: LikePeriods] = [:]

    init(_ clock: PeriodClock) { self.clock = clock }

    func like(_ period: Int) -> LikePeriods {
        if let found = known[period] { return found }
        let like = LikePeriods(of: period, clock)
        known[period] = like
        return like
    }
}
