import Foundation
import Operations
import PostgresClient
import Storage

/// Fills a database by the statements beside this file.
struct Filling {
    let nights: Int
    let findings: Int
    let records: Int
    let operations: Int

    /// The last night filled; the month before it is complete.
    static let lastNight = "2026-11-25"

    /// Makes the tables.
    func migrate(_ configuration: Configuration, _ resources: ResourceFolders) async throws {
        try await DatabaseSession(configuration, resources: resources)
            .withStore(progress: SilentProgress()) { _ in }
    }

    /// Fills an empty, migrated database.
    func fill(_ connection: PostgresConnection) async throws {
        let settings = [
            "nights": "\(nights)", "findings": "\(findings)", "records": "\(records)",
            "operations": "\(operations)", "last_night": Self.lastNight,
        ]
        for (name, value) in settings {
            _ = try await connection.query(
                Statement(name: "setting", text: "SELECT set_config($1, $2, false)"),
                [.text("bench.\(name)"), .text(value)])
        }
        for file in ["fill_findings.sql", "fill_journal.sql"] {
            let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: file)
            let start = ContinuousClock.now
            try await connection.runScript(
                Statement(name: file, text: try String(contentsOf: url, encoding: .utf8)))
            print("\(file): \(Int((ContinuousClock.now - start) / .seconds(1))) s")
        }
        try await connection.runScript(Statement(name: "analyze", text: "ANALYZE"))
    }
}
