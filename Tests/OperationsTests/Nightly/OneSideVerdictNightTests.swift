import Foundation
import RecordLinkage
import Records
import Sandbox
import Storage
import Synchronization
import Testing

@testable import Operations

@Suite("Verdicts about two records of one side, after a night", .timeLimit(.minutes(10)))
struct OneSideVerdictNightTests {
    private let counterparty = EntityName("counterparty")

    /// A firm that stands twice in the CRM, and one that stands there under two names.
    private static let files = [
        "left/counterparty.csv": """
        id,Наименование,ИНН,КПП
        L1,ООО Вектор,7707083893,770701001
        L2,ООО Алмаз,5001007322,500101001
        """,
        "right/counterparty.csv": """
        id,Наименование,ИНН,КПП
        R1,ООО Вектор,7707083893,770701001
        R2,ООО Вектор,7707083893,770701001
        R3,ООО Алмаз,5001007322,500101001
        R4,ИП Крылова Нина Кирилловна,,
        """,
    ]

    private func pair(_ one: String, _ other: String) -> RecordPair {
        RecordPair(of: .right, RecordID(one), RecordID(other))
    }

    private func decide(
        _ pair: RecordPair, _ areSame: Bool?, _ configuration: Configuration
    ) async throws {
        try await Verdicts(configuration, resources: ResourceFolders(overrides: nil))
            .decide(counterparty, about: pair, areSame: areSame, person: "Анна", comment: "")
    }

    /// What is wrong on the right side, and of which records.
    private func findings(
        _ kind: Finding.Kind, _ scene: FolderScene
    ) async throws -> [[String]] {
        try await scene.withStore { store in
            try await store.findings(FindingFilter(entity: counterparty, kinds: [kind]))
                .map { $0.finding.rightIDs.map(\.rawValue) }
        }.filter { !$0.isEmpty }.sorted { $0[0] < $1[0] }
    }

    @Test("duplicates obey them from the next night on, and so do links and what is missing")
    func duplicates() async throws {
        try await FolderScene.play(Self.files, settings: "entities: [counterparty]") { scene in
            _ = try await scene.night()
            #expect(try await findings(.duplicate, scene) == [["R1", "R2"]])
            #expect(try await findings(.missing, scene) == [["R4"]])

            try await decide(pair("R2", "R1"), false, scene.configuration)
            try await decide(pair("R3", "R4"), true, scene.configuration)
            _ = try await scene.night()

            let linkage = try await scene.withStore { try await $0.loadLinkage(counterparty) }
            #expect(
                linkage.rightClusters.map { $0.members.map(\.id.rawValue) } == [["R3", "R4"]])
            #expect(linkage.rightClusters.map(\.reason.kind) == [.verdict])
            let counterparts = Dictionary(grouping: linkage.links, by: \.left.rawValue)
            // Of the two that fit the firm one is its counterpart, and the other has none.
            #expect(counterparts["L1"]?.count == 1)
            #expect(try await findings(.missing, scene).count == 1)
            #expect(try await findings(.missing, scene) != [["R4"]])
            // Nothing but the person speaks for the other name.
            #expect(counterparts["L2"]?.map(\.right.rawValue) == ["R3", "R4"])
            #expect(counterparts["L2"]?.map(\.isAssigned) == [true, false])
            #expect(try await findings(.duplicate, scene) == [["R3", "R4"]])

            try await decide(pair("R1", "R2"), nil, scene.configuration)
            try await decide(pair("R4", "R3"), nil, scene.configuration)
            _ = try await scene.night()
            #expect(try await findings(.duplicate, scene) == [["R1", "R2"]])
            #expect(try await findings(.missing, scene) == [["R4"]])
        }
    }

    @Test("what is the same as one of two that differ is not the same as the other")
    func consequence() async throws {
        try await FolderScene.play(Self.files, settings: "entities: [counterparty]") { scene in
            _ = try await scene.night()
            try await decide(pair("R1", "R2"), false, scene.configuration)
            try await decide(
                RecordPair(left: RecordID("L1"), right: RecordID("R2")), true,
                scene.configuration)
            _ = try await scene.night()

            let linkage = try await scene.withStore { try await $0.loadLinkage(counterparty) }
            #expect(
                linkage.links.filter { $0.left == RecordID("L1") }.map(\.right.rawValue) == ["R2"])
            let explainer = try await explainer(scene.configuration)
            let account = try #require(
                explainer.account(left: RecordID("L1"), right: RecordID("R1")))
            #expect(account.outcome == .refusedByPerson(isImplied: true))
            #expect(explainer.areDuplicates(.right, RecordID("R1"), RecordID("R2")) == false)
        }
    }

    private func explainer(_ configuration: Configuration) async throws -> LinkageExplainer {
        try await StoredLinking(
            configuration, resources: ResourceFolders(overrides: nil), progress: SilentProgress()
        ).explainer(of: "counterparty").explainer
    }

    @Test("are followed by a night that matches only what changed, and taken back by the next")
    func changedNight() async throws {
        let world = World(WorldOptions(size: 400, seed: 4))
        try await NightScene.play(world: world, settings: "entities: [counterparty]\n") { scene in
            try await scene.night()
            let first = try await scene.withStore { try await $0.loadLinkage(counterparty) }
            let side: Side = first.leftClusters.isEmpty ? .right : .left
            let clusters = side == .left ? first.leftClusters : first.rightClusters
            let doubled = try #require(clusters.first).members.map(\.id)
            let apart = RecordPair(of: side, doubled[0], doubled[1])
            // Two that are linked with two things, and have no duplicates.
            let ofClusters = Set(first.rightClusters.flatMap { $0.members.map(\.id) })
            let others = first.links.filter(\.isAssigned).map(\.right)
                .filter { !ofClusters.contains($0) }
            try #require(others.count > 1)
            let same = RecordPair(of: .right, others[0], others[1])
            try await decide(apart, false, scene.configuration)
            try await decide(same, true, scene.configuration)

            try await expectMatchedByMemory(scene)

            let next = try await scene.withStore { try await $0.loadLinkage(counterparty) }
            func isOne(_ pair: RecordPair) -> Bool {
                (pair.side == .left ? next.leftClusters : next.rightClusters).contains {
                    Set($0.members.map(\.id)).isSuperset(of: [pair.first, pair.second])
                }
            }
            #expect(!isOne(apart) && isOne(same))
            // They are one thing, so that both have its counterparts, and one of theirs has none.
            func counterparts(_ id: RecordID) -> [RecordID] {
                next.links.filter { $0.right == id }.map(\.left)
            }
            #expect(!counterparts(same.first).isEmpty)
            #expect(counterparts(same.first) == counterparts(same.second))
            let explainer = try await explainer(scene.configuration)
            #expect(explainer.areDuplicates(side, apart.first, apart.second) == false)
            let explained = explainer.explain(.right, same.first, same.second)
            #expect(explained?.decidedBy?.kind == .verdict)

            try await decide(apart, nil, scene.configuration)
            try await decide(same, nil, scene.configuration)
            try await expectMatchedByMemory(scene)
            let last = try await scene.withStore { try await $0.loadLinkage(counterparty) }
            #expect(last == first)
        }
    }

    /// Runs a night, of which the memory of the first one leaves little to do.
    private func expectMatchedByMemory(_ scene: NightScene) async throws {
        let log = Mutex("")
        try await scene.night(
            progress: TerminalProgress(width: nil) { text in log.withLock { $0 += text } })
        let told = log.withLock { $0 }.split(separator: "\n")
        let linked = try #require(told.first { $0.contains("link counterparty: ") })
        #expect(linked.contains("; 0 records changed, "), "\(linked)")
    }
}
