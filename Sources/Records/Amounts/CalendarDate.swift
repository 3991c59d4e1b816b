/// A day of the proleptic Gregorian calendar, without time or zone.
///
/// It is not an instant.
public struct CalendarDate: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    /// The year, 1 to 9999.
    public let year: Int
    /// The month, 1 to 12.
    public let month: Int
    /// The day of the month, 1 to 31.
    public let day: Int

    /// 1970-01-01.
    public static let epoch = CalendarDate(knownYear: 1970, month: 1, day: 1)

    private init(knownYear year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// Makes a date.
    ///
    /// The result is `nil` when there is no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.length(ofMonth: month, in: year)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// How many days its month has.
    public var lengthOfMonth: Int { Self.length(ofMonth: month, in: year) }

    private static func length(ofMonth month: Int, in year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    /// Reads `2026-01-31`, `31.01.2026`, `31.1.26`, `31/01/2026`, `20260131`, «31 января 2026 г.»,
    /// `31 Jan 2026`, `January 31, 2026`; a time behind it is ignored.
    ///
    /// Years of two digits are 2000 to 2039 and 1940 to 1999; beside a month in words they stand behind
    /// a hyphen or dot: `31-JAN-26`. Eight digits are a date of the years 1900 to 2099. The result is
    /// `nil` when the text does not begin with a date.
    ///
    /// Between slashes the day comes first, as in Russia, but where only the second number can be one:
    /// `01/31/2026`.
    public init?(_ text: String) {
        // Nearly all dates are plain ones.
        guard let date = Self.plain(text) ?? Self.written(text) else { return nil }
        self = date
    }

    /// Reads `2026-01-31` or `31.01.2026`, and ignores what stands behind.
    private static func plain(_ text: String) -> CalendarDate? {
        var parts = [(number: 0, digits: 0)]
        for unit in text.utf8 {
            switch unit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let last = parts[parts.count - 1]
                guard last.digits < 4 else { return nil }
                parts[parts.count - 1] = (last.number * 10 + Int(unit) - 48, last.digits + 1)
                continue
            case UInt8(ascii: "-") where parts.count < 3, UInt8(ascii: ".") where parts.count < 3:
                parts.append((0, 0))
                continue
            default: break
            }
            break
        }
        guard parts.count == 3, (1...2).contains(parts[1].digits) else { return nil }
        switch (parts[0].digits, parts[2].digits) {
        case (4, 1...2):
            return CalendarDate(
                year: parts[0].number, month: parts[1].number, day: parts[2].number)
        case (1...2, 4):
            return CalendarDate(
                year: parts[2].number, month: parts[1].number, day: parts[0].number)
        default: return nil
        }
    }

    /// The day so many days after 1970-01-01; the first or last day that there is, where there is none.
    ///
    /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`,
    /// <https://howardhinnant.github.io/date_algorithms.html>.
    public init(daysSinceEpoch: Int64) {
        // From 0001-01-01 to 9999-12-31.
        let shifted = Int(min(max(daysSinceEpoch, -719_162), 2_932_896)) + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        self.init(
            knownYear: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
            day: dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    /// The days since 1970-01-01.
    ///
    /// Source: the same, `days_from_civil`.
    public var daysSinceEpoch: Int64 {
        let year = Int64(month <= 2 ? self.year - 1 : self.year)
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = Int64((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1)
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The date as ISO 8601 writes it: `2026-01-31`.
    public var description: String {
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// Orders dates by time.
    public static func < (left: Self, right: Self) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}
