public import Foundation

/// Typed reading; every accessor throws ``PostgresError`` of kind `decodingFailed`, naming the column.
extension PostgresField {
    /// The value of any type in its text form.
    public var text: String {
        get throws { try decode(String.self) }
    }

    /// A whole number.
    public var int64: Int64 {
        get throws { try decode(Int64.self) }
    }

    /// A whole number.
    public var int: Int {
        get throws { try decode(Int.self) }
    }

    /// A floating-point number.
    public var double: Double {
        get throws { try decode(Double.self) }
    }

    /// A boolean.
    public var bool: Bool {
        get throws { try decode(Bool.self) }
    }

    /// A `numeric`, exact, as decimal text: `-12.50`, also `NaN` and `Infinity`.
    public var numeric: String {
        get throws { try decode(NumericText.self).text }
    }

    /// A `date`.
    public var date: PostgresDate {
        get throws { try decode(PostgresDate.self) }
    }

    /// A `timestamptz` in microseconds since 1970-01-01T00:00:00Z; the extremes are the
    /// infinities.
    public var timestamptz: Int64 {
        get throws { try decode(Microseconds.self).count }
    }

    /// A `uuid`.
    public var uuid: UUID {
        get throws { try decode(UUID.self) }
    }

    /// A `jsonb` or `json` as text.
    public var jsonb: String {
        get throws { try decode(JSONText.self).text }
    }

    /// A `bytea`.
    public var bytes: [UInt8] {
        get throws { try decode(ByteString.self).bytes }
    }
}

/// Typed reading of columns that may be NULL.
extension PostgresField {
    /// As ``text``; `nil` for SQL NULL.
    public var optionalText: String? {
        get throws { try decodeIfPresent(String.self) }
    }

    /// As ``int64``; `nil` for SQL NULL.
    public var optionalInt64: Int64? {
        get throws { try decodeIfPresent(Int64.self) }
    }

    /// As ``int``; `nil` for SQL NULL.
    public var optionalInt: Int? {
        get throws { try decodeIfPresent(Int.self) }
    }

    /// As ``double``; `nil` for SQL NULL.
    public var optionalDouble: Double? {
        get throws { try decodeIfPresent(Double.self) }
    }

    /// As ``bool``; `nil` for SQL NULL.
    public var optionalBool: Bool? {
        get throws { try decodeIfPresent(Bool.self) }
    }

    /// As ``numeric``; `nil` for SQL NULL.
    public var optionalNumeric: String? {
        get throws { try decodeIfPresent(NumericText.self)?.text }
    }

    /// As ``date``; `nil` for SQL NULL.
    public var optionalDate: PostgresDate? {
        get throws { try decodeIfPresent(PostgresDate.self) }
    }

    /// As ``timestamptz``; `nil` for SQL NULL.
    public var optionalTimestamptz: Int64? {
        get throws { try decodeIfPresent(Microseconds.self)?.count }
    }

    /// As ``uuid``; `nil` for SQL NULL.
    public var optionalUUID: UUID? {
        get throws { try decodeIfPresent(UUID.self) }
    }

    /// As ``jsonb``; `nil` for SQL NULL.
    public var optionalJSONB: String? {
        get throws { try decodeIfPresent(JSONText.self)?.text }
    }

    /// As ``bytes``; `nil` for SQL NULL.
    public var optionalBytes: [UInt8]? {
        get throws { try decodeIfPresent(ByteString.self)?.bytes }
    }
}
