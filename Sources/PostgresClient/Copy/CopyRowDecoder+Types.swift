public import Foundation

extension CopyRowDecoder {
    /// Passes over a column.
    public mutating func skip() throws { _ = try field() }

    /// A `text`, `character varying`, enumeration or `json`.
    public mutating func text() throws -> String { try required("text") { try $0.optionalText() } }

    /// As ``text()``; `nil` for SQL NULL.
    public mutating func optionalText() throws -> String? {
        try field().map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    /// A `jsonb` as text.
    public mutating func jsonb() throws -> String {
        try required("jsonb") { try $0.optionalJSONB() }
    }

    /// As ``jsonb()``; `nil` for SQL NULL.
    public mutating func optionalJSONB() throws -> String? {
        guard let range = try field() else { return nil }
        guard range.count > 0, bytes[range.lowerBound] == 1 else { throw mismatch("jsonb") }
        return String(decoding: bytes[range.dropFirst()], as: UTF8.self)
    }

    /// A `smallint`, `integer` or `bigint`.
    public mutating func int64() throws -> Int64 {
        try required("bigint") { try $0.optionalInt64() }
    }

    /// As ``int64()``; `nil` for SQL NULL.
    public mutating func optionalInt64() throws -> Int64? {
        guard let range = try field() else { return nil }
        guard [2, 4, 8].contains(range.count) else { throw mismatch("whole number") }
        let first = Int64(Int8(bitPattern: bytes[range.lowerBound]))
        return bytes[range.dropFirst()].reduce(first) { $0 << 8 | Int64($1) }
    }

    /// A `double precision`.
    public mutating func double() throws -> Double {
        try required("double precision") { try $0.optionalDouble() }
    }

    /// As ``double()``; `nil` for SQL NULL.
    public mutating func optionalDouble() throws -> Double? {
        try number(UInt64.self, of: "double precision").map(Double.init(bitPattern:))
    }

    /// A `boolean`.
    public mutating func bool() throws -> Bool {
        try required("boolean") { try $0.optionalBool() }
    }

    /// As ``bool()``; `nil` for SQL NULL.
    public mutating func optionalBool() throws -> Bool? {
        try number(UInt8.self, of: "boolean").map { $0 != 0 }
    }

    /// A `bytea`.
    public mutating func bytea() throws -> [UInt8] {
        try required("bytea") { try $0.optionalBytea() }
    }

    /// As ``bytea()``; `nil` for SQL NULL.
    public mutating func optionalBytea() throws -> [UInt8]? {
        try field().map { Array(bytes[$0]) }
    }

    /// A `uuid`.
    public mutating func uuid() throws -> UUID { try required("uuid") { try $0.optionalUUID() } }

    /// As ``uuid()``; `nil` for SQL NULL.
    public mutating func optionalUUID() throws -> UUID? {
        guard let range = try field() else { return nil }
        guard range.count == 16 else { throw mismatch("uuid") }
        return bytes.withUnsafeBytes {
            UUID(uuid: $0.loadUnaligned(fromByteOffset: range.lowerBound, as: uuid_t.self))
        }
    }

    /// A `date`.
    public mutating func date() throws -> PostgresDate {
        try required("date") { try $0.optionalDate() }
    }

    /// As ``date()``; `nil` for SQL NULL.
    public mutating func optionalDate() throws -> PostgresDate? {
        switch try number(Int32.self, of: "date") {
        case nil: nil
        case .max?: .infinity
        case .min?: .negativeInfinity
        case let days?: PostgresDate(daysSinceEpoch: Int(days) + Calendar.postgresEpochDays)
        }
    }

    /// A `timestamptz` in microseconds since 1970-01-01T00:00:00Z; the extremes are the infinities.
    public mutating func timestamptz() throws -> Int64 {
        try required("timestamptz") { try $0.optionalTimestamptz() }
    }

    /// As ``timestamptz()``; `nil` for SQL NULL.
    public mutating func optionalTimestamptz() throws -> Int64? {
        guard let count = try number(Int64.self, of: "timestamptz") else { return nil }
        let epoch = Int64(Calendar.postgresEpochDays) * Calendar.microsecondsPerDay
        return count == .max || count == .min ? count : count + epoch
    }

    /// A `numeric`, exact, as decimal text.
    public mutating func numeric() throws -> String {
        try required("numeric") { try $0.optionalNumeric() }
    }

    /// As ``numeric()``; `nil` for SQL NULL.
    public mutating func optionalNumeric() throws -> String? {
        guard let range = try field() else { return nil }
        var part = self
        part.at = range.lowerBound
        let count = Int(try part.number(Int16.self))
        guard count >= 0, range.count == 8 + 2 * count else { throw mismatch("numeric") }
        let weight = try part.number(Int16.self)
        let sign = try part.number(UInt16.self)
        let scale = try part.number(Int16.self)
        let digits = try (0..<count).map { _ in try part.number(Int16.self) }
        return BinaryNumeric(digits: digits, weight: weight, sign: sign, scale: scale).text
    }

    /// A `text[]`; `nil` for NULL among the elements.
    public mutating func textArray() throws -> [String?] {
        try required("text[]") { try $0.optionalTextArray() }
    }

    /// As ``textArray()``; `nil` for SQL NULL.
    public mutating func optionalTextArray() throws -> [String?]? {
        try elements(of: "text[]") { bytes, range in String(decoding: bytes[range], as: UTF8.self) }
    }

    /// A `bigint[]`; `nil` for NULL among the elements.
    public mutating func int64Array() throws -> [Int64?] {
        try required("bigint[]") { try $0.optionalInt64Array() }
    }

    /// As ``int64Array()``; `nil` for SQL NULL.
    public mutating func optionalInt64Array() throws -> [Int64?]? {
        try elements(of: "bigint[]") { bytes, range in
            guard range.count == 8 else { return nil }
            return bytes[range].reduce(0) { $0 << 8 | Int64($1) }
        }
    }

    private mutating func elements<Element>(
        of type: String, _ read: ([UInt8], Range<Int>) -> Element?
    ) throws -> [Element?]? {
        guard let range = try field() else { return nil }
        var part = self
        part.at = range.lowerBound
        let dimensions = try part.number(Int32.self)
        _ = try part.number(Int64.self)  // flags and the element's type
        if dimensions == 0 { return [] }
        guard dimensions == 1 else { throw mismatch(type) }
        let count = Int(try part.number(Int32.self))
        _ = try part.number(Int32.self)  // the lower bound
        var elements: [Element?] = []
        for _ in 0..<count {
            let length = Int(try part.number(Int32.self))
            if length < 0 {
                elements.append(nil)
                continue
            }
            guard part.at + length <= range.upperBound,
                let element = read(bytes, part.at..<part.at + length)
            else { throw mismatch(type) }
            elements.append(element)
            part.at += length
        }
        return elements
    }
}
