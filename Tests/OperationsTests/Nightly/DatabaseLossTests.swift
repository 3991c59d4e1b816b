import Foundation
import PostgresClient
import Records
import Storage
import Synchronization
import Testing

@testable import Operations

@Suite("The job and its database", .timeLimit(.minutes(10)))
struct DatabaseLossTests {
    /// Does something once, at the beginning of a stage.
    private final class AtStage: ProgressDisplay {
        private let stage: String
        private let action: Mutex<(@Sendable () -> Void)?>

        init(_ stage: String, _ action: @escaping @Sendable () -> Void) {
            self.stage = stage
            self.action = Mutex(action)
        }

        func begin(_ stage: ProgressStage) {
            guard stage.title.hasPrefix(self.stage) else { return }
            let due = action.withLock { action in
                defer { action = nil }
                return action
            }
            due?()
        }
        func advance(_ stage: ProgressStage, done: Int, total: Int?) {}
        func note(_ stage: ProgressStage, _ part: String) {}
        func end(_ stage: ProgressStage, result: String) {}
        func warn(_ message: String) {}
    }

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
