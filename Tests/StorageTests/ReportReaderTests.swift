import Foundation
import PostgresClient
import Records
import Testing

@testable import Storage

@Suite("Queries of reports")
struct ReportReaderTests {
    /// A store whose only statements are a report's, over the database of another.
    private func read(
        _ sql: String, _ parameters: [String: QueryParameter] = [:]
    ) async throws -> StoredTable {
        var table = StoredTable(columns: [], rows: [])
        try await StoreTesting.run { testing in
            let folder = FileManager.default.temporaryDirectory
                .appending(path: "sverka-queries-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: folder) }
            try FileManager.default.createDirectory(
                at: folder.appending(path: "reports"), withIntermediateDirectories: true)
            try Data(sql.utf8).write(to: folder.appending(path: "reports/test.sql"))
            let store = Store(
                pool: testing.store.pool, statements: try StatementCatalog(directory: folder))
            table = try await store.withReportReader { reader in
                try await reader.check("reports/test")
                return try await reader.table("reports/test", parameters)
            }
        }
        return table
    }

    @Test("take their parameters by name, each as often as it stands there, and no cast for one")
    func named() async throws {
        let table = try await read(
            """
            -- ':ghost' in a comment is none.
            SELECT :word::text AS word, :number::bigint + :number::bigint AS twice,
                ':ghost' AS quoted, :absent::text IS NULL AS nothing
            """,
            [
                "word": .text("да"), "number": .integer(21), "absent": .null,
                "unused": .text("harmless"),
            ])

        #expect(table.columns == ["word", "twice", "quoted", "nothing"])
        #expect(table.rows == [[.text("да"), .integer(42), .text(":ghost"), .boolean(true)]])
    }

    @Test("keep the type of each value; what is no number is none")
    func types() async throws {
        let moment = Date(timeIntervalSince1970: 1_795_399_200)
        let table = try await read(
            """
            SELECT 7::smallint AS small, 12.50::numeric AS exact, 0.25::float8 AS floating,
                date '2026-11-23' AS day, :at::timestamptz AS at, NULL::text AS absent,
                'NaN'::numeric AS no_number, 'infinity'::timestamptz AS never,
                12345678901234567890.5::numeric AS long
            """, ["at": .instant(moment)])

        #expect(
            table.rows == [
                [
                    .integer(7), .decimal(units: 1250, scale: 2),
                    .decimal(units: 250_000, scale: 6),
                    .date(try #require(CalendarDate(year: 2026, month: 11, day: 23))),
                    .instant(moment), .null, .null, .null, .text("12345678901234567890.5"),
                ]
            ])
    }

    @Test("have no days and moments outside the years 1 to 9999")
    func beyondTheCalendar() async throws {
        let table = try await read(
            """
            SELECT date '0044-03-15 BC' AS ides, date '10000-01-01' AS far,
                timestamptz '0044-03-15 12:00:00+00 BC' AS noon,
                timestamptz '10000-01-01 00:00:00+00' AS far_off,
                timestamptz '9999-12-30 00:00:00+00' AS last
            """)

        #expect(
            table.rows == [
                [
                    .null, .null, .null, .null,
                    .instant(Date(timeIntervalSince1970: 253_402_128_000)),
                ]
            ])
    }

    @Test("name the parameter that there is not, and those that there are")
    func unknown() async throws {
        let error = await #expect(throws: StorageError.self) {
            _ = try await read("SELECT :since::text AS since", ["until": .text("x"), "at": .null])
        }

        let text = error.map { "\($0)" } ?? ""
        #expect(text.contains("':since'"))
        #expect(text.contains("at, until"))
    }

    @Test("cannot write")
    func readOnly() async throws {
        await #expect(throws: PostgresError.self) {
            _ = try await read("DELETE FROM run RETURNING id")
        }
    }
}

@Suite("Who is responsible for a finding")
struct FindingOwnerViewTests {

    /// The persons that the view names for a finding between the records `a` and `1`.
    private func owners(
        side: Side?, left: String?, right: String?,
        users: [(id: String, name: String, isLeft: Bool)]
    ) async throws -> [String] {
        var found: [String] = []
        try await StoreTesting.run { testing in
            let crm = SourceName("crm")
            func values(_ owner: String?) -> [String: FieldValue] {
                owner.map { ["owner": .text($0)] } ?? [:]
            }
            let left = try await testing.take([testing.record("a", values(left))])
            let right = try await testing.take([testing.record("1", values(right))], source: crm)
            for user in users {
                try await testing.takeUser(
                    user.id, user.name, source: user.isLeft ? testing.source : crm)
            }
            let run = try await testing.startRun()
            let finding = Finding(
                fingerprint: FindingFingerprint("0123456789abcdef0123456789abcdef"),
                entity: testing.counterparty.name, kind: .mismatch, severity: .warning, side: side,
                field: FieldName("phone"), leftIDs: [RecordID("a")], rightIDs: [RecordID("1")],
                title: "А", reason: "differs")
            try await testing.store.saveFindings(
                [
                    FindingTransition(
                        fingerprint: finding.fingerprint, from: nil, to: .new, finding: finding)
                ], of: testing.counterparty.name, run: run, left: left.id, right: right.id)
            found = try await testing.texts(
                "SELECT personal_name FROM finding_owner ORDER BY personal_name")
        }
        return found
    }

    @Test("is the person of the side where it is to be mended")
    func side() async throws {
        let users = [("7", "Анна Левая", true), ("8", "Пётр Правый", false)]
        #expect(
            try await owners(side: .left, left: "7", right: "8", users: users) == ["Анна Левая"])
        #expect(
            try await owners(side: .right, left: "7", right: "8", users: users) == ["Пётр Правый"])
    }

    @Test("is both where it may be mended on either side, and one of that name once")
    func both() async throws {
        #expect(
            try await owners(
                side: nil, left: "7", right: "8",
                users: [("7", "Анна Левая", true), ("8", "Пётр Правый", false)])
                == ["Анна Левая", "Пётр Правый"])
        #expect(
            try await owners(
                side: nil, left: "7", right: "8",
                users: [("7", "Анна Левая", true), ("8", "Анна Левая", false)]) == ["Анна Левая"])
    }

    @Test("is the other side's person where the side has none; nobody where no name is known")
    func absent() async throws {
        #expect(
            try await owners(
                side: .left, left: nil, right: "8", users: [("8", "Пётр Правый", false)])
                == ["Пётр Правый"])
        // A user of the left source says nothing of an id of the right one.
        #expect(
            try await owners(side: .right, left: nil, right: "7", users: [("7", "Анна", true)])
                == [])
    }
}
