import PostgresClient
import Records
import Storage
import Testing

@Suite("Runs")
struct RunTests {
    @Test("a second start is told which run holds the job")
    func held() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            try await store.withJobLock("nightly", holder: "first:1") { lock in
                let run = try await store.startRun(lock, engine: "1")
                do {
                    try await store.withJobLock("nightly", holder: "second:2") { second in
                        try await second.requireHeld()
                        Issue.record("the lock was given twice")
                    }
                } catch StorageError.jobIsRunning(let job, let holding, let holder, _) {
                    #expect(job == "nightly")
                    #expect(holding == run.id)
                    #expect(holder == "first:1")
                }
                // Another job is not concerned.
                try await store.withJobLock("monthly", holder: "second:2") {
                    try await $0.requireHeld()
                }
            }
            try await store.withJobLock("nightly", holder: "second:2") { lock in
                try await lock.requireHeld()
            }
        }
    }

    @Test("a process that loses its lock's session learns it between stages")
    func lostLock() async throws {
        try await StoreTesting.run { testing in
            let holder = """
                SELECT pg_terminate_backend(pid, 10000)::text FROM pg_locks
                WHERE locktype = 'advisory'
                    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """
            await #expect(throws: PostgresError.self) {
                try await testing.store.withJobLock("nightly", holder: "first") { lock in
                    try await lock.requireHeld()
                    #expect(try await testing.texts(holder) == ["true"])
                    try await lock.requireHeld()
                }
            }
        }
    }

    @Test("a run that died goes on from its last finished stage")
    func resumed() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            func start(
                _ parameters: [String: String], _ resumption: Resumption
            ) async throws -> Run {
                try await store.withJobLock("nightly", holder: "test") { lock in
                    try await store.startRun(
                        lock, parameters: parameters, engine: "1", resumption: resumption)
                }
            }
            let day = Resumption.ifDied(within: .seconds(86_400))
            let died = try await start(["entity": "counterparty"], day)
            #expect(try await store.beginStage(died.id, "collect"))
            try await store.finishStage(died.id, "collect", counts: ["records": 3])
            #expect(try await store.beginStage(died.id, "link"))

            let resumed = try await start(["entity": "counterparty"], day)
            #expect(resumed.id == died.id)
            #expect(resumed.resumedAt != nil)
            #expect(resumed.stages.map(\.name) == ["collect", "link"])
            #expect(resumed.stages.map(\.state) == [.done, .running])
            #expect(resumed.stages[0].counts == ["records": 3])
            #expect(try await !store.beginStage(died.id, "collect"))
            #expect(try await store.beginStage(died.id, "link"))
            #expect(try await store.run(died.id).stages[1].attempts == 2)

            // Other parameters or too long ago: a new run, and the dead one is given up.
            let other = try await start(["entity": "product"], day)
            #expect(other.id != died.id)
            #expect(try await store.run(died.id).state == .abandoned)
            let late = try await start(["entity": "product"], .ifDied(within: .seconds(-1)))
            #expect(late.id != other.id)
            try await store.finishRun(late.id, .incomplete, modelVersion: "m1")
            let next = try await start(["entity": "product"], day)
            #expect(next.id != late.id)
            #expect(try await store.runs(limit: 2).map(\.id) == [next.id, late.id])
            #expect(try await store.run(late.id).modelVersion == "m1")
        }
    }

    @Test("a failed run goes on when it is asked for, a finished one does not")
    func resumedByNumber() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            let failed = try await testing.startRun()
            _ = try await store.beginStage(failed, "collect")
            try await store.failStage(failed, "collect", error: "the source is away")
            try await store.finishRun(failed, .failed, error: "the source is away")
            try await store.withJobLock("nightly", holder: "test") { lock in
                let run = try await store.startRun(lock, engine: "1", resumption: .run(failed))
                #expect(run.id == failed)
                #expect(run.state == .running)
                #expect(run.error == nil)
                try await store.finishRun(failed, .succeeded)
                await #expect(throws: StorageError.notResumable(run: failed)) {
                    try await store.startRun(lock, engine: "1", resumption: .run(failed))
                }
            }
        }
    }
}
