/// Dates as the two systems write them, without a calendar library in the way of speed.
enum Moment {
    /// Moscow's distance from Greenwich, in seconds.
    static let moscow: Int64 = 3 * 3600

    /// `2024-03-11T16:36:46+03:00`: an instant in a zone, as Bitrix24 writes it.
    static func portal(_ seconds: Int64, offset: Int64 = moscow) -> String {
        var writer = ByteWriter(capacity: 25)
        write(seconds, offset: offset, to: &writer)
        return writer.text
    }

    /// Writes an instant in a zone, as Bitrix24 writes it.
    static func write(_ seconds: Int64, offset: Int64, to writer: inout ByteWriter) {
        wallClock(seconds + offset, to: &writer)
        writer.byte(offset < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
        writer.number(Int64(offset.magnitude) / 3600, digits: 2)
        writer.byte(UInt8(ascii: ":"))
        writer.number(Int64(offset.magnitude) / 60 % 60, digits: 2)
    }

    /// `2024-03-11T16:36:46`: Moscow's wall clock, as 1C writes it.
    static func local(_ seconds: Int64) -> String {
        var writer = ByteWriter(capacity: 19)
        wallClock(seconds + moscow, to: &writer)
        return writer.text
    }

    /// `07.06.2026`: the date in Moscow, as people write it.
    static func russianDate(_ seconds: UInt32) -> String {
        let (year, month, day) = civil(days: floorDivide(Int64(seconds) + moscow, 86_400))
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
        Int(civil(days: floorDivide(Int64(seconds) + moscow, 86_400)).year)
    }

    private static func wallClock(_ seconds: Int64, to writer: inout ByteWriter) {
        let days = floorDivide(seconds, 86_400)
        let (year, month, day) = civil(days: days)
        let second = seconds - days * 86_400
        writer.number(year, digits: 4)
        writer.byte(UInt8(ascii: "-"))
        writer.number(month, digits: 2)
        writer.byte(UInt8(ascii: "-"))
        writer.number(day, digits: 2)
        writer.byte(UInt8(ascii: "T"))
        writer.number(second / 3600, digits: 2)
        writer.byte(UInt8(ascii: ":"))
        writer.number(second / 60 % 60, digits: 2)
        writer.byte(UInt8(ascii: ":"))
        writer.number(second % 60, digits: 2)
    }

    // MARK: Reading

    /// Reads a date, with or without a time and a zone, as filters have it: `2024-03-11`,
    /// `2024-03-11 16:36:46`, `2024-03-11T16:36:46+03:00`, `11.03.2024`.
    ///
    /// Seconds since 1970 come back, and `nil` for anything else; a text that names no zone is
    /// taken to be of the given one.
    static func instant(_ text: String, offset: Int64) -> Int64? {
        let pattern =
            /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?(?:Z|([+-])(\d\d):?(\d\d))?$/
        func number(_ digits: Substring?) -> Int64 { digits.flatMap { Int64($0) } ?? 0 }
        if let dotted = text.wholeMatch(of: /(\d\d)\.(\d\d)\.(\d{4})/) {
            return days(
                year: number(dotted.3), month: number(dotted.2), day: number(dotted.1)) * 86_400
                - offset
        }
        guard let match = text.firstMatch(of: pattern) else { return nil }
        let date = days(year: number(match.1), month: number(match.2), day: number(match.3))
        let time = number(match.4) * 3600 + number(match.5) * 60 + number(match.6)
        var zone = offset
        if let sign = match.7 {
            zone = (number(match.8) * 3600 + number(match.9) * 60) * (sign == "-" ? -1 : 1)
        } else if text.hasSuffix("Z") {
            zone = 0
        }
        return date * 86_400 + time - zone
    }

    // MARK: The calendar

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

    /// The day of a date, counted from 1970; `days_from_civil` of the same source.
    static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = floorDivide(shifted, 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
    }
}
