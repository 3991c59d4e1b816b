import DatabaseTestSupport
import Foundation
import PostgresClient
import Synchronization
import Testing

@Suite("COPY") struct CopyTests {
    private static let table = sql(
        """
        CREATE TABLE item (id bigint, small int, name text, payload jsonb, price numeric,
            is_open boolean, day date, at timestamptz, key uuid, bytes bytea, ratio float8,
            tags text[], numbers bigint[])
        """)
    private static let load = sql("COPY item FROM STDIN (FORMAT binary)", name: "item/load")
    private static let unload = sql(
        "COPY (SELECT * FROM item ORDER BY id) TO STDOUT (FORMAT binary)", name: "item/unload")

    @Test("every type is written as SQL's literal is")
    func types() async throws {
        try await withConnection { connection in
            try await connection.execute(Self.table)
            let count = try await connection.copyIn(Self.load) { writer in
                try await writer.row { row in
                    row.int64(.min)
                    row.int32(-7)
                    row.text("Ы\t\n\\N\"'")
                    row.jsonb(#"{"a": [1, null]}"#)
                    row.numeric("-12345678901234567890.0000123400")
                    row.bool(true)
                    row.date(.day(year: 1999, month: 12, day: 31))
                    row.timestamptz(microseconds: 1_709_210_096_123_456)
                    row.uuid(UUID(uuid: (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)))
                    row.bytes([0, 255])
                    row.double(-0.1)
                    row.textArray(["a", nil, "\"b\",{}", ""])
                    row.int64Array([1, -2])
                }
                try await writer.row { row in for _ in 0..<13 { row.null() } }
                try await writer.row { row in
                    for _ in 0..<6 { row.null() }
                    row.date(.infinity)
                    row.timestamptz(microseconds: .min)
                    for _ in 0..<3 { row.null() }
                    row.textArray([String]())
                    row.int64Array([])
                }
            }
            #expect(count == 3)
            let same = try await connection.value(
                #"""
                SELECT row(item.*) = row((-9223372036854775808)::bigint, -7, E'Ы\t\n\\N"''',
                    '{"a": [1, null]}'::jsonb, -12345678901234567890.0000123400, true,
                    '1999-12-31'::date, '2024-02-29 12:34:56.123456+00'::timestamptz,
                    '00010203-0405-0607-0809-0a0b0c0d0e0f'::uuid, '\x00ff'::bytea,
                    '-0.1'::float8, ARRAY['a', NULL, '"b",{}', ''], ARRAY[1, -2]::bigint[])
                FROM item WHERE id IS NOT NULL
                """#)
            #expect(try same.bool)
            let scale = try await connection.value("SELECT scale(price) FROM item WHERE id < 0")
            #expect(try scale.int == 10)
            let rest = try await connection.query(
                sql("SELECT num_nonnulls(item.*) = 0 FROM item WHERE id IS NULL AND day IS NULL"))
            #expect(rest.count == 1)
            let infinite = try await connection.value(
                "SELECT at = '-infinity' AND tags = '{}' AND numbers = '{}' FROM item WHERE day = 'infinity'"
            )
            #expect(try infinite.bool)
        }
    }

    @Test("every type is read as SQL prints it")
    func reading() async throws {
        try await withConnection { connection in
            try await connection.execute(Self.table)
            try await connection.runScript(
                sql(
                    #"""
                    INSERT INTO item VALUES (-5, 6, 'Ы', '{"a": 1}', 0.00012300, false, '0044-03-15 BC',
                        '2024-02-29 12:34:56.5+00', '00010203-0405-0607-0809-0a0b0c0d0e0f', '\x00ff',
                        'NaN', '{a,NULL}', '{9223372036854775807,NULL}');
                    INSERT INTO item (id) VALUES (-4);
                    """#))
            try await connection.copyOut(Self.unload) { rows in
                var iterator = rows.makeAsyncIterator()
                var row = try #require(try await iterator.next())
                #expect(row.columnCount == 13)
                #expect(try row.int64() == -5)
                #expect(try row.int64() == 6)
                #expect(try row.text() == "Ы")
                #expect(try row.jsonb() == #"{"a": 1}"#)
                #expect(try row.numeric() == "0.00012300")
                #expect(try !row.bool())
                #expect(try row.date() == .day(year: -43, month: 3, day: 15))
                #expect(try row.timestamptz() == 1_709_210_096_500_000)
                #expect(try row.uuid().uuidString == "00010203-0405-0607-0809-0A0B0C0D0E0F")
                #expect(try row.bytea() == [0, 255])
                #expect(try row.double().isNaN)
                #expect(try row.textArray() == ["a", nil])
                #expect(try row.int64Array() == [.max, nil])
                let past = try await postgresError(of: { try row.text() })
                #expect(past.kind == .decodingFailed(column: "14"))
                var empty = try #require(try await iterator.next())
                try empty.skip()
                let null = try await postgresError(of: { try empty.int64() })
                #expect(
                    null.message
                        == "column 2 of COPY is NULL, where a value of type bigint is needed")
                #expect(try empty.optionalText() == nil)
                #expect(try await iterator.next() == nil)
            }
        }
    }

    @Test(
        "decimal numbers survive both ways, compared with the server's own text",
        arguments: [0, 1, 2])
    func numerics(seed: Int) async throws {
        var state = UInt64(seed &+ 1) &* 0x9E37_79B9_7F4A_7C15
        func random(_ bound: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(bound))
        }
        let texts = (0..<500).map { _ in
            let whole = (0...random(24)).map { _ in String(random(3) == 0 ? 0 : random(10)) }
                .joined()
            let fraction = (0..<random(14)).map { _ in String(random(3) == 0 ? 0 : random(10)) }
            return (random(2) == 0 ? "-" : "") + whole
                + (fraction.isEmpty ? "" : "." + fraction.joined())
        }
        try await withConnection { connection in
            try await connection.execute(
                sql("CREATE TABLE n (id bigint, written text, read numeric)"))
            try await connection.copyIn(sql("COPY n FROM STDIN (FORMAT binary)")) { writer in
                for (id, text) in texts.enumerated() {
                    try await writer.row { row in
                        row.int64(Int64(id))
                        row.text(text)
                        row.numeric(text)
                    }
                }
            }
            let wrong = try await connection.value(
                "SELECT count(*) FROM n WHERE read::text <> written::numeric::text")
            #expect(try wrong.int == 0)
            let statement = sql("COPY (SELECT read::text, read FROM n) TO STDOUT (FORMAT binary)")
            try await connection.copyOut(statement) { rows in
                for try await row in rows {
                    var row = row
                    let text = try row.text()
                    #expect(try row.numeric() == text)
                }
            }
        }
    }

    @Test("100 000 rows go in and come out, the same as psql counts them")
    func many() async throws {
        try await withTestDatabase { configuration in
            let connection = try PostgresConnection(configuration)
            try await connection.execute(sql("CREATE TABLE big (id bigint, name text)"))
            let load = sql("COPY big FROM STDIN (FORMAT binary)")
            let count = try await connection.copyIn(load) { writer in
                for id in 0..<100_000 {
                    try await writer.row { row in
                        row.int64(Int64(id))
                        row.text("Контрагент \(id)")
                    }
                }
                #expect(writer.rowCount == 100_000)
            }
            #expect(count == 100_000)
            #expect(
                try psql(configuration, "SELECT count(*), sum(id), max(name) FROM big")
                    == "100000|4999950000|Контрагент 99999")
            var sum: Int64 = 0
            var names = 0
            let unload = sql("COPY big TO STDOUT (FORMAT binary)")
            try await connection.copyOut(unload) { rows in
                for try await row in rows {
                    var row = row
                    let id = try row.int64()
                    sum += id
                    if try row.text() == "Контрагент \(id)" { names += 1 }
                }
            }
            #expect(sum == 4_999_950_000)
            #expect(names == 100_000)
        }
    }

    @Test("a body that throws leaves no row, and the connection goes on")
    func abandoned() async throws {
        struct Refusal: Error {}
        try await withConnection { connection in
            try await connection.execute(sql("CREATE TABLE big (id bigint, name text)"))
            let error = try await failure(of: {
                try await connection.copyIn(sql("COPY big FROM STDIN (FORMAT binary)")) { writer in
                    for id in 0..<50_000 {
                        try await writer.row { row in
                            row.int64(Int64(id))
                            row.text("name")
                        }
                    }
                    throw Refusal()
                }
            })
            #expect(error is Refusal)
            #expect(try await connection.value("SELECT count(*) FROM big").int == 0)
        }
    }

    @Test("a row that cannot be stored names its column and can be left out")
    func badRow() async throws {
        try await withConnection { connection in
            try await connection.execute(sql("CREATE TABLE big (id bigint, name text)"))
            let count = try await connection.copyIn(sql("COPY big FROM STDIN (FORMAT binary)")) {
                writer in
                try await writer.row { row in
                    row.int64(1)
                    row.text("a")
                }
                let nul = try await postgresError(of: {
                    try await writer.row { row in
                        row.int64(2)
                        row.text("secret\0")
                    }
                })
                #expect(
                    nul.message == "the value of column 2 of the row holds a NUL character, "
                        + "which PostgreSQL cannot store, in row 2 of COPY")
                let short = try await postgresError(of: {
                    try await writer.row { row in row.int64(2) }
                })
                #expect(short.message.contains("row 2 of COPY has 1 columns"))
            }
            #expect(count == 1)
        }
    }

    @Test("what the server refuses is an error without the row's values")
    func refusedRow() async throws {
        try await withConnection { connection in
            try await connection.execute(sql("CREATE TABLE big (id bigint PRIMARY KEY, name text)"))
            let error = try await postgresError(of: {
                try await connection.copyIn(
                    sql("COPY big FROM STDIN (FORMAT binary)", name: "load")
                ) { writer in
                    for _ in 0..<2 {
                        try await writer.row { row in
                            row.int64(1)
                            row.text("secret")
                        }
                    }
                }
            })
            #expect(error.kind == .constraintViolated(name: "big_pkey"))
            #expect(error.statement == "load")
            #expect(!"\(error)".contains("secret"))
            #expect(try await connection.value("SELECT count(*) FROM big").int == 0)
        }
    }

    @Test("rows left unread are given up, and the connection goes on")
    func unread() async throws {
        try await withConnection { connection in
            let statement = sql(
                "COPY (SELECT n, repeat('x', 1000) FROM generate_series(1, 10000000) AS n)"
                    + " TO STDOUT (FORMAT binary)")
            let first = try await connection.copyOut(statement) { rows in
                var iterator = rows.makeAsyncIterator()
                var row = try #require(try await iterator.next())
                return try row.int64()
            }
            #expect(first == 1)
            #expect(try await connection.value("SELECT 1").int == 1)
        }
    }

    @Test("a slow reader makes the server wait instead of filling the memory")
    func backPressure() async throws {
        try await withTestDatabase { configuration in
            let connection = try PostgresConnection(configuration)
            let other = try PostgresConnection(configuration)
            let backend = try await connection.backend()
            let statement = sql(
                "COPY (SELECT n, repeat('x', 1000) FROM generate_series(1, 1000000) AS n)"
                    + " TO STDOUT (FORMAT binary)")
            try await connection.copyOut(statement) { rows in
                var iterator = rows.makeAsyncIterator()
                _ = try await iterator.next()
                // One gigabyte is under way; the server gets no further than the socket's buffer.
                try await other.wait(
                    until: "wait_event = 'ClientWrite' FROM pg_stat_activity WHERE pid = $1",
                    [.int(backend)])
                #expect(try residentMegabytes() < 400)
            }
        }
    }

    @Test("a server that does not take rows makes the writer wait instead of filling the memory")
    func backPressureIn() async throws {
        try await withTestDatabase { configuration in
            let connection = try PostgresConnection(configuration)
            let other = try PostgresConnection(configuration)
            try await other.runScript(
                sql(
                    """
                    CREATE TABLE heap (id bigint, bytes bytea);
                    CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS
                        'BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NEW; END';
                    CREATE TRIGGER hold BEFORE INSERT ON heap FOR EACH ROW EXECUTE FUNCTION hold();
                    SELECT pg_advisory_lock(1)
                    """))
            let backend = try await connection.backend()
            let written = Mutex(0)
            let megabyte = [UInt8](repeating: 7, count: 1 << 20)
            async let copied = connection.copyIn(
                sql("COPY heap FROM STDIN (FORMAT binary)", name: "heap/load")
            ) { writer in
                for id in 0..<200 {
                    try await writer.row { row in
                        row.int64(Int64(id))
                        row.bytes(megabyte)
                    }
                    written.withLock { $0 += 1 }
                }
            }
            try await other.wait(
                until: "wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = $1",
                [.int(backend)])
            // So many turns that a writer that waits for nothing would long be through.
            for _ in 0..<500 { _ = try await other.value("SELECT 1") }
            #expect(written.withLock { $0 } < 100)
            _ = try await other.value("SELECT pg_advisory_unlock(1)")
            #expect(try await copied == 200)
        }
    }

    @Test("a statement of another kind is refused, and the connection goes on")
    func misused() async throws {
        try await withConnection { connection in
            for text in [
                "SELECT 1", "COPY pg_class TO STDOUT", "COPY pg_class TO STDOUT (FORMAT binary)",
            ] {
                let error = try await postgresError(of: {
                    try await connection.copyIn(sql(text)) { _ in }
                })
                #expect(error.kind == .misused)
                #expect(try await connection.value("SELECT 1").int == 1)
            }
            let error = try await postgresError(of: {
                try await connection.query(sql("COPY pg_class TO STDOUT (FORMAT binary)"))
            })
            #expect(error.kind == .misused)
            #expect(try await connection.value("SELECT 1").int == 1)
        }
    }

    @Test("while rows stream, another statement on the connection is refused")
    func busy() async throws {
        try await withConnection { connection in
            let statement = sql(
                "COPY (SELECT generate_series(1, 1000)) TO STDOUT (FORMAT binary)", name: "numbers")
            try await connection.copyOut(statement) { rows in
                let error = try await postgresError(of: { try await connection.value("SELECT 1") })
                #expect(error.kind == .misused)
                var count = 0
                for try await _ in rows { count += 1 }
                #expect(count == 1000)
            }
            try await connection.copyOut(statement) { _ in }
            #expect(try await connection.value("SELECT 1").int == 1)
        }
    }

    @Test("a failure among streamed rows is thrown after the rows before it")
    func failureInStream() async throws {
        try await withConnection { connection in
            var count = 0
            let error = try await postgresError(of: {
                try await connection.copyOut(
                    sql(
                        "COPY (SELECT 10 / (1000 - n) FROM generate_series(1, 2000) AS n) "
                            + "TO STDOUT (FORMAT binary)")
                ) { rows in
                    for try await _ in rows { count += 1 }
                }
            })
            #expect(error.sqlState == "22012")
            #expect(count <= 999)
            #expect(try await connection.value("SELECT 1").int == 1)
        }
    }
}

/// The memory that the process has in use.
private func residentMegabytes() throws -> Int {
    let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * 4096 >> 20
}
