import Foundation
import PostgresClient
import Records
import Storage
import Testing

@testable import Operations

@Suite("The job and its database", .timeLimit(.minutes(10)))
struct DatabaseLossTests {
    /// Ends the job's sessions at the beginning of a stage, before the stage goes on.
    private func cut(at stage: String, of scene: NightScene) -> AtStage {
        AtStage(stage) {
            do { try scene.cutConnections() } catch { Issue.record(error) }
        }
    }

    @Test(
        "a database that goes away ends the job with an error; the next run goes on",
        arguments: ["counterparty from 1c", "counterparty from bitrix24", "compare"])
    func lost(stage: String) async throws {
        try await NightScene.play { scene in
            await #expect(throws: PostgresError.self) {
                try await scene.night(progress: cut(at: stage, of: scene))
            }
            let next = try await scene.night()
            let snapshots = try await scene.withStore { try await $0.snapshots(run: next.run) }

            #expect(next.exitCode == 0)
            #expect(next.entities[0].findings.count > 10)
            #expect(snapshots.allSatisfy { $0.isCertified })
        }
    }

    @Test("a database that is back before it is needed again costs nothing")
    func back() async throws {
        try await NightScene.play { scene in
            let outcome = try await scene.night(progress: cut(at: "report", of: scene))

            #expect(outcome.exitCode == 0)
            #expect(outcome.files.count == 2)
        }
    }

    @Test("a second job is turned away while the first one runs, and told who runs it")
    func locked() async throws {
        try await NightScene.play { scene in
            try await scene.withStore { store in
                try await store.withJobLock(NightlyAudit.job, holder: "the other one") { _ in
                    let error = await #expect(throws: StorageError.self) {
                        try await scene.night()
                    }
                    #expect(error?.exitCode == 4)
                    #expect(error?.explanation.contains("the other one") == true)
                }
            }
        }
    }
}
