/// A column of a result: its name, and what its fields can be read as.
public struct PostgresColumn: Hashable, Sendable {
    /// What the fields of a column can be read as.
    public enum Kind: Hashable, Sendable {
        /// A whole number: ``PostgresField/int64``.
        case integer
        /// A decimal number: ``PostgresField/numeric``.
        case numeric
        /// A floating-point number: ``PostgresField/double``.
        case floatingPoint
        /// ``PostgresField/bool``.
        case boolean
        /// ``PostgresField/date``.
        case date
        /// ``PostgresField/timestamptz``.
        case timestamptz
        /// Anything else: ``PostgresField/text``.
        case other

        init(_ typeIdentifier: UInt32) {
            switch typeIdentifier {
            case TypeIdentifier.numeric: self = .numeric
            case TypeIdentifier.float4, TypeIdentifier.float8: self = .floatingPoint
            case TypeIdentifier.bool: self = .boolean
            case TypeIdentifier.date: self = .date
            case TypeIdentifier.timestamptz: self = .timestamptz
            case let other: self = TypeIdentifier.integers.contains(other) ? .integer : .other
            }
        }
    }

    /// The column's name.
    public var name: String
    /// What its fields can be read as.
    public var kind: Kind
}
