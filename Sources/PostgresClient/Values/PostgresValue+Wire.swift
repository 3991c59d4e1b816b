internal import Foundation

extension PostgresValue {
    /// How a parameter travels: text without a type, or bytes as `bytea`.
    enum Wire {
        case null
        case text(String)
        case bytes([UInt8])
    }

    /// The parameter as it is sent.
    var wire: Wire {
        switch self {
        case .null: .null
        case .bool(let flag): .text(flag ? "true" : "false")
        case .int64(let number): .text(String(number))
        case .double(let number): .text(Self.text(of: number))
        case .text(let text), .jsonb(let text), .numeric(let text): .text(text)
        case .bytes(let bytes): .bytes(bytes)
        case .date(let date): .text(date.description)
        case .timestamptz(let microseconds): .text(Self.text(ofMicroseconds: microseconds))
        case .uuid(let uuid): .text(uuid.uuidString)
        case .textArray(let texts): .text(ArrayLiteral.encode(texts))
        case .optionalTextArray(let texts): .text(ArrayLiteral.encode(texts))
        case .int64Array(let numbers):
            .text("{" + numbers.map(String.init).joined(separator: ",") + "}")
        case .uuidArray(let uuids):
            .text("{" + uuids.map(\.uuidString).joined(separator: ",") + "}")
        }
    }

    private static func text(of number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
        return number.description
    }

    private static func text(ofMicroseconds microseconds: Int64) -> String {
        if microseconds == .max { return "infinity" }
        if microseconds == .min { return "-infinity" }
        let perDay = Calendar.microsecondsPerDay
        let days = Int((microseconds >= 0 ? microseconds : microseconds - (perDay - 1)) / perDay)
        let rest = Int(microseconds - Int64(days) * perDay)
        let date = PostgresDate(daysSinceEpoch: days).description
        let (seconds, fraction) = (rest / 1_000_000, rest % 1_000_000)
        let time = [seconds / 3600, seconds / 60 % 60, seconds % 60]
            .map { Calendar.padded($0, to: 2) }.joined(separator: ":")
        let zoned = "\(time).\(Calendar.padded(fraction, to: 6))+00"
        // The era stands last: 0044-03-15 12:00:00+00 BC.
        return date.hasSuffix(" BC") ? "\(date.dropLast(3)) \(zoned) BC" : "\(date) \(zoned)"
    }
}
