public import Foundation

/// Writes the columns of one row, in the order of the COPY statement, in PostgreSQL's binary format.
///
/// All rows share one buffer, so that a value costs no allocation. The server does not convert: a
/// column is written by the method of exactly its type.
///
/// Source: PostgreSQL documentation, "COPY", section "Binary Format".
public struct CopyRowEncoder {
    var buffer: [UInt8] = []
    var fieldCount: Int16 = 0
    /// Set instead of thrown, so that a row is written without a check after each value.
    var failure: PostgresError?

    /// SQL NULL, for a column of any type.
    public mutating func null() { begin(byteCount: -1) }

    /// A `text`, `character varying`, enumeration or `json`.
    ///
    /// - Parameter text: The text; a NUL character makes the row fail.
    public mutating func text(_ text: String) {
        appendField { $0.appendText(text) }
    }

    /// A `text`, `character varying`, enumeration or `json`.
    ///
    /// - Parameter text: The text; `nil` is NULL.
    public mutating func text(_ text: String?) {
        if let text { self.text(text) } else { null() }
    }

    /// A `jsonb`, as text; the server checks it.
    ///
    /// - Parameter text: The document.
    public mutating func jsonb(_ text: String) {
        appendField {
            $0.buffer.append(1)  // the version of the format
            $0.appendText(text)
        }
    }

    /// A `jsonb`, as text.
    ///
    /// - Parameter text: The document; `nil` is NULL.
    public mutating func jsonb(_ text: String?) {
        if let text { jsonb(text) } else { null() }
    }

    /// A `bigint`.
    ///
    /// - Parameter number: The number.
    public mutating func int64(_ number: Int64) {
        begin(byteCount: 8)
        append(number)
    }

    /// A `bigint`.
    ///
    /// - Parameter number: The number; `nil` is NULL.
    public mutating func int64(_ number: Int64?) {
        if let number { int64(number) } else { null() }
    }

    /// An `integer`.
    ///
    /// - Parameter number: The number.
    public mutating func int32(_ number: Int32) {
        begin(byteCount: 4)
        append(number)
    }

    /// An `integer`.
    ///
    /// - Parameter number: The number; `nil` is NULL.
    public mutating func int32(_ number: Int32?) {
        if let number { int32(number) } else { null() }
    }

    /// A `smallint`.
    ///
    /// - Parameter number: The number.
    public mutating func int16(_ number: Int16) {
        begin(byteCount: 2)
        append(number)
    }

    /// A `double precision`.
    ///
    /// - Parameter number: The number.
    public mutating func double(_ number: Double) {
        begin(byteCount: 8)
        append(number.bitPattern)
    }

    /// A `boolean`.
    ///
    /// - Parameter flag: The value.
    public mutating func bool(_ flag: Bool) {
        begin(byteCount: 1)
        buffer.append(flag ? 1 : 0)
    }

    /// A `boolean`.
    ///
    /// - Parameter flag: The value; `nil` is NULL.
    public mutating func bool(_ flag: Bool?) {
        if let flag { bool(flag) } else { null() }
    }

    /// A `bytea`.
    ///
    /// - Parameter bytes: The bytes.
    public mutating func bytes(_ bytes: [UInt8]) {
        begin(byteCount: Int32(bytes.count))
        buffer.append(contentsOf: bytes)
    }

    /// A `uuid`.
    ///
    /// - Parameter uuid: The identifier.
    public mutating func uuid(_ uuid: UUID) {
        begin(byteCount: 16)
        withUnsafeBytes(of: uuid.uuid) { buffer.append(contentsOf: $0) }
    }

    /// A `date`.
    ///
    /// - Parameter date: The day.
    public mutating func date(_ date: PostgresDate) {
        begin(byteCount: 4)
        switch date {
        case .infinity: append(Int32.max)
        case .negativeInfinity: append(Int32.min)
        case .day(let year, let month, let day):
            let days = Calendar.days(year: year, month: month, day: day)
            append(Int32(clamping: days - Calendar.postgresEpochDays))
        }
    }

    /// A `date`.
    ///
    /// - Parameter date: The day; `nil` is NULL.
    public mutating func date(_ date: PostgresDate?) {
        if let date { self.date(date) } else { null() }
    }

    /// A `timestamptz`.
    ///
    /// - Parameter microseconds: Since 1970-01-01T00:00:00Z; the extremes are the infinities.
    public mutating func timestamptz(microseconds: Int64) {
        begin(byteCount: 8)
        let epoch = Int64(Calendar.postgresEpochDays) * Calendar.microsecondsPerDay
        let isInfinite = microseconds == .max || microseconds == .min
        append(isInfinite ? microseconds : microseconds - epoch)
    }

    /// A `timestamptz`.
    ///
    /// - Parameter microseconds: Since 1970-01-01T00:00:00Z; `nil` is NULL.
    public mutating func timestamptz(microseconds: Int64?) {
        if let microseconds { timestamptz(microseconds: microseconds) } else { null() }
    }
}
