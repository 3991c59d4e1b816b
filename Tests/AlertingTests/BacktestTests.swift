import Alerting
import Foundation
import TestSupport
import Testing

@Suite("A replay")
struct BacktestTests {
    @Test("of a synthetic year catches its spikes in their first full hour, with few false alarms")
    func year() throws {
        let clock = PeriodClock(isHourly: true, timeZone: moscow)
        let year = SyntheticErrors(seed: 2_026, timeZone: moscow)
        var (events, base): ([MeasuredPeriods.Row], [MeasuredPeriods.Row]) = ([], [])
        for (index, count) in year.errors.enumerated() {
            guard let count else { continue }
            let period = year.firstHour + index
            events.append(.init(period: period, labels: [:], value: count))
            base.append(.init(period: period, labels: [:], value: year.operations[index]))
        }
        let last = year.firstHour + year.errors.count
        let result = Backtest(hourlyRule(), clock).run(
            MeasuredPeriods(events: events, base: base), year.yearFrom..<last)
        func date(_ hour: Int) -> Date { Date(timeIntervalSince1970: Double(hour) * 3_600) }
        let caught = year.spikes.count { spike in
            result.firings.contains {
                $0.firedAt > date(spike.firstHour) && $0.firedAt <= date(spike.firstHour + 2)
            }
        }
        let strays = result.firings.count { firing in
            !year.spikes.contains {
                firing.firedAt > date($0.firstHour) && firing.firedAt <= date($0.lastHour + 3)
            }
        }
        #expect(year.spikes.count == 30)
        #expect(caught >= 29, "caught \(caught) of 30")
        #expect(strays <= 12, "\(strays) false alarms in a year")
        #expect(result.absentCount > 0)
        #expect(result.unknownCount == 0)
    }

    @Test("says that nothing can be said while nothing is known")
    func noHistory() {
        let clock = PeriodClock(isHourly: true, timeZone: moscow)
        let first = clock.period(of: noon)
        let rows = (0..<48).map { MeasuredPeriods.Row(period: first + $0, labels: [:], value: 500) }
        let result = Backtest(hourlyRule(), clock).run(
            MeasuredPeriods(events: rows, base: rows), first..<first + 48)
        #expect(result.firings.isEmpty)
        #expect(result.unknownCount == 48)
    }
}

@Suite("Measurements")
struct MeasuredPeriodsTests {
    private let rows: [MeasuredPeriods.Row] = [
        .init(period: 1, labels: ["error_type": "", "object_kind": "order"], value: 90),
        .init(period: 1, labels: ["error_type": "a.x", "object_kind": "order"], value: 8),
        .init(period: 1, labels: ["error_type": "b.y", "object_kind": "order"], value: 2),
        .init(period: 2, labels: ["error_type": "", "object_kind": "order"], value: 50),
        .init(period: 2, labels: ["error_type": "a.x", "object_kind": "price"], value: 5),
    ]

    private var measured: MeasuredPeriods {
        MeasuredPeriods(
            events: rows.filter { $0.labels["error_type"] != "" }, base: rows,
            baseLabels: ["object_kind"])
    }

    @Test("of a group are zero where something was measured and none of it counted")
    func zero() throws {
        let series = measured.series(of: hourlyRule(groupBy: ["error_type"]))
        #expect(series.map(\.labels) == [["error_type": "a.x"], ["error_type": "b.y"]])
        #expect(
            series[0].observations.byPeriod == [
                1: Observation(value: 8, total: 100), 2: Observation(value: 5, total: 55),
            ])
        #expect(series[1].observations[2] == Observation(value: 0, total: 55))
    }

    @Test("of a share are of the operations that the rule looks at, whatever failed")
    func share() {
        var rule = hourlyRule()
        rule.measure = .journalErrorRate
        rule.labels = ["error_type": "a.*", "object_kind": "order"]
        let series = measured.series(of: rule)
        #expect(
            series[0].observations.byPeriod == [
                1: Observation(value: 80_000, total: 100), 2: Observation(value: 0, total: 50),
            ])
    }

    @Test("of an alert that stands are there though nothing of it came")
    func known() {
        let labels = ["error_type": "c.z"]
        let series = measured.series(of: hourlyRule(groupBy: ["error_type"]), known: [labels])
        #expect(series.last?.labels == labels)
        #expect(series.last?.observations[1] == Observation(value: 0, total: 100))
    }
}
