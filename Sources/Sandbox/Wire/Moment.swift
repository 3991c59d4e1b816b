/// Dates as the two systems write them, without a calendar library in the way of speed.
enum Moment {
    /// How far Moscow's clock is ahead, in seconds; always three hours since 2014.
    static let moscowOffset: Int64 = 3 * 3600

    /// `2024-03-11T16:36:46+03:00`: an instant in Moscow time, as Bitrix24 writes it.
    static func portal(_ seconds: Int64) -> String { local(seconds) + "+03:00" }

    /// `2024-03-11T16:36:46`: Moscow's wall clock, as 1C writes it.
    static func local(_ seconds: Int64) -> String {
        var writer = ByteWriter(capacity: 19)
        let moscow = seconds + moscowOffset
        let (year, month, day) = civil(days: floorDivide(moscow, 86_400))
        let second = moscow - floorDivide(moscow, 86_400) * 86_400
        for (number, digits, mark) in [
            (year, 4, "-"), (month, 2, "-"), (day, 2, "T"), (second / 3600, 2, ":"),
            (second / 60 % 60, 2, ":"), (second % 60, 2, ""),
        ] {
            writer.number(number, digits: digits)
            writer.raw(mark)
        }
        return writer.text
    }

    /// `07.06.2026`: the date in Moscow, as people write it.
    static func russianDate(_ seconds: UInt32) -> String {
        let (year, month, day) = civil(days: floorDivide(Int64(seconds) + 3 * 3600, 86_400))
        var writer = ByteWriter(capacity: 10)
        writer.number(day, digits: 2)
        writer.byte(UInt8(ascii: "."))
        writer.number(month, digits: 2)
        writer.byte(UInt8(ascii: "."))
        writer.number(year, digits: 4)
        return writer.text
    }

    /// `2026-06-07`: a day counted from 1970.
    static func date(day: Int32) -> String {
        String(local(Int64(day) * 86_400).prefix(10))
    }

    /// The year of a moment in Moscow.
    static func year(_ seconds: UInt32) -> Int {
        Int(civil(days: floorDivide(Int64(seconds) + 3 * 3600, 86_400)).year)
    }

    /// The date of a day counted from 1970.
    ///
    /// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`,
    /// <https://howardhinnant.github.io/date_algorithms.html>.
    static func civil(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthIndex + 2) / 5 + 1
        let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
    }
}
