internal import Foundation
internal import PostgresClient
internal import Records

/// Reads the tables of a report, all as of one instant.
public struct ReportReader {
    let connection: PostgresConnection
    let statements: StatementCatalog

    /// Runs a query of a report.
    ///
    /// - Parameters:
    ///   - name: The statement's name, for example `reports/journal_totals`.
    ///   - parameters: The values of its named parameters; more than it uses do no harm.
    /// - Returns: The table.
    /// - Throws: `PostgresError`; `StatementCatalogError` when there is no such statement;
    ///   ``StorageError/notFound(what:)`` when it uses a parameter that there is not.
    public nonisolated(nonsending) func table(
        _ name: String, _ parameters: [String: QueryParameter]
    ) async throws -> StoredTable {
        let (statement, names) = try statements[name].numberingParameters()
        let values = try names.map { parameter in
            guard let value = parameters[parameter] else {
                throw StorageError.notFound(
                    what: "parameter ':\(parameter)', which \(name) uses; there are: "
                        + parameters.keys.sorted().joined(separator: ", "))
            }
            return value.postgresValue
        }
        let (columns, rows) = try await connection.table(statement, values)
        return StoredTable(
            columns: columns.map(\.name),
            rows: try rows.map { row in
                try columns.enumerated().map { index, column in
                    try Self.value(row[index], column.kind)
                }
            })
    }

    /// Has the server check a query without running it.
    ///
    /// - Parameter name: The statement's name.
    /// - Throws: As ``table(_:_:)``.
    public nonisolated(nonsending) func check(_ name: String) async throws {
        try await connection.check(statements[name])
    }

    private static func value(
        _ field: PostgresField, _ kind: PostgresColumn.Kind
    ) throws -> StoredValue {
        guard !field.isNull else { return .null }
        switch kind {
        case .integer: return .integer(try field.int64)
        case .numeric: return decimal(try field.numeric)
        case .floatingPoint:
            let scaled = (try field.double * 1e6).rounded()
            guard scaled.isFinite else { return .null }
            guard let units = Int64(exactly: scaled) else { return .text(String(scaled / 1e6)) }
            return .decimal(units: units, scale: 6)
        case .boolean: return .boolean(try field.bool)
        case .date:
            guard case .day(let year, let month, let day) = try field.date,
                let date = CalendarDate(year: year, month: month, day: day)
            else { return .null }
            return .date(date)
        case .timestamptz:
            let microseconds = try field.timestamptz
            // As for days: what is no moment of the years 1 to 9999, in any zone, is none.
            guard (-62_135_510_400..<253_402_214_400).contains(microseconds / 1_000_000)
            else { return .null }
            return .instant(Date(timeIntervalSince1970: Double(microseconds) / 1e6))
        case .other: return .text(try field.text)
        }
    }

    /// A decimal number, or its text when it has too many digits.
    private static func decimal(_ text: String) -> StoredValue {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, text != "NaN", !text.hasSuffix("Infinity") else { return .null }
        let fraction = parts.count == 2 ? parts[1] : ""
        guard fraction.count <= 15, let units = Int64(parts[0] + fraction) else {
            return .text(text)
        }
        return .decimal(units: units, scale: fraction.count)
    }
}

extension Store {
    /// Lends a reader of reports; everything that it reads is as of one instant, and nothing can be
    /// written.
    ///
    /// - Parameter body: Reads the tables.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws; `PostgresError`.
    public nonisolated(nonsending) func withReportReader<Value>(
        _ body: nonisolated(nonsending) (ReportReader) async throws -> Value
    ) async throws -> Value {
        let statements = statements
        return try await pool.withTransaction(isolation: .repeatableRead, readOnly: true) {
            connection in
            try await body(ReportReader(connection: connection, statements: statements))
        }
    }
}

extension QueryParameter {
    fileprivate var postgresValue: PostgresValue {
        switch self {
        case .text(let text): .text(text)
        case .integer(let number): .int64(number)
        case .instant(let instant): .instant(instant)
        case .null: .null
        }
    }
}
