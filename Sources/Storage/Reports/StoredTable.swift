public import Foundation
public import Records

/// A value of a report's query.
public enum StoredValue: Hashable, Sendable {
    /// SQL NULL, an infinity, or no number.
    case null
    /// A whole number.
    case integer(Int64)
    /// `units` divided by ten to the power of `scale`; a floating-point number has six digits.
    case decimal(units: Int64, scale: Int)
    /// Yes or no.
    case boolean(Bool)
    /// A day.
    case date(CalendarDate)
    /// An instant.
    case instant(Date)
    /// Anything else, also a number that is too long.
    case text(String)
}

/// What a report's query gave: typed values under named columns.
public struct StoredTable: Hashable, Sendable {
    /// The columns' names, in order.
    public var columns: [String]
    /// The rows, each with a value for each column.
    public var rows: [[StoredValue]]
}

/// A value that a report's query takes under a name.
public enum QueryParameter: Hashable, Sendable {
    /// A text, which the query casts to what it needs.
    case text(String)
    /// A whole number.
    case integer(Int64)
    /// An instant.
    case instant(Date)
    /// SQL NULL.
    case null
}
