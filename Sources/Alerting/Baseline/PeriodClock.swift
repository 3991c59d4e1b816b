public import Foundation
internal import Records
internal import Synchronization

/// Numbers hours or days, and says which season each belongs to.
///
/// Hours are counted from 1970 and belong to a season by what the company's clock shows at their
/// beginning. Days are those of the company's calendar.
public struct PeriodClock: Sendable {
    /// A place in the week and month.
    public struct Season: Hashable, Sendable {
        /// The day, counted from 1970-01-01, of the company's calendar.
        public var day: Int
        /// Monday is 0.
        public var weekday: Int
        /// The hour of the wall clock; 0 for days.
        public var hour: Int
        /// Whether it is one of the last days of a month, or of the first of the next.
        public var isMonthEnd: Bool

        /// Whether nobody works on it, as a rule.
        public var isWeekend: Bool { weekday >= 5 }
    }

    /// Whether hours are numbered; else days.
    public let isHourly: Bool
    /// The company's time zone.
    public let timeZone: TimeZone
    /// How many days before and after the turn of a month are its end.
    public let monthEnd: MonthEnd
    private let known = KnownSeasons()

    /// The days around the turn of a month.
    public struct MonthEnd: Hashable, Sendable {
        /// So many last days.
        public var last: Int
        /// So many first days.
        public var first: Int

        /// Makes a window; two days before and one after is when accounts are closed.
        public init(last: Int = 2, first: Int = 1) {
            self.last = last
            self.first = first
        }
    }

    /// Makes a clock.
    public init(isHourly: Bool, timeZone: TimeZone, monthEnd: MonthEnd = MonthEnd()) {
        self.isHourly = isHourly
        self.timeZone = timeZone
        self.monthEnd = monthEnd
    }

    /// The period in which a moment lies.
    public func period(of moment: Date) -> Int {
        let seconds = Int(moment.timeIntervalSince1970.rounded(.down))
        return isHourly
            ? Self.floor(seconds, 3_600)
            : Self.floor(seconds + timeZone.secondsFromGMT(for: moment), 86_400)
    }

    /// When a period begins.
    public func start(of period: Int) -> Date {
        if isHourly { return Date(timeIntervalSince1970: Double(period) * 3_600) }
        let wall = Double(period) * 86_400
        let guess = Date(timeIntervalSince1970: wall)
        let near = guess.addingTimeInterval(-Double(timeZone.secondsFromGMT(for: guess)))
        return guess.addingTimeInterval(-Double(timeZone.secondsFromGMT(for: near)))
    }

    /// When a period ends.
    public func end(of period: Int) -> Date { start(of: period + 1) }

    /// The season of a period.
    public func season(of period: Int) -> Season {
        if let season = known.seasons.withLock({ $0[period] }) { return season }
        let season = computedSeason(of: period)
        known.seasons.withLock { $0[period] = season }
        return season
    }

    private func computedSeason(of period: Int) -> Season {
        guard isHourly else { return season(day: period, hour: 0) }
        let start = Double(period) * 3_600
        let wall =
            Int(start) + timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: start))
        let day = Self.floor(wall, 86_400)
        return season(day: day, hour: (wall - day * 86_400) / 3_600)
    }

    /// The period that shows the same hour some days earlier; where a change of the clock left the
    /// hour out, the one before.
    public func period(_ period: Int, daysBefore days: Int) -> Int {
        guard isHourly else { return period - days }
        let candidate = period - days * 24
        let (wanted, found) = (season(of: period).hour, season(of: candidate).hour)
        guard wanted != found else { return candidate }
        let shift = (wanted - found + 36) % 24 - 12
        return candidate + shift
    }

    private func season(day: Int, hour: Int) -> Season {
        // 1970-01-01 was a Thursday.
        Season(
            day: day, weekday: Self.modulo(day + 3, 7), hour: hour, isMonthEnd: isMonthEnd(day))
    }

    /// Whether a day of the calendar is at a month's end.
    func isMonthEnd(_ day: Int) -> Bool {
        let date = CalendarDate(daysSinceEpoch: Int64(day))
        return date.day <= monthEnd.first || date.day > date.lengthOfMonth - monthEnd.last
    }

    private static func floor(_ value: Int, _ divisor: Int) -> Int {
        (value - modulo(value, divisor)) / divisor
    }

    private static func modulo(_ value: Int, _ divisor: Int) -> Int {
        let rest = value % divisor
        return rest < 0 ? rest + divisor : rest
    }
}

/// Seasons that were looked up: to ask a time zone costs more than all the rest.
private final class KnownSeasons: Sendable {
    let seasons = Mutex<[Int: PeriodClock.Season]>([:])
}
