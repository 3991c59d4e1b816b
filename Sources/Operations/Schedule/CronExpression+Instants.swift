public import Foundation
internal import Records

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
        let date = CalendarDate(daysSinceEpoch: Int64(day))
        // Sunday is 0, and 1970-01-01 was a Thursday.
        let weekday = (day % 7 + 11) % 7
        guard includes(month: date.month, day: date.day, weekday: weekday) else {
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
