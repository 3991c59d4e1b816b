/// Reads the text forms of whole numbers.
enum WholeNumber {
    static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard let first = bytes.first else { return nil }
        let negative = first == UInt8(ascii: "-")
        var magnitude: UInt64 = 0
        var at = negative ? 1 : 0
        guard at < bytes.count else { return nil }
        while at < bytes.count {
            let digit = bytes[at] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
            if overflow || carry { return nil }
            magnitude = sum
            at += 1
        }
        if negative {
            return magnitude <= 1 << 63 ? Int64(truncatingIfNeeded: ~magnitude &+ 1) : nil
        }
        return Int64(exactly: magnitude)
    }
}

/// Reads `date` and `timestamptz` as `DateStyle ISO` and `TimeZone UTC` write them.
enum DateText {
    static func date(_ bytes: UnsafeBufferPointer<UInt8>) -> PostgresDate? {
        var cursor = Cursor(bytes: bytes)
        if let infinity = cursor.infinity { return infinity > 0 ? .infinity : .negativeInfinity }
        guard let (year, month, day) = cursor.day() else { return nil }
        guard let beforeChrist = cursor.era() else { return nil }
        return .day(year: beforeChrist ? 1 - year : year, month: month, day: day)
    }

    /// Microseconds since 1970-01-01T00:00:00Z; the extremes are the infinities.
    static func microseconds(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        var cursor = Cursor(bytes: bytes)
        if let infinity = cursor.infinity { return infinity > 0 ? .max : .min }
        guard let (year, month, day) = cursor.day(), cursor.skip(" "),
            let hour = cursor.number(), cursor.skip(":"), let minute = cursor.number(),
            cursor.skip(":"), let second = cursor.number()
        else { return nil }
        var fraction = 0
        if cursor.skip(".") {
            let start = cursor.at
            guard let digits = cursor.number() else { return nil }
            fraction = digits
            for _ in (cursor.at - start)..<6 { fraction *= 10 }
        }
        guard let offset = cursor.offset(), let beforeChrist = cursor.era() else { return nil }
        let days = Calendar.days(year: beforeChrist ? 1 - year : year, month: month, day: day)
        let seconds = hour * 3600 + minute * 60 + second - offset
        return Int64(days) * Calendar.microsecondsPerDay + Int64(seconds) * 1_000_000
            + Int64(fraction)
    }

    private struct Cursor {
        let bytes: UnsafeBufferPointer<UInt8>
        var at = 0

        var infinity: Int? {
            switch bytes.count {
            case 8 where bytes.last == UInt8(ascii: "y"): 1
            case 9 where bytes.last == UInt8(ascii: "y"): -1
            default: nil
            }
        }

        mutating func number() -> Int? {
            let start = at
            var value = 0
            while at < bytes.count, case let digit = bytes[at] &- UInt8(ascii: "0"), digit <= 9 {
                value = value * 10 + Int(digit)
                at += 1
            }
            return at > start && at - start < 10 ? value : nil
        }

        mutating func skip(_ mark: Unicode.Scalar) -> Bool {
            guard at < bytes.count, bytes[at] == UInt8(ascii: mark) else { return false }
            at += 1
            return true
        }

        mutating func day() -> (Int, Int, Int)? {
            guard let year = number(), skip("-"), let month = number(), skip("-"),
                let day = number()
            else { return nil }
            return (year, month, day)
        }

        /// Seconds east of Greenwich: `+03`, `-03:30`, `+02:30:17`.
        mutating func offset() -> Int? {
            let sign = skip("+") ? 1 : skip("-") ? -1 : 0
            guard sign != 0, let hours = number() else { return nil }
            var seconds = hours * 3600
            if skip(":") {
                guard let minutes = number() else { return nil }
                seconds += minutes * 60
            }
            if skip(":") {
                guard let rest = number() else { return nil }
                seconds += rest
            }
            return sign * seconds
        }

        /// Whether the date is before Christ; `nil` when something else follows.
        mutating func era() -> Bool? {
            if at == bytes.count { return false }
            return bytes.count - at == 3 && bytes.last == UInt8(ascii: "C") ? true : nil
        }
    }
}
