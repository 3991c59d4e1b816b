public import Foundation
public import Records

/// The time that a report covers, from one instant up to, and without, another.
public struct ReportPeriod: Hashable, Sendable {
    /// What it is: a month, a run.
    public var kind: ReportDefinition.PeriodKind
    /// The first instant.
    public var start: Date
    /// The first instant after it.
    public var end: Date
    /// The run, where it is one.
    public var run: RunID?

    /// Makes a period.
    public init(
        _ kind: ReportDefinition.PeriodKind, start: Date, end: Date, run: RunID? = nil
    ) {
        self.kind = kind
        self.start = start
        self.end = end
        self.run = run
    }

    /// The last month, week or day that is over.
    ///
    /// - Parameters:
    ///   - kind: What is asked for; `run` and `none` give the empty time at the instant.
    ///   - now: The instant.
    ///   - zone: The zone in which days begin.
    /// - Returns: The period.
    public static func lastComplete(
        _ kind: ReportDefinition.PeriodKind, before now: Date, in zone: TimeZone
    ) -> ReportPeriod {
        guard let unit = kind.component else { return ReportPeriod(kind, start: now, end: now) }
        let calendar = Calendar.iso(zone)
        let end = calendar.dateInterval(of: unit, for: now)?.start ?? now
        let inside = calendar.dateInterval(of: unit, for: end - 1)
        return ReportPeriod(kind, start: inside?.start ?? end, end: end)
    }

    /// A period as a person writes it: `2026-10`, `2026-W48`, `2026-11-25`,
    /// `2026-10-01..2026-10-15` with both days included.
    ///
    /// - Returns: The period; `nil` when the text is none.
    public init?(_ text: String, in zone: TimeZone) {
        let calendar = Calendar.iso(zone)
        func day(_ text: Substring) -> Date? {
            guard let day = CalendarDate(String(text)), day.description == text else { return nil }
            return calendar.date(
                from: DateComponents(year: day.year, month: day.month, day: day.day))
        }
        if let dots = text.firstRange(of: "..") {
            guard let first = day(text[..<dots.lowerBound]),
                let last = day(text[dots.upperBound...]), first <= last,
                let end = calendar.date(byAdding: .day, value: 1, to: last)
            else { return nil }
            self.init(.none, start: first, end: end)
        } else if let start = day(text[...]) {
            guard let end = calendar.date(byAdding: .day, value: 1, to: start) else { return nil }
            self.init(.day, start: start, end: end)
        } else if let match = text.wholeMatch(of: /(\d{4})-W(\d{2})/), let year = Int(match.1),
            let week = Int(match.2),
            let start = calendar.date(
                from: DateComponents(weekday: 2, weekOfYear: week, yearForWeekOfYear: year)),
            calendar.component(.yearForWeekOfYear, from: start) == year,
            let end = calendar.date(byAdding: .day, value: 7, to: start)
        {
            self.init(.week, start: start, end: end)
        } else if let match = text.wholeMatch(of: /(\d{4})-(\d{2})/),
            let start = day("\(match.1)-\(match.2)-01"),
            let end = calendar.date(byAdding: .month, value: 1, to: start)
        {
            self.init(.month, start: start, end: end)
        } else {
            return nil
        }
    }

    /// An earlier period to compare with; of a run the caller looks its predecessors up.
    func earlier(_ comparison: ReportComparison, in zone: TimeZone) -> ReportPeriod {
        let calendar = Calendar.iso(zone)
        func moved(_ date: Date, _ unit: Calendar.Component, _ count: Int) -> Date {
            calendar.date(byAdding: unit, value: count, to: date) ?? date
        }
        var period = self
        period.run = nil
        switch (comparison, kind) {
        // Weeks keep their weekdays: 52 of them are the year before.
        case (.yearBefore, .week):
            (period.start, period.end) = (moved(start, .day, -364), moved(end, .day, -364))
        case (.yearBefore, _):
            (period.start, period.end) = (moved(start, .year, -1), moved(end, .year, -1))
        case (.weekBefore, _):
            (period.start, period.end) = (moved(start, .day, -7), moved(end, .day, -7))
        case (.before, .month):
            (period.start, period.end) = (moved(start, .month, -1), start)
        case (.before, _):
            let days =
                calendar.dateComponents([.day], from: start, to: end).day ?? 1
            (period.start, period.end) = (moved(start, .day, -max(1, days)), start)
        }
        return period
    }

    /// The first day.
    func firstDay(in zone: TimeZone) -> CalendarDate { ClockReading(start, in: zone).date }

    /// The last day.
    func lastDay(in zone: TimeZone) -> CalendarDate {
        ClockReading(end > start ? end - 1 : end, in: zone).date
    }
}

extension ReportDefinition.PeriodKind {
    /// What of the calendar it is.
    fileprivate var component: Calendar.Component? {
        switch self {
        case .month: .month
        case .week: .weekOfYear
        case .day: .day
        case .run, .none: nil
        }
    }
}

extension Calendar {
    /// The Gregorian calendar with weeks as ISO 8601 has them.
    fileprivate static func iso(_ zone: TimeZone) -> Calendar {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = zone
        return calendar
    }
}
