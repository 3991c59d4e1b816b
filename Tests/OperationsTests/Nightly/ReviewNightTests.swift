import Foundation
import Records
import Reporting
import Sandbox
import Storage
import Synchronization
import Testing

@testable import Operations

@Suite("Pairs for review after a night", .timeLimit(.minutes(10)))
struct ReviewNightTests {
    private let counterparty = EntityName("counterparty")

    /// One taxpayer with two branches in the CRM, of which either may be meant; a firm whose name and
    /// address are nearly those of another one; a name in short.
    private static let files = [
        "left/counterparty.csv": """
        id,Наименование,ИНН,КПП,Телефон,Адрес
        L1,ООО Вектор,7707083893,,,
        L2,ООО Ромашка,,,+7 495 123-45-67,
        L3,ООО Северный ветер,,,,"г. Тверь, ул. Мира, д. 5"
        L4,ИП Крылова Нина Кирилловна,,,,
        L5,ООО Алмаз,5001007322,500101001,,
        """,
        "right/counterparty.csv": """
        id,Наименование,ИНН,КПП,Телефон,Адрес
        R1,ООО Вектор,7707083893,770701001,,
        R2,ООО Вектор,7707083893,781401001,,
        R3,ООО Ромашка-Плюс,,,+7 495 123-45-67,
        R4,ООО Северный ветерок,,,,"г. Тверь, ул. Мира, д. 7"
        R5,Крылова Н. К.,,,,
        R6,ООО Алмаз,5001007322,500101001,,
        """,
    ]

    private func play(_ play: (FolderScene) async throws -> Void) async throws {
        try await FolderScene.play(Self.files, settings: "entities: [counterparty]", play)
    }

    private func doubts(_ scene: FolderScene) async throws -> [String: ReviewPair.Doubt] {
        let pairs = try await scene.withStore { try await $0.pairsForReview(counterparty) }
        return Dictionary(uniqueKeysWithValues: pairs.map { ("\($0.left)=\($0.right)", $0.doubt) })
    }

    @Test("are weak links, ties and near misses, the same on a night without changes")
    func kinds() async throws {
        try await play { scene in
            _ = try await scene.night()
            let found = try await scene.withStore { try await $0.loadLinkage(counterparty) }
            let doubts = try await doubts(scene)
            #expect(doubts["L1=R1"] == .tied)
            #expect(doubts["L1=R2"] == .justMissed)
            #expect(doubts["L2=R3"] == .unsure)
            #expect(doubts["L3=R4"] == .justMissed)
            let links = Set(found.links.map { "\($0.left)=\($0.right)" })
            for (pair, doubt) in doubts {
                #expect(links.contains(pair) == (doubt != .justMissed), "\(pair)")
            }
            #expect(found.review.allSatisfy { !$0.reason.detail.isEmpty })

            _ = try await scene.night()
            let again = try await scene.withStore { try await $0.loadLinkage(counterparty) }
            #expect(again == found)
        }
    }

    @Test("are not said to be none before a night has looked")
    func neverLooked() async throws {
        try await play { scene in
            let audits = StoredAudits(
                scene.configuration, resources: ResourceFolders(overrides: nil))
            let error = await #expect(throws: ConfigurationError.self) {
                try await audits.pairsForReview(counterparty)
            }
            #expect(
                error?.description
                    == "no night has linked counterparty yet: 'sverka run nightly' does")
            _ = try await scene.night()
            #expect(try await !audits.pairsForReview(counterparty).isEmpty)
        }
    }

    @Test("are shown in the night's workbook with the names of both records")
    func workbook() async throws {
        try await play { scene in
            let outcome = try await scene.night()
            let report = try await scene.withStore { store in
                let entity = try EntityCatalog(ResourceFolders(overrides: nil))
                    .entity("counterparty")
                var (snapshots, records) = ([Side: Snapshot](), [Side: [Record]]())
                for side in Side.allCases {
                    let name = try #require(scene.configuration.sources[side]?.name)
                    let snapshot = try #require(
                        try await store.snapshots(source: name, entity: entity.name).first)
                    snapshots[side] = snapshot
                    records[side] = try await store.loadRecords(snapshot, as: entity)
                }
                let audit = EntityAudit(
                    definition: entity, snapshots: snapshots, records: records,
                    linkage: try await store.loadLinkage(entity.name), findings: [], method: [],
                    outcome: try #require(outcome.entities.first))
                return AuditReportBuilder(
                    configuration: scene.configuration, sources: [],
                    run: try await store.run(outcome.run), store: store,
                    progress: SilentProgress()
                ).entity(audit, missing: [])
            }

            let tied = try #require(report.doubtfulPairs.first { $0.doubt == .tied })
            #expect(tied.left.title == "ООО Вектор" && tied.right.title == "ООО Вектор")
            let missed = report.doubtfulPairs.filter { $0.doubt == .justMissed }
            #expect(missed.map(\.right.title) == ["ООО Вектор", "ООО Северный ветерок"])
        }
    }

    @Test("are no longer for review the night after a verdict")
    func verdicts() async throws {
        try await play { scene in
            _ = try await scene.night()
            let verdicts = Verdicts(
                scene.configuration, resources: ResourceFolders(overrides: nil))
            for (left, right, areSame) in [
                ("L1", "R1", true), ("L2", "R3", true), ("L3", "R4", false),
            ] {
                try await verdicts.decide(
                    counterparty, about: RecordPair(left: RecordID(left), right: RecordID(right)),
                    areSame: areSame, person: "Анна", comment: "")
            }

            _ = try await scene.night()

            let doubts = try await doubts(scene)
            #expect(doubts["L1=R1"] == nil && doubts["L2=R3"] == nil && doubts["L3=R4"] == nil)
            // The other branch is nobody's still.
            #expect(doubts["L1=R2"] == .justMissed)
        }
    }

    @Test("are those of matching all, on a night that matches only what changed")
    func changedNight() async throws {
        let world = World(WorldOptions(size: 400, seed: 4))
        try await NightScene.play(world: world) { scene in
            try await scene.night()
            scene.sandbox.replaceWorld(world.next(seed: 1))
            let log = Mutex("")
            try await scene.night(
                progress: TerminalProgress(width: nil) { text in log.withLock { $0 += text } })
            let told = log.withLock { $0 }.split(separator: "\n")
            let linked = try #require(told.first { $0.contains("link counterparty: ") })
            #expect(linked.contains(" records changed, "), "\(linked)")

            let (kept, found) = try await scene.withStore { store in
                let resources = ResourceFolders(overrides: nil)
                let entity = try EntityCatalog(resources).entity("counterparty")
                // Without a memory, so that all is matched.
                let linker = try await RecordLinker(entity, resources: resources, store: store)
                var records: [Side: [Record]] = [:]
                for side in Side.allCases {
                    let name = try #require(scene.configuration.sources[side]?.name)
                    let snapshot = try #require(
                        try await store.snapshots(source: name, entity: entity.name).first)
                    records[side] = try await store.loadRecords(snapshot, as: entity)
                }
                let outcome = try linker.link(
                    left: records[.left] ?? [], right: records[.right] ?? []
                ) { _ in }
                return (try await store.pairsForReview(entity.name), outcome.linkage.review)
            }

            #expect(!kept.isEmpty)
            #expect(kept == found)
        }
    }
}
