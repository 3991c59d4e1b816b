import DatabaseTestSupport
import PostgresClient
import Testing

@Suite("Loss of the session, cancellation") struct LossTests {
    @Test("the next statement after the server hung up opens a new session")
    func reconnects() async throws {
        try await withTestDatabase { configuration in
            let one = try PostgresConnection(configuration)
            let two = try PostgresConnection(configuration)
            let before = try await one.backend()
            try await two.terminate(before)
            #expect(try await one.backend() != before)
        }
    }

    @Test("a statement under way when the session ends has an unknown outcome and is not repeated")
    func unknownOutcome() async throws {
        try await withTestDatabase { configuration in
            let one = try PostgresConnection(configuration)
            let two = try PostgresConnection(configuration)
            try await one.runScript(sql("CREATE SEQUENCE turns"))
            let backend = try await one.backend()
            async let lost = postgresError(of: {
                try await one.query(sql("SELECT nextval('turns'), pg_sleep(60)", name: "turn"))
            })
            try await two.wait(
                until: "wait_event = 'PgSleep' FROM pg_stat_activity WHERE pid = $1",
                [.int(backend)])
            try await two.terminate(backend)
            let error = try await lost
            #expect(error.kind == .connectionLost(outcomeUnknown: true))
            #expect(error.statement == "turn")
            #expect(error.description.contains("it was not repeated"))
            // Called once, by the statement that was lost.
            #expect(try await one.value("SELECT last_value FROM turns").int == 1)
        }
    }

    @Test("a transaction whose session ends is undone for certain, and fails to its end")
    func lostTransaction() async throws {
        try await withTestDatabase { configuration in
            let one = try PostgresConnection(configuration)
            let two = try PostgresConnection(configuration)
            try await one.execute(sql("CREATE TABLE item (id int)"))
            let error = try await postgresError(of: {
                try await one.withTransaction { one in
                    try await one.execute(sql("INSERT INTO item VALUES (1)"))
                    try await two.terminate(try await one.backend())
                    _ = try? await one.execute(sql("INSERT INTO item VALUES (2)"))
                    try await one.execute(sql("INSERT INTO item VALUES (3)"))
                }
            })
            #expect(error.kind == .connectionLost(outcomeUnknown: false))
            #expect(try await one.value("SELECT count(*) FROM item").int == 0)
        }
    }

    @Test("COPY whose session ends keeps no row, says so, and the next statement works")
    func lostCopy() async throws {
        try await withTestDatabase { configuration in
            let one = try PostgresConnection(configuration)
            let two = try PostgresConnection(configuration)
            try await one.execute(sql("CREATE TABLE item (id bigint, name text)"))
            let backend = try await one.backend()
            let error = try await postgresError(of: {
                try await one.copyIn(sql("COPY item FROM STDIN (FORMAT binary)", name: "load")) {
                    writer in
                    for id in 0..<1_000_000 {
                        if id == 20_000 { try await two.terminate(backend) }
                        try await writer.row { row in
                            row.int64(Int64(id))
                            row.text("a name of some length")
                        }
                    }
                }
            })
            #expect(error.kind == .connectionLost(outcomeUnknown: false))
            #expect(error.statement == "load")
            #expect(error.message.contains("no row was kept"))
            #expect(try await one.value("SELECT count(*) FROM item").int == 0)
        }
    }

    @Test("COPY from a server that ends the session is an error, not a short result")
    func lostCopyOut() async throws {
        try await withTestDatabase { configuration in
            let one = try PostgresConnection(configuration)
            let two = try PostgresConnection(configuration)
            let backend = try await one.backend()
            let error = try await postgresError(of: {
                try await one.copyOut(
                    sql("COPY (SELECT generate_series(1, 10000000)) TO STDOUT (FORMAT binary)")
                ) { rows in
                    var count = 0
                    for try await _ in rows {
                        count += 1
                        if count == 1000 { try await two.terminate(backend) }
                    }
                }
            })
            guard case .connectionLost = error.kind else {
                Issue.record("\(error)")
                return
            }
            #expect(try await one.value("SELECT 1").int == 1)
        }
    }

    @Test("cancelling the task cancels the statement; the session is the same afterwards")
    func cancels() async throws {
        try await withTestDatabase { configuration in
            let one = try PostgresConnection(configuration)
            let two = try PostgresConnection(configuration)
            let backend = try await one.backend()
            let task = Task { try await one.query(sql("SELECT pg_sleep(600)")) }
            try await two.wait(
                until: "wait_event = 'PgSleep' FROM pg_stat_activity WHERE pid = $1",
                [.int(backend)])
            task.cancel()
            let error = try await failure(of: { try await task.value })
            #expect(error is CancellationError)
            #expect(try await one.backend() == backend)
        }
    }

    @Test("a cancelled transaction is rolled back")
    func cancelsTransaction() async throws {
        try await withTestDatabase { configuration in
            let one = try PostgresConnection(configuration)
            let two = try PostgresConnection(configuration)
            try await one.execute(sql("CREATE TABLE item (id int)"))
            let backend = try await one.backend()
            let task = Task {
                try await one.withTransaction { one in
                    try await one.execute(sql("INSERT INTO item VALUES (1)"))
                    _ = try await one.query(sql("SELECT pg_sleep(600)"))
                }
            }
            try await two.wait(
                until: "wait_event = 'PgSleep' FROM pg_stat_activity WHERE pid = $1",
                [.int(backend)])
            task.cancel()
            let error = try await failure(of: { try await task.value })
            #expect(error is CancellationError)
            #expect(try await one.value("SELECT count(*) FROM item").int == 0)
            #expect(try await one.backend() == backend)
        }
    }

    @Test("a cancelled COPY keeps no row; the session is the same afterwards")
    func cancelsCopy() async throws {
        try await withTestDatabase { configuration in
            let one = try PostgresConnection(configuration)
            let two = try PostgresConnection(configuration)
            try await one.execute(sql("CREATE TABLE item (id bigint)"))
            let backend = try await one.backend()
            let task = Task {
                try await one.copyIn(sql("COPY item FROM STDIN (FORMAT binary)")) { writer in
                    while true { try await writer.row { row in row.int64(1) } }
                }
            }
            try await two.wait(
                until:
                    "EXISTS (SELECT FROM pg_stat_progress_copy WHERE pid = $1 AND bytes_processed > 0)",
                [.int(backend)])
            task.cancel()
            let error = try await failure(of: { try await task.value })
            #expect(error is CancellationError)
            #expect(try await one.value("SELECT count(*) FROM item").int == 0)
            #expect(try await one.backend() == backend)
        }
    }

    @Test("a task that is cancelled already runs no statement")
    func cancelledBefore() async throws {
        try await withConnection { connection in
            try await connection.execute(sql("CREATE TABLE item (id int)"))
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await connection.execute(sql("INSERT INTO item VALUES (1)"))
            }
            let error = try await failure(of: { try await task.value })
            #expect(error is CancellationError)
            #expect(try await connection.value("SELECT count(*) FROM item").int == 0)
        }
    }

    @Test("a schema that changes under a prepared statement does not break it")
    func replans() async throws {
        try await withConnection { connection in
            try await connection.execute(sql("CREATE TABLE item (id int)"))
            #expect(try await connection.query(sql("SELECT * FROM item")).isEmpty)
            try await connection.execute(sql("ALTER TABLE item ADD COLUMN name text"))
            #expect(try await connection.query(sql("SELECT * FROM item")).isEmpty)
        }
    }

    @Test("more statements than stay prepared work")
    func manyStatements() async throws {
        try await withConnection { connection in
            for number in 0..<300 {
                let sum = try await connection.value("SELECT \(number) + $1::int", [1])
                #expect(try sum.int == number + 1)
            }
        }
    }

    @Test("a closed connection says so")
    func closed() async throws {
        try await withConnection { connection in
            await connection.close()
            let error = try await postgresError(of: { try await connection.value("SELECT 1") })
            #expect(error.kind == .misused)
        }
    }
}
