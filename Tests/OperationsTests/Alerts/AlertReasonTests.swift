import Foundation
import TestSupport
import Testing

@testable import Operations

@Suite("What alerts that concern no records say of their reason", .timeLimit(.minutes(10)))
struct AlertReasonTests {
    private let noon = JournalScene.noon

    @Test(
        "is why the last run failed, in the reader's language",
        arguments: [("ru", "1. Из него ничего не взято."), ("en", "1. Nothing was taken from it.")])
    func failedRun(_ language: String, _ line: String) async throws {
        try await JournalScene.play { scene in
            _ = try await scene.texts(
                """
                INSERT INTO run (job, state, finished_at, error)
                VALUES ('journal', 'failed', now(), 'Nothing was taken from it.') RETURNING job
                """)
            let trial = try await scene.alerts(at: Date()).test("run-failed", language: language)
            let lines = trial.letter?.lines ?? []
            #expect(lines.contains(line), "\(lines)")
            // An empty line parts it from what is to be done.
            #expect(lines.drop { $0 != line }.dropFirst().first == "")
        }
    }

    @Test("is why a source could not be read")
    func collector() async throws {
        try await JournalScene.play { scene in
            _ = try await scene.texts(
                """
                INSERT INTO run (job, state, finished_at) VALUES ('nightly', 'incomplete', now())
                RETURNING job
                """)
            _ = try await scene.texts(
                """
                INSERT INTO run_stage (run_id, name, state, finished_at, error)
                SELECT id, 'collect crm order', 'failed', now(), 'no answer in time' FROM run
                RETURNING name
                """)
            let trial = try await scene.alerts(at: Date()).test("collector-failed", language: "ru")
            let lines = trial.letter?.lines ?? []
            #expect(lines.contains("1. ответ не пришёл вовремя"), "\(lines)")
        }
    }

    @Test("is why a snapshot is in doubt")
    func doubt() async throws {
        func file(_ title: String, _ rows: Int) -> String {
            "id,\(title)\n" + (0..<rows).map { "\($0),ООО Ромашка \($0)\n" }.joined()
        }
        let left = "left/counterparty.csv"
        let files = [
            left: file("Наименование", 200), "right/counterparty.csv": file("TITLE", 200),
        ]
        try await JournalScene.play(files, settings: "entities: [counterparty]") { scene in
            _ = try await scene.scene.night()
            _ = try scene.scene.folder.write(file("Наименование", 10), to: left)
            _ = try await scene.scene.night()
            let trial = try await scene.alerts(at: Date())
                .test("snapshot-uncertified", language: "ru")
            let lines = trial.letter?.lines ?? []
            #expect(
                lines.contains {
                    $0.contains("Записей резко меньше, чем в прошлый раз: было 200, стало 10")
                }, "\(lines)")
        }
    }

    @Test("is why messages were not delivered, the commonest first, with how many there are")
    func undelivered() async throws {
        try await JournalScene.play { scene in
            func add(_ id: Int, _ error: String) async throws {
                _ = try await scene.texts(
                    """
                    INSERT INTO outbox (idempotency_key, channel, personal_recipient, message_id,
                        state, error)
                    VALUES ('\(id)', 'mail', 'a@example.ru', '<\(id)>', 'failed', \(error))
                    RETURNING channel
                    """)
            }
            try await add(1, "'550 no such mailbox'")
            for id in 2...4 { try await add(id, "'no answer in time'") }
            try await add(5, "NULL")
            let trial = try await scene.alerts(at: Date())
                .test("report-undelivered", language: "ru")
            let lines = trial.letter?.lines ?? []
            #expect(lines.contains("1. ответ не пришёл вовремя — 3"), "\(lines)")
            #expect(lines.contains { $0.hasSuffix("550 no such mailbox — 1") }, "\(lines)")
            #expect(lines.contains { $0.contains("отправить их ещё не пытались — 1") }, "\(lines)")
        }
    }

    @Test("is when a job that is late ran last, if it ever did")
    func late() async throws {
        let settings = "schedule: {nightly: \"30 2 * * *\"}"
        try await JournalScene.play(settings: settings) { scene in
            _ = try await scene.evaluate(at: noon)
            func lines() async throws -> [String] {
                try await scene.alerts(at: noon + 17 * 3_600).test("run-late", language: "en")
                    .letter?.lines ?? []
            }
            #expect(try await lines().contains("1. the job has never run"))
            _ = try await scene.texts(
                """
                INSERT INTO run (job, state, started_at, finished_at)
                VALUES ('nightly', 'succeeded', '2026-11-25 02:30+03', now()) RETURNING job
                """)
            #expect(try await lines().contains("1. its last run began 2026-11-25 02:30"))
        }
    }
}
