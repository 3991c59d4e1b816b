import PostgresClient
import Reconciliation
import Records
import Storage
import Testing

@Suite("Many findings on a first night")
struct ManyFindingsTests {
    private let entity = EntityName("counterparty")

    /// One night that finds so many records wrong.
    private func night(_ testing: StoreTesting, finding count: Int) async throws {
        let left = try await testing.take([testing.record("a")])
        let right = try await testing.take([testing.record("1")], source: SourceName("crm"))
        let found = (1...count).map { number in
            let id = RecordID(String(number))
            return Finding(
                fingerprint: FindingFingerprint(
                    entity: entity, kind: .mismatch, side: nil, field: FieldName("kpp"),
                    leftIDs: [id], rightIDs: []),
                entity: entity, kind: .mismatch, severity: .warning, side: nil,
                field: FieldName("kpp"), leftIDs: [id], rightIDs: [], title: "А",
                reason: "differs")
        }
        try await testing.store.saveFindings(
            carry(known: [], found: found, certifiedSides: [.left, .right]), of: entity,
            run: testing.startRun(), left: left.id, right: right.id)
    }

    /// For how many findings the planner plans; none or -1 while nobody told it.
    private func planned(_ testing: StoreTesting) async throws -> [String] {
        try await testing.texts(
            "SELECT reltuples::bigint::text FROM pg_class WHERE oid = 'finding'::regclass")
    }

    @Test("are told to the planner at once, a few are not")
    func analyzed() async throws {
        try await StoreTesting.run { testing in
            try await night(testing, finding: 10)
            #expect(try await planned(testing) != ["10"])
        }
        try await StoreTesting.run { testing in
            try await night(testing, finding: 1_000)
            #expect(try await planned(testing) == ["1000"])
        }
    }

    @Test("are listed with their owners without being read a second time")
    func readOnce() async throws {
        try await StoreTesting.run { testing in
            let list = try testing.store.statementCatalog["finding/list"]
            let plan = try await testing.store.pool.withConnection { connection in
                try await connection.query(
                    Statement(name: "plan", text: "EXPLAIN\n" + list.text),
                    [.null, .null, .null, .null, .null, .int(10), .null]
                ).map { try $0[0].text }
            }

            // `Seq Scan on finding  (cost=…`, `Index Scan using finding_standing on finding  (…`.
            let readings = plan.filter { $0.contains(" on finding ") }
            #expect(readings.count == 1)
        }
    }
}
