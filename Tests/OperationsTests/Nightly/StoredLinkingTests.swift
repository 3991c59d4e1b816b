import Foundation
import RecordLinkage
import Records
import Sandbox
import Storage
import Synchronization
import Testing

@testable import Operations

@Suite("Why, after a night", .timeLimit(.minutes(10)))
struct StoredLinkingTests {
    private let counterparty = EntityName("counterparty")

    private func explainer(_ scene: NightScene) async throws -> LinkageExplainer {
        try await StoredLinking(
            scene.configuration, resources: ResourceFolders(overrides: nil),
            progress: SilentProgress()
        ).explainer(of: "counterparty").explainer
    }

    /// Every link of the last night, explained, has the weight that was stored.
    private func expectExplained(_ scene: NightScene) async throws {
        let linkage = try await scene.withStore { try await $0.loadLinkage(counterparty) }
        let explainer = try await explainer(scene)
        #expect(linkage.links.count > 50)
        for link in linkage.links {
            let account = try #require(explainer.account(left: link.left, right: link.right))
            #expect(account.explanation.weightBits == link.weightBits)
            switch account.outcome {
            case .assigned: #expect(link.isAssigned)
            case .followed: #expect(!link.isAssigned)
            default:
                Issue.record("\(link.left) and \(link.right) are linked, not \(account.outcome)")
            }
        }
    }

    @Test(
        "links are explained as they were made, on the first night and by its model on later ones")
    func nights() async throws {
        try await NightScene.play { scene in
            try await scene.night()
            try await expectExplained(scene)
            let first = try #require(
                try await scene.withStore { try await $0.lastModel(counterparty) })
            let file = try ModelFile(json: Data(first.text.utf8), name: "model")
            #expect(file.model.origin == .trained && file.entity == counterparty)

            scene.sandbox.replaceWorld(
                (1...5).reduce(NightScene.world) { world, night in world.next(seed: night) })
            try await scene.night()
            try await expectExplained(scene)
            let second = try await scene.withStore { try await $0.lastModel(counterparty) }
            #expect(second == first)
        }
    }

    @Test("the night after a model was learnt matches only what changed")
    func memory() async throws {
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
        }
    }

    @Test("a verdict decides from the next night on, and says so")
    func verdict() async throws {
        try await NightScene.play { scene in
            try await scene.night()
            let link = try #require(
                try await scene.withStore { try await $0.loadLinkage(counterparty) }
                    .links.first { $0.isAssigned })
            try await scene.withStore { store in
                try await store.addVerdict(
                    counterparty, about: RecordPair(left: link.left, right: link.right),
                    areSame: false, person: "Анна")
            }
            try await scene.night()
            let links = try await scene.withStore { try await $0.loadLinkage(counterparty) }.links
            #expect(!links.contains { $0.left == link.left && $0.right == link.right })
            let account = try #require(
                try await explainer(scene).account(left: link.left, right: link.right))
            #expect(account.outcome == .refusedByPerson(isImplied: false))
        }
    }

    @Test("linked records are one thing, by a number that stays")
    func things() async throws {
        try await NightScene.play { scene in
            try await scene.night()
            let link = try #require(
                try await scene.withStore { try await $0.loadLinkage(counterparty) }
                    .links.first { $0.isAssigned })
            func things() async throws -> [Int64?] {
                try await StoredLinking(
                    scene.configuration, resources: ResourceFolders(overrides: nil),
                    progress: SilentProgress()
                ).explainer(
                    of: "counterparty",
                    things: [
                        (.left, link.left), (.right, link.right), (.left, RecordID("nobody")),
                    ]
                ).things
            }
            let first = try await things()
            #expect(first.count == 3 && first[2] == nil)
            #expect(first[0] != nil && first[1] == first[0])
            try await scene.night()
            #expect(try await things() == first)
        }
    }

    @Test("what was never read cannot be explained")
    func unread() async throws {
        try await NightScene.play { scene in
            await #expect(throws: ConfigurationError.self) { try await explainer(scene) }
        }
    }
}
