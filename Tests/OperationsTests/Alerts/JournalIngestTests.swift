import Foundation
import Records
import Storage
import TestSupport
import Testing

@testable import Operations

@Suite("The job of the journal")
struct JournalIngestTests {
    private var noon: Date { JournalScene.noon }

    @Test("reads on where it was left, and counts what it leaves out")
    func readsOn() async throws {
        try await JournalScene.play { scene in
            try scene.append(
                [JournalScene.line(noon - 60, 1), "not JSON"]
                    + [JournalScene.line(noon - 50, 2, error: "нет связи")])
            let first = try await scene.read()
            #expect(first.entryCount == 2)
            #expect(first.refused == [.unreadable: 1])
            #expect(first.exitCode == 0)
            try scene.append([JournalScene.line(noon - 10, 3), JournalScene.line(noon + 1_000, 4)])
            let second = try await scene.read()
            #expect(second.entryCount == 1)
            #expect(second.refused == [.fromFuture: 1])
            #expect(try await scene.read().lineCount == 0)
            #expect(
                try await scene.texts(
                    "SELECT object_id || ' ' || coalesce(error_type, '-') FROM journal_entry ORDER BY 1"
                )
                    == ["id-1 -", "id-2 connection.timeout", "id-3 -"])
            #expect(
                try await scene.texts(
                    "SELECT sum(entry_count)::text FROM journal_hour") == ["3"])
        }
    }

    @Test("goes on with other files when one cannot be read, and ends with 3")
    func brokenFile() async throws {
        try await JournalScene.play { scene in
            try scene.append(["id;name", "1;a"], to: "operation-1.csv")
            try scene.append([JournalScene.line(noon - 60, 1)])
            let outcome = try await scene.read()
            #expect(outcome.entryCount == 1)
            #expect(outcome.incomplete.count == 1)
            #expect(outcome.incomplete.first?.hasPrefix("operation-1.csv:1: none of") == true)
            #expect(outcome.exitCode == 3)
        }
    }

    @Test("says that the clock was set back, and does not hold lines to be from the future")
    func clockSetBack() async throws {
        try await JournalScene.play { scene in
            try scene.append([JournalScene.line(noon, 1)])
            #expect(try await scene.read(at: noon).clockSetBackMinutes == nil)
            try scene.append([JournalScene.line(noon + 60, 2)])
            let outcome = try await scene.read(at: noon - 2 * 3_600)
            #expect(outcome.clockSetBackMinutes == 120)
            #expect(outcome.entryCount == 1)
            #expect(outcome.refused.isEmpty)
        }
    }

    @Test("without a journal, or with one that is no folder, says what to do")
    func misconfigured() async throws {
        try await FolderScene.play([:], settings: "") { scene in
            let error = await #expect(throws: ConfigurationError.self) {
                try await JournalIngest(
                    scene.configuration, resources: ResourceFolders(overrides: nil),
                    progress: SilentProgress()
                ).run()
            }
            #expect(error?.description.hasPrefix("there is no journal to read; name its") == true)
        }
    }
}
