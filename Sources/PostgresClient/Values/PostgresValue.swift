public import Foundation

/// A value bound to a parameter of a statement; never spliced into its text.
///
/// Except for ``bytes(_:)`` values are sent as text without a type, so that the server infers the
/// type from the statement: an ``int64(_:)`` fits an `integer` column, a ``text(_:)`` an enumeration.
public enum PostgresValue: Hashable, Sendable {
    /// SQL NULL.
    case null
    /// `boolean`.
    case bool(Bool)
    /// Any whole-number type.
    case int64(Int64)
    /// `double precision`.
    case double(Double)
    /// `text` and every type that reads text. A NUL character is refused, as PostgreSQL has none.
    case text(String)
    /// `bytea`.
    case bytes([UInt8])
    /// `numeric`, exact, as decimal text: `-12.50`.
    case numeric(String)
    /// `date`.
    case date(PostgresDate)
    /// `timestamptz`, in microseconds since 1970-01-01T00:00:00Z; the extremes are the infinities.
    case timestamptz(microseconds: Int64)
    /// `uuid`.
    case uuid(UUID)
    /// `jsonb` or `json`, as text.
    case jsonb(String)
    /// `text[]`.
    case textArray([String])
    /// `text[]` with NULL among its elements.
    case optionalTextArray([String?])
    /// `bigint[]` and the other arrays of whole numbers.
    case int64Array([Int64])
    /// `uuid[]`.
    case uuidArray([UUID])
}

extension PostgresValue {
    /// The text, or NULL.
    ///
    /// - Parameter text: The text; `nil` is NULL.
    /// - Returns: The parameter.
    public static func text(_ text: String?) -> PostgresValue { text.map(Self.text) ?? .null }

    /// The number, or NULL.
    ///
    /// - Parameter number: The number; `nil` is NULL.
    /// - Returns: The parameter.
    public static func int64(_ number: Int64?) -> PostgresValue { number.map(Self.int64) ?? .null }

    /// The number.
    ///
    /// - Parameter number: The number.
    /// - Returns: The parameter.
    public static func int(_ number: Int) -> PostgresValue { .int64(Int64(number)) }

    /// The number, or NULL.
    ///
    /// - Parameter number: The number; `nil` is NULL.
    /// - Returns: The parameter.
    public static func int(_ number: Int?) -> PostgresValue { number.map(Self.int) ?? .null }

    /// A day.
    ///
    /// - Parameters:
    ///   - year: The astronomical year.
    ///   - month: 1…12.
    ///   - day: 1…31.
    /// - Returns: The parameter.
    public static func date(year: Int, month: Int, day: Int) -> PostgresValue {
        .date(.day(year: year, month: month, day: day))
    }
}

extension PostgresValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringInterpolation
{
    /// SQL NULL.
    ///
    /// - Parameter nilLiteral: Nothing.
    public init(nilLiteral: ()) { self = .null }

    /// A boolean.
    ///
    /// - Parameter value: The value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }

    /// A whole number.
    ///
    /// - Parameter value: The value.
    public init(integerLiteral value: Int64) { self = .int64(value) }

    /// A floating-point number.
    ///
    /// - Parameter value: The value.
    public init(floatLiteral value: Double) { self = .double(value) }

    /// A text.
    ///
    /// - Parameter value: The value.
    public init(stringLiteral value: String) { self = .text(value) }
}
