import Reconciliation
import Records
import Storage
import Testing

@Suite("Findings of links that stand")
struct StandingFindingTests {
    private let entity = EntityName("counterparty")
    private let links = Linkage(links: [], leftClusters: [], rightClusters: [])

    private func finding(_ id: String) -> Finding {
        Finding(
            fingerprint: FindingFingerprint(
                entity: entity, kind: .mismatch, side: nil, field: FieldName("kpp"),
                leftIDs: [RecordID(id)], rightIDs: []),
            entity: entity, kind: .mismatch, severity: .warning, side: nil,
            field: FieldName("kpp"), leftIDs: [RecordID(id)], rightIDs: [], title: id,
            leftValue: "1", reason: "differs", evidence: "")
    }

    /// One night that links, compares and stores.
    private func night(
        _ testing: StoreTesting, _ found: [Finding], key: String, certified: Bool = true
    ) async throws -> RunID {
        let run = try await testing.startRun()
        let left = try await testing.take(
            [testing.record("a")], certified: certified, run: run)
        let right = try await testing.take(
            [testing.record("1")], source: SourceName("crm"), run: run)
        let store = testing.store
        try await store.saveLinkage(links, of: entity, run: run, key: key)
        let transitions = carry(
            known: try await store.knownFindings(entity), found: found,
            certifiedSides: [.left, .right])
        try await store.saveFindings(
            transitions, of: entity, run: run, left: left.id, right: right.id)
        return run
    }

    @Test("stand under the key of the links, when both snapshots were certified")
    func stand() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            #expect(try await store.findingsStand(entity, under: "k") == false)
            _ = try await night(testing, [finding("a")], key: "k")
            #expect(try await store.findingsStand(entity, under: "k"))
            #expect(try await store.findingsStand(entity, under: "l") == false)
            _ = try await night(testing, [finding("a")], key: "k", certified: false)
            #expect(try await store.findingsStand(entity, under: "k") == false)
        }
    }

    @Test("do not stand when a snapshot of an earlier run stood in for a source that was not read")
    func standIn() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            let first = try await testing.startRun()
            let left = try await testing.take([testing.record("a")], run: first)
            let right = try await testing.take(
                [testing.record("1")], source: SourceName("crm"), run: first)
            let second = try await testing.startRun()
            for run in [first, second] {
                try await store.saveLinkage(links, of: entity, run: run, key: "k")
                try await store.saveFindings(
                    [], of: entity, run: run, left: left.id, right: right.id)
                #expect(try await store.findingsStand(entity, under: "k") == (run == first))
            }
        }
    }

    @Test("are kept as a comparison that finds them again would keep them")
    func keep() async throws {
        /// States and counts after two nights, the second of which compares or keeps.
        func outcome(keeping: Bool) async throws -> ([FindingState], [FindingCount], [String]) {
            var outcome: ([FindingState], [FindingCount], [String])?
            try await StoreTesting.run { testing in
                let store = testing.store
                let found = [finding("a"), finding("b")]
                _ = try await night(testing, found, key: "k")
                let before = try await testing.writers(of: "finding")
                let run: RunID
                if keeping {
                    run = try await testing.startRun()
                    let left = try await testing.take([testing.record("a")], run: run)
                    let right = try await testing.take(
                        [testing.record("1")], source: SourceName("crm"), run: run)
                    try await store.keepLinkage(links, of: entity, run: run, key: "k")
                    try await store.keepFindings(
                        of: entity, run: run, left: left.id, right: right.id)
                } else {
                    run = try await night(testing, found, key: "k")
                }
                #expect(try await testing.writers(of: "finding") == before)
                #expect(try await store.findingsStand(entity, under: "k"))
                outcome = (
                    try await store.openFindings(entity).map(\.state),
                    try await store.comparison(run, entity)?.counts ?? [],
                    try await testing.texts("SELECT key FROM linkage ORDER BY run_id")
                )
            }
            return try #require(outcome)
        }
        let kept = try await outcome(keeping: true)
        let compared = try await outcome(keeping: false)
        #expect(kept == compared)
        #expect(kept.0 == [.open, .open])
        #expect(kept.1.map(\.count) == [2])
        #expect(kept.2 == ["k", "k"])
    }
}

@Suite("Staging tables")
struct StagingTests {
    @Test("are as small after a night as before it")
    func room() async throws {
        try await StoreTesting.run { testing in
            let records = (1...3_000).map { testing.record("\($0)", payload: "{\"a\":\"\($0)\"}") }
            _ = try await testing.take(records)
            let size = "SELECT pg_relation_size('staging_record')::text"
            #expect(try await testing.texts(size) != ["0"])
            try await testing.store.giveBackStaging()
            #expect(try await testing.texts(size) == ["0"])
        }
    }
}
