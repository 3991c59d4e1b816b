/// The tables of a report, made for one request; what renderers draw.
public struct ReportData: Sendable {
    /// What it was made for.
    public let request: ReportRequest
    /// The tables by name; those of earlier periods under `name@before` and the like.
    public private(set) var tables: [String: ReportTable]

    /// Makes data of tables at hand.
    ///
    /// - Parameters:
    ///   - request: What they were made for.
    ///   - tables: The tables; of earlier periods under `name@before`, `name@year_before`.
    public init(request: ReportRequest, tables: [String: ReportTable]) {
        self.request = request
        self.tables = tables
    }

    /// The key of a table, also of one for an earlier period.
    static func key(_ table: String, _ comparison: ReportComparison?) -> String {
        comparison.map { "\(table)@\($0.rawValue)" } ?? table
    }

    /// A table; without rows where there is none.
    func table(_ name: String) -> ReportTable { tables[name] ?? ReportTable(columns: []) }

    /// Whether a table has no rows.
    func isEmpty(_ table: String) -> Bool { self.table(table).rows.isEmpty }

    /// The data with another table in the place of one.
    func replacing(_ name: String, with table: ReportTable) -> ReportData {
        var copy = self
        copy.tables[name] = table
        return copy
    }

    /// The data for readers of another language.
    public func written(in language: ReportLanguage) -> ReportData {
        var request = request
        request.language = language
        return ReportData(request: request, tables: tables)
    }

    /// The parts that a definition mails apart, each with the address that it goes to.
    ///
    /// - Parameter definition: The report.
    /// - Returns: The parts in the order of their keys; `nil` when the report is mailed as a whole. A
    ///   part without an address goes to nobody.
    /// - Throws: ``ReportError`` when there is no such column.
    public func parts(
        _ definition: ReportDefinition
    ) throws(ReportError) -> [(key: String, address: String, data: ReportData)]? {
        guard let repetition = definition.mail?.repetition else { return nil }
        let table = self.table(repetition.table)
        guard !table.rows.isEmpty else { return [] }
        let (name, report) = (repetition.table, definition.name)
        let column = try table.place(of: repetition.column, in: name, report: report)
        let address = try table.place(of: repetition.address, in: name, report: report)
        var addresses: [String: String] = [:]
        for row in table.rows where addresses[row[column].key] == nil {
            addresses[row[column].key] = row[address].key
        }
        return addresses.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map {
            key, address in
            var part = self
            for (name, table) in tables {
                guard let index = table.index(of: repetition.column) else { continue }
                part.tables[name] = table.filtered { $0[index].key == key }
            }
            return (key, address, part)
        }
    }

    /// The value that a reference names; empty where a row is absent.
    ///
    /// - Throws: ``ReportError/dataFailed(report:table:message:)`` when there is no such column.
    func value(
        _ reference: CellReference, _ comparison: ReportComparison? = nil
    ) throws(ReportError) -> ReportValue {
        guard let found = try row(reference, comparison) else { return .empty }
        return found.value
    }

    /// The value that a reference names, with the row in which it stands, for the columns beside it.
    func row(
        _ reference: CellReference, _ comparison: ReportComparison? = nil
    ) throws(ReportError) -> (value: ReportValue, row: ReportRow?)? {
        let key = Self.key(reference.table, comparison)
        guard var table = tables[key] else { return nil }
        if let condition = reference.condition {
            let index = try column(condition.column, of: table, named: key)
            table = table.filtered { $0[index].key == condition.value }
        }
        if reference.taking == .count { return (.integer(Int64(table.rows.count)), nil) }
        let index = try column(reference.column, of: table, named: key)
        let values = table.rows.map { $0[index] }
        let row: (Int) -> ReportRow = { ReportRow(columns: table.columns, values: table.rows[$0]) }
        switch reference.taking {
        case .first: return values.first.map { ($0, row(0)) }
        case .last: return values.last.map { ($0, row(values.count - 1)) }
        case .max:
            let best = values.indices.max { (values[$0].number ?? 0) < (values[$1].number ?? 0) }
            return best.map { (values[$0], row($0)) }
        case .sum, .count: return (ReportValue.sum(values), values.isEmpty ? nil : row(0))
        }
    }

    private func column(
        _ name: String, of table: ReportTable, named key: String
    ) throws(ReportError) -> Int {
        guard let index = table.index(of: name) else {
            throw .dataFailed(
                report: "the report", table: key,
                message: "it has no column '\(name)'; it has: "
                    + table.columns.joined(separator: ", "))
        }
        return index
    }
}

/// One row with the names of its columns, for values that need their neighbours.
struct ReportRow: Sendable {
    let columns: [String]
    let values: [ReportValue]

    subscript(column: String) -> ReportValue? {
        columns.firstIndex(of: column).map { values[$0] }
    }
}

extension ReportValue {
    /// The sum of numbers; what is none counts nothing, and one that cannot be told spoils it.
    static func sum(_ values: [ReportValue]) -> ReportValue {
        var sum = DecimalNumber(units: 0, scale: 0)
        for value in values {
            switch value {
            case .integer(let number): sum = sum + DecimalNumber(units: number, scale: 0)
            case .decimal(let units, let scale):
                sum = sum + DecimalNumber(units: units, scale: scale)
            case .notEnough: return value
            default: break
            }
        }
        return sum.scale == 0
            ? .integer(sum.units) : .decimal(units: sum.units, scale: sum.scale)
    }

    /// The difference of two numbers; `nil` where one is none.
    func minus(_ other: ReportValue) -> ReportValue? {
        guard let one = decimal, let two = other.decimal else { return nil }
        let difference = one + DecimalNumber(units: -two.units, scale: two.scale)
        return difference.scale == 0
            ? .integer(difference.units)
            : .decimal(units: difference.units, scale: difference.scale)
    }

    /// Whether two values are the same number, whatever their scale, or the same otherwise.
    func agrees(with other: ReportValue) -> Bool {
        guard let difference = minus(other)?.decimal else { return key == other.key }
        return difference.units == 0
    }

    /// The exact number; `nil` where it is none.
    var decimal: DecimalNumber? {
        switch self {
        case .integer(let number): DecimalNumber(units: number, scale: 0)
        case .decimal(let units, let scale): DecimalNumber(units: units, scale: scale)
        default: nil
        }
    }
}

extension DecimalNumber {
    /// The exact sum; sums beyond eighteen digits stay at the greatest number there is.
    static func + (one: DecimalNumber, other: DecimalNumber) -> DecimalNumber {
        let scale = max(one.scale, other.scale)
        let (a, b) = (one.rounded(to: scale), other.rounded(to: scale))
        let (units, overflow) = a.units.addingReportingOverflow(b.units)
        return DecimalNumber(units: overflow ? (a.units < 0 ? .min : .max) : units, scale: scale)
    }
}
