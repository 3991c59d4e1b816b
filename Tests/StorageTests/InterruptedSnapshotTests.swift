import PostgresClient
import Records
import Storage
import Testing

/// What `kill -9`, a lost server or a second run leave behind.
@Suite("Interrupted snapshots", .timeLimit(.minutes(10)))
struct InterruptedSnapshotTests {
    /// Enough records that the writer stages some before it commits.
    private func many(_ testing: StoreTesting, _ count: Int = 5_000) -> [Record] {
        (1...count).map { testing.record("\($0)", ["name": .text("Имя \($0)")], payload: "{}") }
    }

    /// That nothing can be seen of a snapshot that was interrupted, and the next one goes on.
    private func expectRecovery(_ testing: StoreTesting) async throws {
        #expect(try await testing.store.snapshots() == [])
        #expect(try await testing.texts("SELECT id::text FROM record_version") == [])
        let snapshot = try await testing.take(many(testing))
        #expect(snapshot.recordCount == 5_000)
        #expect(try await testing.load(snapshot).count == 5_000)
        #expect(try await testing.texts("SELECT load_id::text FROM staging_record") == [])
        #expect(try await testing.texts("SELECT id::text FROM snapshot_load") == [])
    }

    @Test("a process that dies while it reads leaves only what the next load removes")
    func abandoned() async throws {
        try await StoreTesting.run { testing in
            let run = try await testing.startRun()
            let writer = try await testing.store.beginSnapshot(
                source: testing.source, entity: testing.counterparty, run: run)
            try await writer.append(many(testing))
            #expect(try await !testing.texts("SELECT load_id::text FROM staging_record").isEmpty)
            try await expectRecovery(testing)
        }
    }

    @Test("a session that is ended in the middle of COPY keeps none of its rows")
    func killedInCopy() async throws {
        try await StoreTesting.run { testing in
            let run = try await testing.startRun()
            let writer = try await testing.store.beginSnapshot(
                source: testing.source, entity: testing.counterparty, run: run)
            let payload = String(repeating: "x", count: 10_000)
            let records = (1...20_000).map { testing.record("\($0)", payload: payload) }
            // Ends the session that copies, once the server has taken rows of it.
            let kill = Statement(
                name: "kill",
                text: """
                    SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_progress_copy
                    WHERE datname = current_database() AND tuples_processed > 0
                    """)
            let other = try PostgresConnection(testing.configuration)
            let appending = Task { try await writer.append(records) }
            while try await other.query(kill).isEmpty { await Task.yield() }
            await #expect(throws: PostgresError.self) { try await appending.value }
            await other.close()
            try await writer.abort()
            #expect(try await testing.texts("SELECT load_id::text FROM staging_record") == [])
            try await expectRecovery(testing)
        }
    }

    @Test("a session that is ended in the middle of the commit changes nothing")
    func killedInCommit() async throws {
        try await StoreTesting.run { testing in
            let run = try await testing.startRun()
            let writer = try await testing.store.beginSnapshot(
                source: testing.source, entity: testing.counterparty, run: run)
            try await writer.append(many(testing))
            let block = Statement(name: "block", text: "LOCK TABLE record_version")
            // Ends the session that waits for the lock, once there is one.
            let kill = Statement(
                name: "kill",
                text: """
                    SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
                    WHERE datname = current_database() AND wait_event_type = 'Lock'
                    """)
            let blocker = try PostgresConnection(testing.configuration)
            let failure = try await blocker.withTransaction { connection in
                _ = try await connection.runScript(block)
                async let commit = writer.commit(Certificate())
                while try await connection.query(kill).isEmpty { await Task.yield() }
                do {
                    _ = try await commit
                    return false
                } catch is PostgresError {
                    return true
                }
            }
            await blocker.close()
            #expect(failure)
            try await expectRecovery(testing)
        }
    }

    @Test("staged rows that a server crash emptied make the snapshot fail, not shrink")
    func lostStaging() async throws {
        try await StoreTesting.run { testing in
            let run = try await testing.startRun()
            let writer = try await testing.store.beginSnapshot(
                source: testing.source, entity: testing.counterparty, run: run)
            try await writer.append(many(testing))
            _ = try await testing.texts("DELETE FROM staging_record RETURNING record_id")
            await #expect(throws: StorageError.stagedRowsLost(staged: 5_000, found: 1_000)) {
                try await writer.commit(Certificate())
            }
            try await expectRecovery(testing)
        }
    }

    @Test("of two loads of the same thing the later one counts")
    func superseded() async throws {
        try await StoreTesting.run { testing in
            let run = try await testing.startRun()
            let early = try await testing.store.beginSnapshot(
                source: testing.source, entity: testing.counterparty, run: run)
            try await early.append(many(testing))
            let late = try await testing.take([testing.record("a")])
            await #expect(
                throws: StorageError.snapshotSuperseded(
                    source: testing.source, entity: testing.counterparty.name)
            ) { try await early.commit(Certificate()) }
            #expect(try await testing.store.snapshots() == [late])
        }
    }

    @Test("an aborted snapshot leaves nothing")
    func aborted() async throws {
        try await StoreTesting.run { testing in
            let run = try await testing.startRun()
            let writer = try await testing.store.beginSnapshot(
                source: testing.source, entity: testing.counterparty, run: run)
            try await writer.append(many(testing))
            try await writer.abort()
            #expect(try await testing.texts("SELECT load_id::text FROM staging_record") == [])
            try await expectRecovery(testing)
        }
    }
}
