import DatabaseTestSupport
import Foundation
import PostgresClient
import Testing

@Suite("Values") struct ValueTests {
    /// Each value bound as a parameter, cast by the server, against what the server prints for SQL's
    /// own literal.
    @Test(
        "a bound value is what SQL's literal is",
        arguments: [
            (.null, "text", "NULL"), (.bool(true), "boolean", "true"),
            (.int64(.max), "bigint", "9223372036854775807"),
            (.int64(.min), "bigint", "'-9223372036854775808'"),
            (.int64(-7), "smallint", "-7"), (.double(0.1), "double precision", "0.1"),
            (.double(-.infinity), "double precision", "'-Infinity'"),
            (.text("O'Neil \"Ы\" \\ 🙂"), "text", "E'O\\'Neil \"Ы\" \\\\ 🙂'"),
            (.text(""), "text", "''"), (.bytes([0, 255, 39, 92]), "bytea", "'\\x00ff275c'"),
            (
                .numeric("-12345678901234567890.000000000100"), "numeric",
                "-12345678901234567890.000000000100"
            ),
            (.date(year: 2024, month: 2, day: 29), "date", "'2024-02-29'"),
            (.date(year: -43, month: 3, day: 15), "date", "'0044-03-15 BC'"),
            (.date(.infinity), "date", "'infinity'"),
            (
                .timestamptz(microseconds: 1_709_210_096_123_456), "timestamptz",
                "'2024-02-29 15:34:56.123456+03'"
            ),
            (.timestamptz(microseconds: -1), "timestamptz", "'1969-12-31 23:59:59.999999+00'"),
            (.timestamptz(microseconds: .min), "timestamptz", "'-infinity'"),
            (
                .uuid(UUID(uuid: (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15))), "uuid",
                "'00010203-0405-0607-0809-0a0b0c0d0e0f'"
            ),
            (.jsonb(#"{"b": [1, "x"], "a": null}"#), "jsonb", #"'{"a":null,"b":[1,"x"]}'"#),
            (
                .textArray(["a", "", "NULL", "b,c", "\"q\"", "\\", "{}"]), "text[]",
                #"ARRAY['a','','NULL','b,c','"q"','\','{}']"#
            ),
            (.optionalTextArray(["a", nil]), "text[]", "ARRAY['a',NULL]"),
            (.textArray([]), "text[]", "'{}'"), (.int64Array([1, -2]), "bigint[]", "ARRAY[1,-2]"),
        ] as [(PostgresValue, String, String)])
    func bound(value: PostgresValue, type: String, literal: String) async throws {
        try await withConnection { connection in
            let same = try await connection.value(
                "SELECT $1::\(type) IS NOT DISTINCT FROM (\(literal))::\(type)", [value])
            #expect(try same.bool)
        }
    }

    @Test("psql sees what was stored")
    func psqlSees() async throws {
        try await withTestDatabase { configuration in
            let connection = try PostgresConnection(configuration)
            try await connection.execute(
                sql("CREATE TABLE item (name text, price numeric, at date)"))
            try await connection.execute(
                sql("INSERT INTO item VALUES ($1, $2, $3)"),
                ["Ёлка 'A'", .numeric("10.50"), .date(year: 2024, month: 1, day: 31)])
            await connection.close()
            #expect(try psql(configuration, "SELECT * FROM item") == "Ёлка 'A'|10.50|2024-01-31")
        }
    }

    @Test("every type is decoded")
    func decoded() async throws {
        try await withConnection { connection in
            let rows = try await connection.query(
                sql(
                    """
                    SELECT 'Ы'::text AS text, 32767::smallint AS small, (-5)::int AS int,
                        9223372036854775807 AS big, 1.10::numeric AS numeric, true AS bool,
                        0.1::float8 AS double, '2024-02-29'::date AS date,
                        '2024-02-29 12:00:00.5+00'::timestamptz AS at,
                        '0001-12-31 23:00:00+00 BC'::timestamptz AS bc,
                        '00010203-0405-0607-0809-0a0b0c0d0e0f'::uuid AS uuid,
                        '{"a": 1}'::jsonb AS jsonb, '\\x00ff'::bytea AS bytes,
                        ARRAY['a', NULL, 'b"c,\\', 'NULL'] AS texts, ARRAY[1, 2]::int[] AS numbers,
                        ARRAY[-9223372036854775808, 0, 9223372036854775807] AS far,
                        '{}'::bigint[] AS none, ARRAY[5]::smallint[] AS one,
                        ARRAY[1, NULL]::bigint[] AS holes, '[0:1]={7,8}'::bigint[] AS shifted,
                        ARRAY[[1, 2], [3, 4]] AS square,
                        '[0:1]={x,y}'::text[] AS bounds, 'infinity'::date AS forever,
                        '-infinity'::timestamptz AS never, NULL::bigint AS nothing,
                        'NaN'::numeric AS nan
                    """))
            let row = try #require(rows.first)
            #expect(try row["text"].text == "Ы")
            #expect(try row["small"].int == 32767)
            #expect(try row["int"].int64 == -5)
            #expect(try row["big"].int64 == .max)
            #expect(try row["numeric"].numeric == "1.10")
            #expect(try row["bool"].bool)
            #expect(try row["double"].double == 0.1)
            #expect(try row["date"].date == .day(year: 2024, month: 2, day: 29))
            #expect(try row["at"].timestamptz == 1_709_208_000_500_000)
            #expect(try row["bc"].timestamptz == -62_135_600_400_000_000)
            #expect(
                try row["uuid"].uuid.uuidString == "00010203-0405-0607-0809-0A0B0C0D0E0F")
            #expect(try row["jsonb"].jsonb == #"{"a": 1}"#)
            #expect(try row["bytes"].bytes == [0, 255])
            #expect(try row["texts"].textArrayWithNulls == ["a", nil, "b\"c,\\", "NULL"])
            #expect(try row["numbers"].int64Array == [1, 2])
            #expect(try row["far"].int64Array == [.min, 0, .max])
            #expect(try row["none"].int64Array == [])
            #expect(try row["one"].int64Array == [5])
            #expect(try row["shifted"].int64Array == [7, 8])
            for name in ["holes", "square"] {
                #expect(throws: PostgresError.self) { _ = try row[name].int64Array }
            }
            #expect(try row["bounds"].textArray == ["x", "y"])
            #expect(try row["forever"].date == .infinity)
            #expect(try row["never"].timestamptz == .min)
            #expect(try row["nothing"].optionalInt64 == nil)
            #expect(try row["nan"].numeric == "NaN")
            #expect(row.columnNames.first == "text")
        }
    }

    @Test("every day of four centuries survives the way to the server and back")
    func calendar() async throws {
        try await withConnection { connection in
            let rows = try await connection.query(
                sql(
                    """
                    SELECT day::date AS day, (day::date - '1970-01-01')::int AS count
                    FROM generate_series('1800-01-01'::timestamp, '2200-12-31', '1 day') AS day
                    """))
            #expect(rows.count > 146_000)
            for row in rows {
                let date = try row["day"].date
                let count = try row["count"].int
                guard date.daysSinceEpoch == count, PostgresDate(daysSinceEpoch: count) == date
                else {
                    Issue.record("\(date) is not \(count)")
                    return
                }
            }
        }
    }

    @Test("NULL where a value is needed names the column")
    func null() async throws {
        try await withConnection { connection in
            let row = try await connection.query(sql("SELECT NULL::text AS name", name: "a/b"))[0]
            let error = try await postgresError(of: { try row["name"].text })
            #expect(error.kind == .decodingFailed(column: "name"))
            #expect(
                error.description == "PostgreSQL, statement a/b: column name is NULL, "
                    + "where a value of type String is needed")
        }
    }

    @Test("another type, an unknown column and a number too large name the column, not the value")
    func mismatches() async throws {
        try await withConnection { connection in
            let row = try await connection.query(
                sql("SELECT 'secret' AS name, 1.5 AS price, 40000 AS count, ARRAY[NULL] AS list"))[
                    0]
            let errors = [
                try await postgresError(of: { try row["name"].int64 }),
                try await postgresError(of: { try row["price"].int64 }),
                try await postgresError(of: { try row["price"].double }),
                try await postgresError(of: { try row["count"].decode(Int16.self) }),
                try await postgresError(of: { try row["list"].textArray }),
                try await postgresError(of: { try row["absent"].text }),
                try await postgresError(of: { try row[9].text }),
            ]
            let columns = ["name", "price", "price", "count", "list", "absent", "number 9"]
            #expect(errors.map(\.kind) == columns.map { .decodingFailed(column: $0) })
            #expect(errors.allSatisfy { !"\($0)".contains("secret") })
        }
    }

    @Test("a NUL character in a text is refused before it is sent")
    func nul() async throws {
        try await withConnection { connection in
            let error = try await postgresError(of: {
                try await connection.query(sql("SELECT $1, $2"), [1, "a\0b"])
            })
            #expect(error.kind == .dataInvalid)
            #expect(error.message.contains("$2 holds a NUL character"))
            #expect(try await connection.value("SELECT 1").int == 1)
        }
    }
}
