import DatabaseTestSupport
import PostgresClient
import Testing

@Suite("Transactions and locks") struct TransactionTests {
    private struct Refusal: Error {}

    @Test("what a body that throws did is rolled back; the error is the body's")
    func rollback() async throws {
        try await withConnection { connection in
            try await connection.execute(sql("CREATE TABLE item (id int)"))
            let error = try await failure(of: {
                try await connection.withTransaction { connection in
                    try await connection.execute(sql("INSERT INTO item VALUES (1)"))
                    throw Refusal()
                }
            })
            #expect(error is Refusal)
            #expect(try await connection.value("SELECT count(*) FROM item").int == 0)
        }
    }

    @Test("a savepoint undoes its own part only")
    func savepoints() async throws {
        try await withConnection { connection in
            try await connection.execute(sql("CREATE TABLE item (id int PRIMARY KEY)"))
            try await connection.withTransaction { connection in
                try await connection.execute(sql("INSERT INTO item VALUES (1)"))
                for id in [1, 2] {
                    _ = try? await connection.withSavepoint { connection in
                        try await connection.execute(
                            sql("INSERT INTO item VALUES ($1)"), [.int(id + 10)])
                        try await connection.execute(
                            sql("INSERT INTO item VALUES ($1)"), [.int(id)])
                    }
                }
            }
            let ids = try await connection.query(sql("SELECT id FROM item ORDER BY id"))
            #expect(try ids.map { try $0[0].int } == [1, 2, 12])
        }
    }

    @Test("a body that ignores a statement's failure does not believe itself committed")
    func swallowed() async throws {
        try await withConnection { connection in
            let error = try await postgresError(of: {
                try await connection.withTransaction { connection in
                    _ = try? await connection.query(sql("SELECT 1/0"))
                }
            })
            #expect(error.kind == .statementInvalid)
            #expect(error.message.contains("rolled back"))
            try await connection.withTransaction { _ in }
        }
    }

    @Test("a transaction inside of a transaction is refused, and the outer one lives on")
    func nested() async throws {
        try await withConnection { connection in
            try await connection.withTransaction { connection in
                let error = try await postgresError(of: {
                    try await connection.withTransaction { _ in }
                })
                #expect(error.kind == .misused)
                #expect(try await connection.value("SELECT 1").int == 1)
            }
        }
    }

    @Test("a read-only transaction writes nothing")
    func readOnly() async throws {
        try await withConnection { connection in
            let error = try await postgresError(of: {
                try await connection.withTransaction(readOnly: true) { connection in
                    try await connection.execute(sql("CREATE TABLE item (id int)"))
                }
            })
            #expect(error.sqlState == "25006")
        }
    }

    @Test("a lock that one session holds is not given to another until it is released")
    func contention() async throws {
        try await withTestDatabase { configuration in
            let one = try PostgresConnection(configuration)
            let two = try PostgresConnection(configuration)
            let key = AdvisoryLockKey(name: "nightly")
            #expect(try await one.tryAdvisoryLock(key))
            #expect(try await !two.tryAdvisoryLock(key))
            #expect(
                try await two.withTransaction { try await !$0.tryTransactionLock(key) })
            await one.releaseAdvisoryLock(key)
            #expect(
                try await two.withTransaction { try await $0.tryTransactionLock(key) })
            #expect(try await one.tryAdvisoryLock(key))
        }
    }

    @Test("a lock's key follows from its name in every process")
    func key() {
        // The first eight bytes of SHA-256("nightly"), by sha256sum.
        #expect(AdvisoryLockKey(name: "nightly").value == 3_043_134_503_785_307_926)
    }

    @Test("a lock that went with its session is noticed by the next statement")
    func lostLock() async throws {
        try await withTestDatabase { configuration in
            let one = try PostgresConnection(configuration)
            let two = try PostgresConnection(configuration)
            let key = AdvisoryLockKey(name: "nightly")
            #expect(try await one.tryAdvisoryLock(key))
            let backend = try await one.backend()
            try await two.terminate(backend)
            for _ in 1...2 {
                let error = try await postgresError(of: { try await one.value("SELECT 1") })
                #expect(error.kind == .connectionLost(outcomeUnknown: false))
            }
            await one.releaseAdvisoryLock(key)
            #expect(try await one.value("SELECT 1").int == 1)
            #expect(try await two.tryAdvisoryLock(key))
        }
    }
}

extension PostgresConnection {
    /// Ends another session and waits until it is gone.
    func terminate(_ backend: Int) async throws {
        _ = try await query(sql("SELECT pg_terminate_backend($1)"), [.int(backend)])
        try await wait(
            until: "NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = $1)", [.int(backend)])
    }
}
