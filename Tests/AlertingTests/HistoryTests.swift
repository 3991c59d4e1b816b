import Foundation
import Testing

@testable import Alerting

@Suite("An hour among its neighbours")
struct SeriesHistoryTests {
    private let clock = PeriodClock(isHourly: true, timeZone: moscow)
    /// A Thursday, 26 November 2026, 12:00.
    private var period: Int { clock.period(of: noon) }

    /// Ten weeks of seven errors an hour, up to and without an hour; then what is given.
    private func history(_ values: [Int: Int64] = [:], usual: Int64 = 7) -> SeriesHistory {
        var observations: [Int: Observation] = [:]
        for hour in period - 10 * 168..<period + 4 {
            observations[hour] = Observation(value: usual, total: 100)
        }
        for (offset, value) in values {
            observations[period + offset] = Observation(value: value, total: 100)
        }
        let clock = clock
        return SeriesHistory(.init(labels: [:], observations: Observations(observations))) {
            LikePeriods(of: $0, clock)
        }
    }

    private func verdict(
        _ hour: Int, _ history: SeriesHistory, _ rule: AlertRule = hourlyRule()
    ) throws -> AlertVerdict {
        var history = history
        return try #require(AlertJudge(rule, clock).verdict(period + hour, &history))
    }

    @Test("is a spike together with the one before where neither is alone")
    func both() throws {
        let scene = history([0: 19, 1: 20])
        #expect(try verdict(0, scene).isBreach == false)
        let both = try verdict(1, scene)
        #expect(both.isBreach == true)
        #expect(both.measurement.value == 39)
        #expect(both.measurement.expected == 14)
        #expect(both.measurement.from == noon)
        #expect(both.measurement.to == noon + 2 * hour)
        // An hour as usual does not keep it alive.
        #expect(try verdict(2, history([1: 40, 2: 8])).isBreach == false)
    }

    @Test("is judged alone where shares are judged, or days")
    func alone() throws {
        var rule = hourlyRule()
        rule.measure = .journalErrorRate
        #expect(try verdict(1, history([0: 19, 1: 20]), rule).isBreach == false)
    }

    @Test("is measured by how high the whole day is, and not by how quiet")
    func level() throws {
        let spike: [Int: Int64] = [0: 24]
        #expect(try verdict(0, history(spike)).isBreach == true)
        var busy = spike
        for hour in -8 ... -1 { busy[hour] = 11 }
        let verdict = try verdict(0, history(busy))
        #expect(verdict.isBreach == false)
        #expect(verdict.measurement.expected == 11)
        var quiet: [Int: Int64] = [0: 14]
        for hour in -8 ... -1 { quiet[hour] = 2 }
        var silent = history(quiet)
        #expect(silent.level(before: period) == 1)
    }

    @Test("takes no level from a spike, nor from too few errors")
    func odd() {
        var stormy = history([-4: 300, -3: 280])
        #expect(stormy.level(before: period) == 1)
        var few = history([-4: 4, -3: 5, -2: 4], usual: 1)
        #expect(few.level(before: period) == 1)
        var high = history(Dictionary(uniqueKeysWithValues: (-8 ... -1).map { ($0, 16) }))
        #expect(high.level(before: period) == 1.6)
    }
}

@Suite("The mean of the middle half")
struct MiddleMeanTests {
    @Test(
        "bears a quarter of odd values and counts those at its edges in part",
        arguments: [
            ([7], 7.0), ([1, 3], 2.0), ([2, 4, 4, 1_000], 4.0),
            ([0, 2, 4, 6, 8, 10, 12, 400], 7.0),
            // Of five values the middle two and a half: 2 × ¾, 3, 4 × ¾.
            ([1, 2, 3, 4, 90], 3.0), ([3, 3, 4, 4, 5], 3.7),
        ] as [([Int64], Double)])
    func mean(values: [Int64], mean: Double) {
        let found = SeasonalBaseline.middleMean(values.reversed())
        #expect(abs(found - mean) < 1e-12, "\(found)")
    }
}
