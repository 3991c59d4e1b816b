/// When a job is due, in the five fields of cron: minute, hour, day of the month, month, weekday.
///
/// As in cron, a day is meant when both day fields agree, or, if both are restricted, when one of
/// them does. The macros `@hourly`, `@daily`, `@weekly`, `@monthly` and `@yearly` stand for their
/// usual expressions.
///
/// Source: crontab(5) of POSIX and of Vixie cron.
public struct CronExpression: Hashable, Sendable, CustomStringConvertible {
    /// The expression as it was written.
    public let description: String
    let minute: CronField
    let hour: CronField
    private let day: CronField
    private let month: CronField
    private let weekday: CronField

    private static let macros = [
        "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *",
        "@weekly": "0 0 * * 0", "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *",
    ]

    /// Reads an expression.
    ///
    /// - Parameter text: `30 2 * * *`, `*/5 8-18 * * mon-fri`, `@daily`.
    /// - Throws: ``CronError`` that names the part that is wrong.
    public init(_ text: String) throws(CronError) {
        description = text
        let fields = (Self.macros[text.lowercased()] ?? text).split { $0.isWhitespace }
        guard fields.count == 5 else {
            throw CronError(
                "'\(text)' has \(fields.count) fields instead of five: minute, hour, day of the "
                    + "month, month, weekday")
        }
        minute = try CronField(fields[0], .minute)
        hour = try CronField(fields[1], .hour)
        day = try CronField(fields[2], .day)
        month = try CronField(fields[3], .month)
        weekday = try CronField(fields[4], .weekday)
        let longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        let isPossible =
            !weekday.isUnrestricted
            || (1...12).contains { number in
                month.contains(number) && (1...longest[number - 1]).contains(where: day.contains)
            }
        guard isPossible else { throw CronError("'\(text)' names a day that no month has") }
    }

    /// Whether a day is meant.
    ///
    /// - Parameters:
    ///   - month: 1 to 12.
    ///   - day: 1 to 31.
    ///   - weekday: 0 to 6, Sunday first.
    /// - Returns: Whether cron would run something on it.
    func includes(month: Int, day: Int, weekday: Int) -> Bool {
        guard self.month.contains(month) else { return false }
        let byDay = self.day.contains(day)
        let byWeekday = self.weekday.contains(weekday)
        return self.day.isUnrestricted || self.weekday.isUnrestricted
            ? byDay && byWeekday : byDay || byWeekday
    }
}
