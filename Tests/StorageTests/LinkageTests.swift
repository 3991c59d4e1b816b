import Records
import Storage
import Testing

@Suite("Stored links")
struct LinkageTests {
    private let entity = EntityName("counterparty")

    private func link(_ left: String, _ right: String, probability: Double = 0.9) -> Link {
        Link(
            left: RecordID(left), right: RecordID(right),
            reason: LinkReason(.model, detail: "name +9.1"), probability: probability,
            weightBits: 12.5, isAssigned: true)
    }

    private func cluster(_ ids: String..., probability: Double = 0.8) -> Cluster {
        Cluster(
            members: ids.map { Cluster.Member(id: RecordID($0), probability: probability) },
            reason: LinkReason(.rule, detail: "tax_id+kpp"))
    }

    @Test("links and clusters come back as they were, in the order of their ids")
    func roundTrip() async throws {
        try await StoreTesting.run { testing in
            let linkage = Linkage(
                links: [link("9", "b"), link("10", "a")],
                leftClusters: [cluster("9", "10"), cluster("11", "12", "13")],
                rightClusters: [cluster("a", "b")])
            let run = try await testing.startRun()
            #expect(try await testing.store.previousLinkageKey(entity) == nil)
            try await testing.store.saveLinkage(linkage, of: entity, run: run, key: "k1")
            #expect(try await testing.store.loadLinkage(entity) == linkage)
            #expect(try await testing.store.previousLinkageKey(entity) == "k1")
            let other = try await testing.store.loadLinkage(EntityName("product"))
            #expect(other == Linkage(links: [], leftClusters: [], rightClusters: []))
        }
    }

    @Test("links that stand are not written again, others are ended and added")
    func versions() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            var linkage = Linkage(
                links: [link("1", "a"), link("2", "b"), link("3", "c")],
                leftClusters: [cluster("1", "2")], rightClusters: [])
            try await store.saveLinkage(
                linkage, of: entity, run: try await testing.startRun(), key: "k")
            let links = try await testing.writers(of: "link_version")
            let clusters = try await testing.writers(of: "cluster_version")
            try await store.saveLinkage(
                linkage, of: entity, run: try await testing.startRun(), key: "k")
            #expect(try await testing.writers(of: "link_version") == links)
            #expect(try await testing.writers(of: "cluster_version") == clusters)

            linkage.links = [link("1", "a"), link("2", "b", probability: 0.7), link("4", "c")]
            linkage.leftClusters = [cluster("1", "2", probability: 0.9)]
            let run = try await testing.startRun()
            try await store.saveLinkage(linkage, of: entity, run: run, key: "k")
            #expect(try await store.loadLinkage(entity) == linkage)
            let ended = try await testing.texts(
                "SELECT left_id FROM link_version WHERE valid_to = 3 ORDER BY left_id")
            #expect(ended == ["2", "3"])
            #expect(try await testing.texts("SELECT reason FROM cluster_version").count == 2)
        }
    }

    @Test("a model is kept once, as long as it is the same, and each run knows its own")
    func models() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            let empty = Linkage(links: [], leftClusters: [], rightClusters: [])
            func night(_ model: StoredModel?) async throws {
                try await store.saveLinkage(
                    empty, of: entity, run: try await testing.startRun(), key: "k", model: model)
            }
            #expect(try await store.lastModel(entity) == nil)
            try await night(nil)
            try await night(StoredModel(key: "a", text: #"{"prior": 1.25e-05}"#))
            try await night(StoredModel(key: "a", text: #"{ "prior": 0.0000125 }"#))
            try await night(nil)
            try await night(StoredModel(key: "b", text: #"{"prior": 1.25e-05}"#))
            let last = try #require(try await store.lastModel(entity))
            #expect(last.key == "b")
            #expect(last.text == #"{"prior": 0.0000125}"#)
            let models = try await testing.texts(
                "SELECT coalesce(model_id::text, '') FROM linkage ORDER BY run_id")
            #expect(models == ["", "1", "1", "1", "2"])
            #expect(try await store.lastModel(EntityName("product")) == nil)
        }
    }

    @Test("verdicts about pairs come in the order in which they were decided")
    func verdicts() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            func decide(_ left: String, _ right: String, _ areSame: Bool?) async throws {
                try await store.addVerdict(
                    entity, about: RecordPair(left: RecordID(left), right: RecordID(right)),
                    areSame: areSame, person: "test")
            }
            try await decide("1", "a", true)
            try await decide("9", "b", false)
            try await decide("5", "c", true)
            try await decide("1", "a", false)
            try await decide("5", "c", nil)
            let standing = try await store.pairVerdicts(entity)
            #expect(
                standing.map { "\($0.pair.first) \($0.pair.second) \($0.areSame)" } == [
                    "9 b false", "1 a false",
                ])
        }
    }

    @Test("a thing keeps its number as it grows, splits, merges, and when it comes back")
    func things() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            func night(_ links: [Link], _ clusters: [Cluster] = []) async throws {
                try await store.saveLinkage(
                    Linkage(links: links, leftClusters: clusters, rightClusters: []), of: entity,
                    run: try await testing.startRun(), key: "k")
            }
            func left(_ id: String) async throws -> Int64? {
                try await store.thing(of: RecordID(id), on: .left, entity)
            }
            func right(_ id: String) async throws -> Int64? {
                try await store.thing(of: RecordID(id), on: .right, entity)
            }
            try await night([link("1", "a"), link("2", "b")])
            let (one, two) = (try await left("1"), try await left("2"))
            #expect(one != nil && two != nil && one != two)
            #expect(try await right("a") == one)
            // A duplicate joins.
            try await night([link("1", "a"), link("2", "b"), link("3", "b")], [cluster("2", "3")])
            #expect(try await left("3") == two)
            // Everything becomes one thing: the larger one's number stays.
            try await night(
                ["1", "2", "3"].flatMap { [link($0, "a"), link($0, "b")] },
                [cluster("1", "2", "3")])
            #expect(try await left("1") == two)
            // And falls apart again: the larger part keeps it, the other is new.
            try await night([link("1", "a"), link("2", "b"), link("3", "b")], [cluster("2", "3")])
            #expect(try await left("2") == two)
            let third = try await left("1")
            #expect(third != nil && third != two)
            // What is gone for a night has its number when it is back.
            try await night([link("1", "a")])
            #expect(try await left("2") == nil)
            try await night([link("1", "a"), link("2", "b"), link("4", "d")])
            #expect(try await left("2") == two)
            #expect(try await right("b") == two)
            #expect(try await left("1") == third)
            let fourth = try await left("4")
            #expect(![one, two, third].contains(fourth))
            // A night without change writes nothing.
            let rows = try await testing.writers(of: "thing_member")
            try await night([link("1", "a"), link("2", "b"), link("4", "d")])
            #expect(try await testing.writers(of: "thing_member") == rows)
        }
    }
}
