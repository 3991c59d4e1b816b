import Alerting
import Foundation
import TestSupport

/// How a rule does on synthetic years of which it is known what was planted.
struct BacktestFigure {
    let planted: Int
    let caught: Int
    let falseAlarms: Int

    /// Replays a year.
    init(_ year: SyntheticErrors, _ rule: AlertRule, _ clock: PeriodClock) {
        let measured = year.measured(by: clock)
        let first = clock.period(of: year.date(of: year.yearFrom))
        let last = clock.period(of: year.date(of: year.firstHour + year.errors.count))
        let result = Backtest(rule, clock).run(measured, first..<last)
        planted = year.spikes.count
        caught = year.spikes.count { spike in
            let begin = year.date(of: spike.firstHour)
            // The first period that lies in the spike from its beginning to its end.
            let inner =
                clock.isHourly
                ? spike.firstHour + 1 : clock.period(of: begin) + 1
            return result.firings.contains {
                $0.firedAt > begin && $0.firedAt <= clock.end(of: inner)
            }
        }
        falseAlarms = result.firings.count { firing in
            !year.spikes.contains { spike in
                firing.firedAt > year.date(of: spike.firstHour)
                    && firing.firedAt
                        <= clock.end(
                            of: clock.period(of: year.date(of: spike.lastHour)) + 2)
            }
        }
    }
}

extension SyntheticErrors {
    func date(of hour: Int) -> Date { Date(timeIntervalSince1970: Double(hour) * 3_600) }

    /// The year as a rule sees it.
    func measured(by clock: PeriodClock) -> MeasuredPeriods {
        var (events, base): ([MeasuredPeriods.Row], [MeasuredPeriods.Row]) = ([], [])
        for (index, count) in errors.enumerated() {
            guard let count else { continue }
            let period = clock.period(of: date(of: firstHour + index))
            events.append(.init(period: period, labels: [:], value: count))
            base.append(.init(period: period, labels: [:], value: operations[index]))
        }
        return MeasuredPeriods(events: events, base: base)
    }
}
