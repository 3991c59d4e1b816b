public import Foundation
public import Records

/// One value of a report's table, with its type.
public enum ReportValue: Hashable, Sendable {
    /// Nothing.
    case empty
    /// A text, or a key of the words.
    case text(String)
    /// A whole number; of money the minor units, of a duration the milliseconds.
    case integer(Int64)
    /// `units` divided by ten to the power of `scale`, exact.
    case decimal(units: Int64, scale: Int)
    /// Yes or no.
    case boolean(Bool)
    /// A day.
    case date(CalendarDate)
    /// An instant, shown in the company's zone.
    case instant(Date)
    /// There is too little to tell a number; the reason is a key below `thin` in the words.
    case notEnough(String)
}

/// Rows of typed values under named columns.
public struct ReportTable: Hashable, Sendable {
    /// The columns' names, in order.
    public let columns: [String]
    /// The rows, each with a value for each column.
    public private(set) var rows: [[ReportValue]]

    /// Makes a table.
    ///
    /// - Parameters:
    ///   - columns: The columns' names.
    ///   - rows: The rows; each as long as the columns.
    public init(columns: [String], rows: [[ReportValue]] = []) {
        precondition(rows.allSatisfy { $0.count == columns.count })
        self.columns = columns
        self.rows = rows
    }

    /// Adds a row.
    public mutating func append(_ row: [ReportValue]) {
        precondition(row.count == columns.count)
        rows.append(row)
    }

    /// The place of a column; `nil` when there is none.
    public func index(of column: String) -> Int? { columns.firstIndex(of: column) }

    /// The value of a row in a column; `nil` when there is no such column or row.
    public subscript(row: Int, column: String) -> ReportValue? {
        guard let index = index(of: column), rows.indices.contains(row) else { return nil }
        return rows[row][index]
    }

    /// The table with some of its rows.
    func filtered(_ keeps: ([ReportValue]) -> Bool) -> ReportTable {
        ReportTable(columns: columns, rows: rows.filter(keeps))
    }

    /// The table with its rows in another order or number.
    func with(rows: [[ReportValue]]) -> ReportTable { ReportTable(columns: columns, rows: rows) }
}

extension ReportValue {
    /// The value as a key: for conditions, and for sheets of one value each.
    var key: String {
        switch self {
        case .empty, .notEnough: ""
        case .text(let text): text
        case .integer(let number): String(number)
        case .decimal(let units, let scale): DecimalNumber(units: units, scale: scale).text
        case .boolean(let flag): flag ? "true" : "false"
        case .date(let date): date.description
        case .instant(let instant): String(Int64(instant.timeIntervalSince1970))
        }
    }

    /// The value as a number for comparing and for charts; `nil` where it is none.
    var number: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .decimal(let units, let scale): Double(units) / pow(10, Double(scale))
        default: nil
        }
    }
}

/// A decimal number of whole units and a scale.
struct DecimalNumber: Hashable {
    var units: Int64
    var scale: Int

    /// With a point: `-12.50`.
    var text: String {
        guard scale > 0 else { return String(units) }
        let digits = String(units.magnitude)
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
        return (units < 0 ? "-" : "") + padded.dropLast(scale) + "." + padded.suffix(scale)
    }

    /// Rounded half away from zero to fewer digits after the point; more are filled with zeros.
    ///
    /// Unchanged where the digits would not fit.
    func rounded(to digits: Int) -> DecimalNumber {
        var result = self
        while result.scale > digits {
            // All surplus digits but the last are dropped at once, so that nothing is rounded twice.
            let surplus = result.scale - digits
            let divisor = (0..<surplus).reduce(Int64(1)) { power, _ in
                power.multipliedReportingOverflow(by: 10).overflow ? power : power * 10
            }
            let (quotient, remainder) = result.units.quotientAndRemainder(dividingBy: divisor)
            let isUp = remainder.magnitude >= divisor.magnitude - divisor.magnitude / 2
            result.units = quotient + (isUp ? (units < 0 ? -1 : 1) : 0)
            result.scale = digits
        }
        while result.scale < digits {
            let (units, overflow) = result.units.multipliedReportingOverflow(by: 10)
            if overflow { return self }
            result = DecimalNumber(units: units, scale: result.scale + 1)
        }
        return result
    }
}
