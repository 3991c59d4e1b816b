import Records
import Storage
import Testing

@Suite("Stored pairs for review")
struct ReviewTests {
    private let entity = EntityName("counterparty")

    private func pair(
        _ left: String, _ right: String, _ doubt: ReviewPair.Doubt, _ probability: Double,
        _ reason: LinkReason = LinkReason(.model, detail: "name ≈ +9.1")
    ) -> ReviewPair {
        ReviewPair(
            left: RecordID(left), right: RecordID(right), reason: reason,
            probability: probability, weightBits: 3.25, doubt: doubt)
    }

    private func linkage(_ review: [ReviewPair]) -> Linkage {
        Linkage(links: [], leftClusters: [], rightClusters: [], review: review)
    }

    @Test("come back with their links as they were, those first that are most worth a look")
    func roundTrip() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            let kept = linkage([
                pair("9", "b", .unsure, 0.6), pair("10", "a", .unsure, 0.7),
                pair("11", "c", .tied, 0.999, LinkReason(.rule, detail: "tax_id+kpp")),
                pair("12", "e", .justMissed, 0.4), pair("12", "d", .justMissed, 0.2),
            ])

            try await store.saveLinkage(
                kept, of: entity, run: try await testing.startRun(), key: "k")

            #expect(try await store.loadLinkage(entity) == kept)
            #expect(try await store.pairsForReview(entity) == kept.review)
            #expect(try await store.pairsForReview(EntityName("contact")) == [])
        }
    }

    @Test("are replaced by the next run that links, and by no other entity's")
    func replaced() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            let first = linkage([pair("1", "a", .unsure, 0.6), pair("2", "b", .tied, 0.9)])
            let second = linkage([
                pair("1", "a", .justMissed, 0.3), pair("3", "c", .unsure, 0.8),
            ])
            try await store.saveLinkage(
                first, of: entity, run: try await testing.startRun(), key: "k1")
            let other = EntityName("contact")
            try await store.saveLinkage(
                first, of: other, run: try await testing.startRun(), key: "k1")
            let run = try await testing.startRun()
            try await store.saveLinkage(second, of: entity, run: run, key: "k2")

            #expect(try await store.pairsForReview(entity) == second.review.mostWorthALook())
            #expect(try await store.pairsForReview(other) == first.review)
            let runs = try await testing.texts(
                "SELECT DISTINCT run_id::text FROM review_pair WHERE entity = 'counterparty'")
            #expect(runs == [String(run.rawValue)])
        }
    }

    @Test("stay where a run finds nothing changed, and nothing is written")
    func unchanged() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            let kept = linkage([pair("1", "a", .unsure, 0.6)])
            try await store.saveLinkage(
                kept, of: entity, run: try await testing.startRun(), key: "k")
            let rows = try await testing.writers(of: "review_pair")

            try await store.keepLinkage(
                store.loadLinkage(entity), of: entity, run: try await testing.startRun(), key: "k")

            #expect(try await store.loadLinkage(entity) == kept)
            #expect(try await testing.writers(of: "review_pair") == rows)
        }
    }
}
