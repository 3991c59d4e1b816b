internal import Foundation
internal import Records
public import Storage

/// Makes reports of their definitions: gathers the tables, checks that they agree.
///
/// What it gathers is drawn by ``ReportDocument``.
public struct ReportEngine: Sendable {
    let resources: ReportResources
    let computations: [String: ReportComputation]

    /// Makes an engine.
    ///
    /// - Parameters:
    ///   - resources: Where `reports` and `templates` are.
    ///   - computations: The calculations that definitions may ask for, by name.
    public init(resources: ReportResources, computations: [String: ReportComputation] = [:]) {
        self.resources = resources
        self.computations = computations
    }

    /// Reads a report's definition.
    ///
    /// - Parameter name: The name of its folder.
    /// - Returns: The definition, checked.
    /// - Throws: ``ReportError`` with line and column.
    public func definition(_ name: String) throws(ReportError) -> ReportDefinition {
        try ReportDefinition(report: name, resources: resources)
    }

    /// Makes the tables of a report.
    ///
    /// - Parameters:
    ///   - definition: The report.
    ///   - request: The period, the language and the names.
    ///   - reader: Runs the queries, all as of one instant.
    /// - Returns: The tables.
    /// - Throws: ``ReportError/dataFailed(report:table:message:)``, naming the table.
    public nonisolated(nonsending) func gather(
        _ definition: ReportDefinition, _ request: ReportRequest, from reader: ReportReader
    ) async throws -> ReportData {
        var tables: [String: ReportTable] = [:]
        for table in definition.data {
            for comparison in [nil] + table.comparisons.map(Optional.some) {
                guard let period = Self.period(request, comparison) else { continue }
                let key = ReportData.key(table.name, comparison)
                do {
                    tables[key] = try await make(
                        table, definition, request, period, comparison, tables, reader)
                } catch is CancellationError {
                    throw CancellationError()
                } catch {
                    throw ReportError.dataFailed(
                        report: definition.name, table: key, message: "\(error)")
                }
            }
        }
        return ReportData(request: request, tables: tables)
    }

    /// The period to compare with; `nil` when there is none: no run before.
    private static func period(
        _ request: ReportRequest, _ comparison: ReportComparison?
    ) -> ReportPeriod? {
        guard let comparison else { return request.period }
        if let given = request.earlier[comparison] { return given }
        guard request.period.kind != .run else { return nil }
        return request.period.earlier(comparison, in: request.timeZone)
    }

    private nonisolated(nonsending) func make(
        _ table: DataTable, _ definition: ReportDefinition, _ request: ReportRequest,
        _ period: ReportPeriod, _ comparison: ReportComparison?, _ made: [String: ReportTable],
        _ reader: ReportReader
    ) async throws -> ReportTable {
        let parameters = definition.parameters.merging(request.parameters) { $1 }
        switch table.origin {
        case .query(let name):
            let values = Self.values(request, period, parameters)
            return ReportTable(try await reader.table(name, values))
        case .computed(let name, let from):
            guard let computation = computations[name] else {
                throw ReportError.formatUnavailable(
                    "the program has no calculation '\(name)'; it has: "
                        + computations.keys.sorted().joined(separator: ", "))
            }
            var tables: [String: ReportTable] = [:]
            for source in from {
                // A table that is made for the present alone serves the calculation of any period.
                tables[source] = made[ReportData.key(source, comparison)] ?? made[source]
            }
            return try computation(
                ComputationInput(
                    tables: tables, period: period, parameters: parameters, request: request))
        }
    }

    private static func values(
        _ request: ReportRequest, _ period: ReportPeriod, _ parameters: [String: String]
    ) -> [String: QueryParameter] {
        var values = parameters.mapValues(QueryParameter.text)
        values["period_start"] = .instant(period.start)
        values["period_end"] = .instant(period.end)
        values["made_at"] = .instant(request.madeAt)
        values["time_zone"] = .text(request.timeZone.identifier)
        values["run_id"] = period.run.map { .integer($0.rawValue) } ?? .null
        values["language"] = .text(request.language.rawValue)
        return values
    }
}

extension ReportTable {
    /// Takes a query's table; a column `thin_x` says why `x` cannot be told, and takes its place.
    init(_ stored: StoredTable) {
        let reasons = stored.columns.indices.filter { stored.columns[$0].hasPrefix("thin_") }
        let kept = stored.columns.indices.filter { !reasons.contains($0) }
        let columns = kept.map { stored.columns[$0] }
        let places = reasons.compactMap { reason in
            columns.firstIndex(of: String(stored.columns[reason].dropFirst(5)))
                .map { (reason: reason, place: $0) }
        }
        self.init(
            columns: columns,
            rows: stored.rows.map { row in
                var values = kept.map { ReportValue(row[$0]) }
                for (reason, place) in places {
                    if case .text(let text) = row[reason] { values[place] = .notEnough(text) }
                }
                return values
            })
    }
}

extension ReportValue {
    init(_ stored: StoredValue) {
        switch stored {
        case .null: self = .empty
        case .integer(let number): self = .integer(number)
        case .decimal(let units, let scale): self = .decimal(units: units, scale: scale)
        case .boolean(let flag): self = .boolean(flag)
        case .date(let date): self = .date(date)
        case .instant(let instant): self = .instant(instant)
        case .text(let text): self = .text(text)
        }
    }
}
