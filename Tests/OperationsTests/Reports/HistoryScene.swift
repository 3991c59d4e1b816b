import DatabaseTestSupport
import Foundation
import PostgresClient
import Records
import Storage
import TestSupport
import Testing

@testable import Operations
@testable import Reporting

/// A database with history in it, and a configuration to make reports by.
struct HistoryScene: Sendable {
    let configuration: Configuration
    let folder: URL
    private let database: PostgresConfiguration

    /// The example of docs/roi.md: 520 000 ₽ a year of 300 000 ₽ spent.
    static let exampleROI = """
        roi:
          development: {hours: 150, rate: 1500}
          setup: 45000
          training: {people: 3, price: 10000}
          hours_saved_per_week: 20
          hourly_rate: 500

        """

    /// Sets the scene, plays, and puts everything away.
    ///
    /// - Parameters:
    ///   - settings: Lines of `sverka.yaml` beside sources and database.
    ///   - play: The test.
    /// - Throws: What the test throws; what keeps the scene from being set.
    static func play(
        settings: String = exampleROI, _ play: (HistoryScene) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "exports"), withIntermediateDirectories: true)
        try await withTestDatabase { database in
            let file = try folder.write(
                """
                company: {name: ООО «Северный ветер»}
                data: data
                database: {url: "\(NightScene.url(of: database))"}
                sources:
                  left: {name: 1С, kind: files, folder: exports}
                  right: {name: Битрикс24, kind: files, folder: exports}

                """ + settings, to: "sverka.yaml")
            let scene = HistoryScene(
                configuration: try ConfigurationFile.read(file), folder: folder.url,
                database: database)
            try await scene.withStore { _ in }
            try await play(scene)
        }
    }

    /// Fills the database as the benchmark does, with few nights: the same each time.
    func fill(nights: Int, findings: Int, records: Int, operations: Int) async throws {
        let settings = [
            "nights": "\(nights)", "findings": "\(findings)", "records": "\(records)",
            "operations": "\(operations)", "last_night": "2026-11-25",
        ].map { "SET bench.\($0.key) = '\($0.value)';" }.joined()
        let files = ProjectFolders.root.appending(path: "Benchmarks/MonthlyReport")
        let statements = try ["fill_findings.sql", "fill_journal.sql"].map {
            try String(contentsOf: files.appending(path: $0), encoding: .utf8)
        }
        try await run(settings + statements.joined())
    }

    /// Runs statements.
    func run(_ text: String) async throws {
        let connection = try PostgresConnection(database)
        try await connection.runScript(Statement(name: "scene", text: text))
        await connection.close()
    }

    /// The one number that a statement gives.
    func number(_ text: String) async throws -> Int64 {
        let connection = try PostgresConnection(database)
        let rows = try await connection.query(Statement(name: "scene", text: text))
        await connection.close()
        return try rows[0]["number"].int64
    }

    /// The tables of a report.
    func data(
        _ report: String, period: String, _ language: ReportLanguage = .russian,
        parameters: [String: String] = [:]
    ) async throws -> ReportData {
        let job = job
        let order = ReportJob.Order(
            report, period: period, language: language, parameters: parameters)
        let definition = try definition(report)
        return try await withStore { store in
            try await job.gather(definition, order, store)
        }
    }

    /// A report laid out.
    func document(
        _ report: String, period: String, _ language: ReportLanguage = .russian
    ) async throws -> ReportDocument {
        try ReportDocument(
            definition(report), await data(report, period: period, language),
            resources: job.reportResources)
    }

    private func definition(_ report: String) throws -> ReportDefinition {
        try ReportDefinition(report: report, resources: job.reportResources)
    }

    /// Makes reports; it is always the same moment.
    var job: ReportJob {
        ReportJob(
            configuration, resources: ResourceFolders(overrides: configuration.overrides),
            progress: SilentProgress(), now: { Date(timeIntervalSince1970: 1_795_672_800) })
    }

    private func withStore<Value: Sendable>(
        _ body: (Store) async throws -> Value
    ) async throws -> Value {
        try await DatabaseSession(configuration, resources: ResourceFolders(overrides: nil))
            .withStore(progress: SilentProgress(), body)
    }
}

extension ReportDocument {
    /// The texts of a sheet.
    func texts(_ sheet: Int = 0) -> [String] {
        sheets[sheet].parts.compactMap { part in
            if case .text(let text, _) = part { text } else { nil }
        }
    }

    /// Everything that a reader sees, as text: for the approved samples.
    func sample() -> String {
        var lines = ["# \(title)", "file: \(fileName)"] + warnings.map { "! \($0)" }
        for sheet in sheets {
            lines += ["", "== \(sheet.name)"]
            for part in sheet.parts {
                switch part {
                case .text(let text, let look): lines.append("[\(look.rawValue)] \(text)")
                case .chart(let chart):
                    lines.append("[chart \(chart.kind.rawValue)] \(chart.title)")
                case .grid(let grid):
                    if let title = grid.title { lines.append("[table] \(title)") }
                    lines.append(grid.columns.map(\.heading).joined(separator: " | "))
                    if grid.rowCount == 0 { lines.append("(\(grid.empty))") }
                    lines += (0..<grid.rowCount).map { line(grid.row($0)) }
                    if let total = grid.total {
                        lines.append(total.map { $0.map(text) ?? "" }.joined(separator: " | "))
                    }
                }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func line(_ cells: [Grid.Cell]) -> String {
        cells.map(text).joined(separator: " | ")
    }

    private func text(_ cell: Grid.Cell) -> String {
        values.text(cell.value, cell.format, cell.row, isChange: cell.isChange)
    }
}

/// Compares a report with the approved sample in its folder; `SVERKA_APPROVE=1` writes it.
func expectSample(_ document: ReportDocument, _ report: String, _ language: ReportLanguage) throws {
    let file = ProjectFolders.root
        .appending(path: "reports/\(report)/sample.\(language.rawValue).txt")
    let text = document.sample()
    if ProcessInfo.processInfo.environment["SVERKA_APPROVE"] == "1" {
        return try Data(text.utf8).write(to: file)
    }
    let approved = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    for (line, pair) in zip(approved, text.split(separator: "\n")).enumerated()
    where pair.0 != pair.1 {
        Issue.record("\(report), line \(line + 1): approved: \(pair.0)\nnow: \(pair.1)")
        return
    }
    #expect(approved.count == text.split(separator: "\n").count, "\(report) has other lines")
}
