public import Foundation

/// The instants at which a cron expression is due in a time zone.
///
/// A wall-clock time that a change of the clock leaves out is due at the change. One that the change
/// repeats is due once, at its first pass; both times when the expression is due every hour, so that
/// a job of every five minutes does not pause for an hour.
extension CronExpression {
    /// The first instant after another.
    ///
    /// - Returns: `nil` when there is none within nine years: 29 February has come by then.
    public func next(after instant: Date, in zone: TimeZone) -> Date? {
        let first = Self.day(of: instant, in: zone) - 1
        for day in first...first + 9 * 366 {
            if let due = instants(on: day, in: zone).first(where: { $0 > instant }) { return due }
        }
        return nil
    }

    /// The last instant that is not after another.
    ///
    /// - Returns: `nil` when there is none within nine years.
    public func last(notAfter instant: Date, in zone: TimeZone) -> Date? {
        let last = Self.day(of: instant, in: zone) + 1
        for day in (last - 9 * 366...last).reversed() {
            if let due = instants(on: day, in: zone).last(where: { $0 <= instant }) { return due }
        }
        return nil
    }

    /// The instants of a day, in their order; days are counted from 1970-01-01.
    private func instants(on day: Int, in zone: TimeZone) -> [Date] {
        let civil = CivilDay(number: day)
        guard includes(month: civil.month, day: civil.day, weekday: civil.weekday) else {
            return []
        }
        var instants: [Date] = []
        for hour in 0...23 where self.hour.contains(hour) {
            for minute in 0...59 where self.minute.contains(minute) {
                let wall = Double(day * 86_400 + hour * 3_600 + minute * 60)
                instants += Self.instants(
                    atWall: wall, in: zone, takesRepeated: self.hour.isUnrestricted)
            }
        }
        // Times that a change of the clock left out fall together at the change.
        return Set(instants).sorted()
    }

    private static func day(of instant: Date, in zone: TimeZone) -> Int {
        let wall = instant.timeIntervalSince1970 + Double(zone.secondsFromGMT(for: instant))
        return Int((wall / 86_400).rounded(.down))
    }

    /// When a clock in a zone shows a time, given in seconds as if the zone were UTC.
    private static func instants(
        atWall wall: Double, in zone: TimeZone, takesRepeated: Bool
    ) -> [Date] {
        // No zone is further than a day from UTC, and none changes twice in two days.
        let (before, after) = (wall - 86_400, wall + 86_400)
        let offsets = Set(
            [before, after].map { zone.secondsFromGMT(for: Date(timeIntervalSince1970: $0)) })
        let shown = offsets.map { Date(timeIntervalSince1970: wall - Double($0)) }.filter {
            $0.timeIntervalSince1970 + Double(zone.secondsFromGMT(for: $0)) == wall
        }.sorted()
        if let first = shown.first { return takesRepeated ? shown : [first] }
        let offset = Double(offsets.max() ?? 0)
        let change = zone.nextDaylightSavingTimeTransition(
            after: Date(timeIntervalSince1970: wall - offset - 1))
        return [change ?? Date(timeIntervalSince1970: wall - Double(offsets.min() ?? 0))]
    }
}

/// A day of the proleptic Gregorian calendar by its number from 1970-01-01.
///
/// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms",
/// <https://howardhinnant.github.io/date_algorithms.html#civil_from_days>.
private struct CivilDay {
    let month: Int
    let day: Int
    /// Sunday is 0.
    let weekday: Int

    init(number: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        weekday = ((number % 7) + 11) % 7
    }
}
