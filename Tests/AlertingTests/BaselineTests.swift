import Alerting
import Foundation
import Testing

@Suite("What is usual")
struct BaselineTests {
    private let clock = PeriodClock(isHourly: true, timeZone: moscow)

    /// A Thursday, 26 November 2026, 12:00.
    private var period: Int { clock.period(of: noon) }

    @Test("is the median of the same hour of the same weekday, whatever one week was")
    func median() throws {
        let values: [Int64] = [10, 12, 11, 400, 13, 9, 12, 11]
        let usual = try #require(usual { weeks in weeks.flatMap { values[$0 - 1] } })
        // The eighth Thursday before is 1 October, a month's end.
        #expect(usual.sampleCount == 7)
        #expect(usual.expected == 12)
        #expect(usual.deviation == 1)
        #expect(!usual.isBorrowed)
    }

    @Test("leaves out periods in which nothing was measured")
    func absent() throws {
        let usual = try #require(usual { $0.flatMap { $0 > 4 ? nil : 20 } })
        #expect(usual.expected == 20)
        #expect(usual.sampleCount == 4)
    }

    @Test("is learned from days of the same type while the weekday is not known")
    func dayType() throws {
        let history: (Int) -> Observation? = { [period] asked in
            asked > period - 8 * 24 ? Observation(value: 7) : nil
        }
        let usual = try #require(SeasonalBaseline.usual(like(), history: history))
        // Wednesday, Tuesday, Monday, Friday, and the Thursday before.
        #expect(usual.sampleCount == 5)
        #expect(usual.expected == 7)
    }

    @Test("is not known of fewer than four like periods")
    func learning() {
        #expect(usual { $0.flatMap { $0 > 3 ? nil : 5 } } == nil)
    }

    @Test("of a month's end is that of other ends; borrowed, with a note, while there are none")
    func monthEnd() throws {
        // 30 November 2026 is a Monday.
        let end = period + 4 * 24
        #expect(clock.season(of: end).isMonthEnd)
        #expect(!clock.season(of: period).isMonthEnd)
        let like = LikePeriods(of: end, clock)
        let apart = SeasonalBaseline.usual(like) { asked in
            Observation(value: clock.season(of: asked).isMonthEnd ? 100 : 40)
        }
        #expect(try #require(apart).expected == 100)
        let borrowed = try #require(
            SeasonalBaseline.usual(like) { asked in
                clock.season(of: asked).isMonthEnd ? nil : Observation(value: 40)
            })
        #expect(borrowed.expected == 40)
        #expect(borrowed.isBorrowed)
    }

    @Test("asks for no period that is not announced")
    func announced() {
        for number in 0..<24 * 40 {
            let like = LikePeriods(of: period + number, clock)
            let all = like.all
            _ = SeasonalBaseline.usual(like) { asked in
                #expect(all.contains(asked) && asked < period + number)
                return nil
            }
        }
    }

    private func like() -> LikePeriods { LikePeriods(of: period, clock) }

    /// The usual of this period, given values by how many weeks ago it was; hours beside it are the
    /// same.
    private func usual(_ value: (Int?) -> Int64?) -> SeasonalBaseline? {
        SeasonalBaseline.usual(like()) { asked in
            let weeks = (period - asked + 84) / 168
            let isBeside = abs(period - asked - weeks * 168) <= 1
            guard isBeside, weeks > 0, let found = value(weeks) else { return nil }
            return Observation(value: found)
        }
    }
}

@Suite("Periods")
struct PeriodClockTests {
    @Test("show the same hour some weeks ago, also over a change of the clock")
    func daylight() throws {
        let berlin = try #require(TimeZone(identifier: "Europe/Berlin"))
        let clock = PeriodClock(isHourly: true, timeZone: berlin)
        // 28 October 2026, after the clock went back on the 25th; 10:00 in Berlin.
        let after = clock.period(of: Date(timeIntervalSince1970: 1_793_178_000))
        let before = clock.period(after, daysBefore: 7)
        #expect(clock.season(of: after).hour == 10)
        #expect(clock.season(of: before).hour == 10)
        #expect(after - before == 7 * 24 + 1)
    }

    @Test("of days begin at the company's midnight")
    func days() {
        let clock = PeriodClock(isHourly: false, timeZone: moscow)
        let day = clock.period(of: noon)
        #expect(clock.start(of: day) == noon - 12 * hour)
        #expect(clock.end(of: day) == noon + 12 * hour)
        #expect(clock.season(of: day).weekday == 3)
    }

    @Test(
        "know the days around the turn of a month, February too",
        arguments: [
            ("2028-02-28", true), ("2028-02-27", false), ("2028-03-01", true),
            ("2028-03-02", false),
            ("2026-12-30", true), ("2026-12-29", false),
        ])
    func monthEnd(day: String, isEnd: Bool) throws {
        let clock = PeriodClock(isHourly: false, timeZone: .gmt)
        let date = try Date("\(day)T12:00:00Z", strategy: .iso8601)
        #expect(clock.season(of: clock.period(of: date)).isMonthEnd == isEnd)
    }
}
