import PostgresClient
import Records
import Sandbox
import Testing

@testable import Operations

@Suite("A source that lost most of its rows", .timeLimit(.minutes(10)))
struct LossTests {
    /// How many records are held to be missing from a side.
    private func missing(from side: Side, in outcome: JobOutcome) -> Int {
        outcome.entities[0].findings.count { $0.kind == .missing && $0.side == side }
    }

    @Test(
        "is kept but not believed: nothing is missing, nothing is resolved",
        arguments: [(PlantedError.Side.left, "1c"), (.right, "bitrix24")])
    func lost(side: PlantedError.Side, name: String) async throws {
        try await NightScene.play { scene in
            let whole = try await scene.night().entities[0]
            scene.sandbox.replaceWorld(NightScene.world.dropping(0.9, from: side))
            let loss = try await scene.night()
            scene.sandbox.replaceWorld(NightScene.world)
            let after = try await scene.night()

            #expect(loss.exitCode == 3)
            #expect(loss.incomplete.count == 1)
            #expect(loss.incomplete.first?.contains("counterparty from \(name)") == true)
            let lossy: Side = side == .left ? .left : .right
            #expect(missing(from: lossy, in: loss) == 0)
            #expect(loss.entities[0].stateCounts[.resolved] == nil)
            #expect(after.exitCode == 0)
            #expect(
                Set(after.entities[0].findings.map(\.fingerprint))
                    == Set(whole.findings.map(\.fingerprint)))
        }
    }

    @Test(
        "what an unread source could not prove is found once it is read again, though nothing changed"
    )
    func standIn() async throws {
        // A third of 1C's records have no counterpart, also of those that come in the second night.
        let whole = NightScene.world.dropping(0.3, from: .right)
        let less = whole.dropping(0.2, from: .left)
        try await NightScene.play(world: less) { scene in
            let first = try await scene.night()
            // On the night on which 1C has new records, the portal refuses the webhook.
            scene.sandbox.replaceWorld(whole)
            var shutOut = scene
            let address = try #require(scene.configuration.sources[.right]?.address)
            shutOut.configuration.sources[.right]?.address =
                address.split(separator: "/").dropLast().joined(separator: "/")
                .replacing("http:/", with: "http://") + "/wrongcode/"
            let unread = try await shutOut.night()
            let third = try await scene.night()

            #expect(unread.exitCode == 3 && third.exitCode == 0)
            #expect(missing(from: .right, in: unread) <= missing(from: .right, in: first))
            #expect(missing(from: .right, in: third) > missing(from: .right, in: first))
        }
    }

    @Test("is believed when a person says so")
    func accepted() async throws {
        try await NightScene.play { scene in
            try await scene.night()
            scene.sandbox.replaceWorld(NightScene.world.dropping(0.9, from: .right))

            let outcome = try await scene.night(acceptsDrop: true)

            #expect(outcome.exitCode == 0)
            #expect(missing(from: .right, in: outcome) > 60)
        }
    }

    @Test("is believed when a person says so after a night that died, whose doubts do not stand")
    func acceptedAfterDeath() async throws {
        try await NightScene.play { scene in
            try await scene.night()
            scene.sandbox.replaceWorld(NightScene.world.dropping(0.9, from: .right))
            // Dies after both sides were taken: the sessions end as the comparing begins.
            await #expect(throws: PostgresError.self) {
                try await scene.night(
                    progress: AtStage("compare") { try? scene.cutConnections() })
            }
            try scene.psql(
                "UPDATE run SET state = 'running', finished_at = NULL, error = NULL WHERE state = 'failed'"
            )

            let outcome = try await scene.night(acceptsDrop: true)

            #expect(outcome.exitCode == 0, "\(outcome.incomplete)")
            #expect(missing(from: .right, in: outcome) > 60)
        }
    }

    @Test("or never had any is not believed either")
    func empty() async throws {
        try await NightScene.play(world: NightScene.world.dropping(1, from: .right)) { scene in
            let outcome = try await scene.night()

            #expect(outcome.exitCode == 3)
            #expect(outcome.incomplete.first?.contains("no records at all") == true)
            #expect(missing(from: .right, in: outcome) == 0)
        }
    }
}
