import Foundation
import PostgresClient
import Records
import Storage
import TestSupport

@testable import Operations

/// A journal that grows while the clock is turned by hand.
struct JournalScene: Sendable {
    let scene: FolderScene
    /// 26 November 2026, 12:00 in Moscow: a Thursday.
    static let noon = Date(timeIntervalSince1970: 1_795_683_600)

    static func play(
        _ files: [String: String] = [:], settings: String = "",
        subscriptions: [String] = ["{to: boss@example.ru, alerts: info}"],
        _ play: (JournalScene) async throws -> Void
    ) async throws {
        let usual = """
            company: {name: Ромашка, time_zone: Europe/Moscow}
            mail: {from: sverka@example.ru, host: 127.0.0.1, port: 9, security: none}
            subscriptions:
            \(subscriptions.map { "  - " + $0 }.joined(separator: "\n"))
            """
        try await FolderScene.play(
            files, settings: usual + "\n" + settings,
            sources: "  journal: {name: exchange, kind: files, folder: journal}"
        ) { try await play(JournalScene(scene: $0)) }
    }

    var configuration: Configuration { scene.configuration }
    let resources = ResourceFolders(overrides: nil)

    init(scene: FolderScene) { self.scene = scene }

    /// Reads on, at a time.
    func read(at now: Date = noon) async throws -> JournalOutcome {
        try await JournalIngest(
            configuration, resources: resources, progress: SilentProgress(), now: { now }
        ).run()
    }

    /// Evaluates alerts, at a time.
    func evaluate(at now: Date) async throws -> AlertOutcome {
        try await AlertJob(
            configuration, resources: resources, progress: SilentProgress(), now: { now }
        ).run()
    }

    func alerts(at now: Date) -> StoredAlerts {
        StoredAlerts(configuration, resources: resources, now: { now })
    }

    /// Adds lines to a file of the journal.
    func append(_ lines: [String], to name: String = "operation.jsonl") throws {
        let file = scene.folder.url.appending(path: "journal/\(name)")
        let before = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        try Data((before + lines.map { $0 + "\n" }.joined()).utf8).write(to: file)
    }

    /// A line of an operation.
    static func line(
        _ moment: Date, _ id: Int, error: String? = nil, kind: String = "order"
    ) -> String {
        let more = error.map { ",\"error_code\":\"TIMEOUT\",\"details\":\"\($0)\"" } ?? ""
        return """
            {"timestamp":"\(moment.formatted(.iso8601))","operation":"update","type":"\(kind)",\
            "source_system":"1C","target_system":"Bitrix24","object_id":"id-\(id)",\
            "status":"\(error == nil ? "success" : "error")"\(more)}
            """
    }

    /// Six weeks of three errors and thirty operations an hour, up to a moment.
    static func history(until end: Date) -> [String] {
        (1...42 * 24).reversed().flatMap { hour in
            (0..<33).map { number in
                line(
                    end - Double(hour) * 3_600 + Double(number) * 100, number,
                    error: number < 3 ? "No answer within 30 s" : nil)
            }
        }
    }

    /// The messages of the outbox, as their channel carries them.
    func mails() async throws -> [String] {
        try await scene.withStore { store in
            try await store.pool.withConnection { connection in
                try await connection.query(
                    Statement(
                        name: "test",
                        text: """
                            SELECT topic || ' > ' || personal_recipient AS line
                            FROM outbox ORDER BY id
                            """)
                ).map { try $0["line"].text }
            }
        }
    }

    /// The first column of a query of a test, as text.
    func texts(_ sql: String) async throws -> [String] {
        try await scene.withStore { store in
            try await store.pool.withConnection { connection in
                try await connection.query(Statement(name: "test", text: sql)).map {
                    try $0[0].text
                }
            }
        }
    }
}
