import DatabaseTestSupport
import PostgresClient
import Testing

@Suite("Errors") struct ErrorTests {
    @Test(
        "the SQLSTATE's class gives the kind, and no message holds a value",
        arguments: [
            ("SELECT $1::int", .dataInvalid, "22P02"),
            ("SELECT $1::date", .dataInvalid, "22007"),
            ("SELECT ('9' || length($1) || '99999999999')::int", .dataInvalid, "22003"),
            ("SELECT $1::jsonb", .dataInvalid, "22P02"),
            ("SELECT ('{' || $1)::text[]", .dataInvalid, "22P02"),
            ("SELECT nothing FROM pg_class WHERE relname = $1", .statementInvalid, "42703"),
            ("SELEC $1", .statementInvalid, "42601"),
            ("INSERT INTO item VALUES (1, $1)", .constraintViolated(name: "item_pkey"), "23505"),
            ("INSERT INTO item VALUES (2, $1)", .constraintViolated(name: "short"), "23514"),
            ("INSERT INTO item VALUES (NULL, $1)", .constraintViolated(name: ""), "23502"),
            ("SELECT raise($1)", .other, "P0001"),
        ] as [(String, PostgresError.Kind, String)])
    func kinds(text: String, kind: PostgresError.Kind, state: String) async throws {
        try await withConnection { connection in
            try await connection.runScript(
                sql(
                    """
                    CREATE TABLE item (id int PRIMARY KEY,
                        name text CONSTRAINT short CHECK (length(name) < 4 OR id = 1));
                    INSERT INTO item VALUES (1, 'a');
                    CREATE FUNCTION raise(what text) RETURNS int LANGUAGE plpgsql AS
                        $$ BEGIN RAISE 'refused "%"', what; END $$;
                    """))
            let error = try await postgresError(of: {
                try await connection.query(sql(text, name: "area/name"), ["Ivanov \"7\" Ivan"])
            })
            #expect(error.kind == kind)
            #expect(error.sqlState == state)
            #expect(error.statement == "area/name")
            #expect(!"\(error)".contains("Ivan"))
            #expect(try await connection.value("SELECT 1").int == 1)
        }
    }

    @Test("what the role may not do is a matter of permission")
    func permission() async throws {
        try await withConnection { connection in
            try await connection.runScript(
                sql("CREATE TABLE closed (id int); SET ROLE pg_monitor"))
            let error = try await postgresError(of: {
                try await connection.query(sql("SELECT * FROM closed"))
            })
            #expect(error.kind == .permissionDenied)
        }
    }

    @Test("a statement that takes longer than it may is a time-out")
    func timeOut() async throws {
        try await withTestDatabase { configuration in
            var configuration = configuration
            configuration.statementTimeout = .milliseconds(20)
            let connection = try PostgresConnection(configuration)
            let error = try await postgresError(of: {
                try await connection.query(sql("SELECT pg_sleep(60)"))
            })
            #expect(error.kind == .timedOut)
            #expect(try await connection.value("SELECT 1").int == 1)
        }
    }

    @Test("a statement that somebody else cancels is cancelled, not the task")
    func cancelledByOther() async throws {
        try await withTestDatabase { configuration in
            let connection = try PostgresConnection(configuration)
            let other = try PostgresConnection(configuration)
            let backend = try await connection.backend()
            async let failed = postgresError(of: {
                try await connection.query(sql("SELECT pg_sleep(60)", name: "sleep"))
            })
            try await other.wait(
                until: "state = 'active' AND query LIKE '%pg_sleep%' FROM pg_stat_activity"
                    + " WHERE pid = $1", [.int(backend)])
            _ = try await other.query(sql("SELECT pg_cancel_backend($1)"), [.int(backend)])
            #expect(try await failed.kind == .cancelled)
        }
    }

    @Test("a serialization failure can be retried")
    func serialization() async throws {
        try await withTestDatabase { configuration in
            let one = try PostgresConnection(configuration)
            let two = try PostgresConnection(configuration)
            try await one.runScript(sql("CREATE TABLE item (id int); INSERT INTO item VALUES (1)"))
            let error = try await postgresError(of: {
                try await one.withTransaction(isolation: .repeatableRead) { one in
                    _ = try await one.query(sql("SELECT * FROM item"))
                    try await two.execute(sql("UPDATE item SET id = 2"))
                    try await one.execute(sql("UPDATE item SET id = 3"))
                }
            })
            #expect(error.kind == .retryable)
            #expect(try await one.value("SELECT id FROM item").int == 2)
        }
    }
}
