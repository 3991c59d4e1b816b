internal import Foundation
internal import Records

/// Reads the moments of a journal, the same forms as everywhere else and with their fractions:
/// `2026-01-31T10:00:00.123+03:00`, `2026-01-31 10:00:00`, `31.01.2026 9:05:07`.
///
/// Lines come in the order of time, so that the offset of a zone is looked up once an hour of theirs.
struct JournalTime {
    private let timeZone: TimeZone
    private var knownHour = Int64.min
    private var knownOffset: Int64 = 0
    private var knownDay: (year: Int, month: Int, day: Int) = (0, 0, 0)
    private var knownDays: Int64 = 0

    /// - Parameter timeZone: Where the journal's clock hangs, for moments without an offset.
    init(timeZone: TimeZone) { self.timeZone = timeZone }

    /// Microseconds since 1970; `nil` when the bytes are no moment.
    mutating func microseconds(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        var scanner = DigitScanner(bytes)
        guard let written = scanner.day(), let day = days(of: written),
            scanner.skip(anyOf: "T", "t", " "),
            let hour = scanner.number(digits: 1...2), hour < 24, scanner.skip(anyOf: ":"),
            let minute = scanner.number(digits: 2...2), minute < 60, scanner.skip(anyOf: ":"),
            let second = scanner.number(digits: 2...2), second < 61
        else { return nil }
        let fraction = scanner.fraction()
        let local = day * 86_400 + hour * 3_600 + minute * 60 + second
        guard let offset = scanner.offset() else { return nil }
        let seconds = local - (offset ?? localOffset(local))
        return seconds * 1_000_000 + fraction
    }

    private mutating func days(of written: (year: Int, month: Int, day: Int)) -> Int64? {
        guard written != knownDay else { return knownDays }
        // Year 1 is how 1C writes "no date".
        guard written.year > 1,
            let date = CalendarDate(year: written.year, month: written.month, day: written.day)
        else { return nil }
        (knownDay, knownDays) = (written, date.daysSinceEpoch)
        return knownDays
    }

    private mutating func localOffset(_ local: Int64) -> Int64 {
        guard local / 3_600 != knownHour else { return knownOffset }
        let guess = Date(timeIntervalSince1970: Double(local))
        let offset = timeZone.secondsFromGMT(
            for: guess.addingTimeInterval(-Double(timeZone.secondsFromGMT(for: guess))))
        (knownHour, knownOffset) = (local / 3_600, Int64(offset))
        return knownOffset
    }
}

/// Goes over digits and marks.
private struct DigitScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// A day as `2026-01-31` or `31.01.2026`.
    mutating func day() -> (year: Int, month: Int, day: Int)? {
        guard let first = number(digits: 1...4) else { return nil }
        let (year, month, day): (Int64?, Int64?, Int64?)
        if skip(anyOf: "-") {
            guard at == 5 else { return nil }
            year = first
            month = number(digits: 2...2)
            guard skip(anyOf: "-") else { return nil }
            day = number(digits: 2...2)
        } else {
            guard first < 100, skip(anyOf: ".") else { return nil }
            day = first
            month = number(digits: 2...2)
            guard skip(anyOf: ".") else { return nil }
            year = number(digits: 4...4)
        }
        guard let year, let month, let day else { return nil }
        return (Int(year), Int(month), Int(day))
    }

    mutating func number(digits: ClosedRange<Int>) -> Int64? {
        var (value, count): (Int64, Int) = (0, 0)
        while count < digits.upperBound, at < bytes.count, bytes[at] &- 0x30 < 10 {
            value = value * 10 + Int64(bytes[at] - 0x30)
            at += 1
            count += 1
        }
        return digits.contains(count) ? value : nil
    }

    mutating func skip(anyOf marks: Unicode.Scalar...) -> Bool {
        guard at < bytes.count, marks.contains(where: { $0.value == UInt32(bytes[at]) }) else {
            return false
        }
        at += 1
        return true
    }

    /// Microseconds after a point or comma; what is finer is left aside.
    mutating func fraction() -> Int64 {
        guard skip(anyOf: ".", ",") else { return 0 }
        var (value, scale): (Int64, Int64) = (0, 1_000_000)
        while at < bytes.count, bytes[at] &- 0x30 < 10 {
            if scale > 1 {
                value = value * 10 + Int64(bytes[at] - 0x30)
                scale /= 10
            }
            at += 1
        }
        return value * scale
    }

    /// Seconds east of Greenwich; `.some(nil)` when there is no offset, `nil` when it is none.
    mutating func offset() -> Int64?? {
        if at == bytes.count { return .some(nil) }
        if skip(anyOf: "Z", "z") { return at == bytes.count ? 0 : nil }
        let isWest = at < bytes.count && bytes[at] == UInt8(ascii: "-")
        guard skip(anyOf: "+", "-"), let hours = number(digits: 2...2) else { return nil }
        _ = skip(anyOf: ":")
        guard let minutes = number(digits: 2...2), at == bytes.count else { return nil }
        return (isWest ? -1 : 1) * (hours * 3_600 + minutes * 60)
    }
}
