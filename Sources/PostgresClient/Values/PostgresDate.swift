/// A day of the proleptic Gregorian calendar as PostgreSQL's `date` holds it, or an infinity.
public enum PostgresDate: Hashable, Sendable {
    /// A day; the year is astronomical, so that 0 is 1 BC.
    case day(year: Int, month: Int, day: Int)
    /// Later than every day.
    case infinity
    /// Earlier than every day.
    case negativeInfinity

    /// Days since 1970-01-01; `nil` for an infinity.
    public var daysSinceEpoch: Int? {
        guard case .day(let year, let month, let day) = self else { return nil }
        return Calendar.days(year: year, month: month, day: day)
    }

    /// The day that lies so many days after 1970-01-01.
    ///
    /// - Parameter daysSinceEpoch: Days; negative before 1970.
    public init(daysSinceEpoch: Int) {
        let (year, month, day) = Calendar.day(daysSinceEpoch)
        self = .day(year: year, month: month, day: day)
    }
}

extension PostgresDate: CustomStringConvertible {
    /// The day as SQL writes it: `2024-02-29`, `0044-03-15 BC`, `infinity`.
    public var description: String {
        switch self {
        case .infinity: "infinity"
        case .negativeInfinity: "-infinity"
        case .day(let year, let month, let day):
            Calendar.padded(year > 0 ? year : 1 - year, to: 4) + "-" + Calendar.padded(month, to: 2)
                + "-" + Calendar.padded(day, to: 2) + (year > 0 ? "" : " BC")
        }
    }
}

/// Arithmetic of the proleptic Gregorian calendar.
///
/// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms",
/// <https://howardhinnant.github.io/date_algorithms.html>.
enum Calendar {
    static let microsecondsPerDay: Int64 = 86_400_000_000
    /// PostgreSQL counts from 2000-01-01 in its binary formats.
    static let postgresEpochDays = 10_957

    static func days(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    static func day(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
