import Foundation
import Records
import Sandbox
import Storage
import Testing

@testable import Operations

@Suite("Findings from night to night", .timeLimit(.minutes(10)))
struct LifecycleTests {
    @Test("what was mended is resolved, what is new is new, what comes back is reopened")
    func lifecycle() async throws {
        try await NightScene.play { scene in
            let first = try await scene.night().entities[0].stateCounts
            scene.sandbox.replaceWorld(
                (1...40).reduce(NightScene.world) { world, night in world.next(seed: night) })
            let second = try await scene.night().entities[0].stateCounts
            scene.sandbox.replaceWorld(NightScene.world)
            let third = try await scene.night().entities[0].stateCounts

            #expect(Set(first.keys) == [.new])
            #expect((second[.open] ?? 0) > 0)
            #expect((second[.new] ?? 0) > 0)
            #expect((second[.resolved] ?? 0) > 0)
            #expect(third[.reopened] == second[.resolved])
            #expect(third[.resolved] == second[.new])
        }
    }

    @Test("a run says by which models it linked, also when nothing had changed")
    func modelVersion() async throws {
        try await NightScene.play { scene in
            let first = try await scene.night().run
            let second = try await scene.night().run
            let versions = try await scene.withStore { store in
                [try await store.run(first).modelVersion, try await store.run(second).modelVersion]
            }

            #expect(versions[0]?.wholeMatch(of: /counterparty [0-9a-f]{16}/) != nil)
            #expect(versions[0] == versions[1])
        }
    }

    @Test("an earlier day is compared from what was current then, and changes nothing")
    func asOf() async throws {
        try await NightScene.play { scene in
            let first = try await scene.night()
            // Forty days pass.
            try scene.psql(
                """
                UPDATE run SET started_at = started_at - interval '40 days';
                UPDATE snapshot SET taken_at = taken_at - interval '40 days';
                """)
            scene.sandbox.replaceWorld(
                (1...40).reduce(NightScene.world) { world, night in world.next(seed: night) })
            let second = try await scene.night()
            func runs() async throws -> [RunID] {
                try await scene.withStore { try await $0.runs(limit: 10).map(\.id) }
            }
            let before = try await runs()

            // Tomorrow is the end of today in every time zone.
            let past = try await replay(scene, days: -20)
            let today = try await replay(scene, days: 1)

            #expect(fingerprints(past) == fingerprints(first))
            #expect(fingerprints(today) == fingerprints(second))
            #expect(fingerprints(past) != fingerprints(today))
            #expect(try await runs() == before)
            await #expect(throws: ConfigurationError.self) { try await replay(scene, days: -60) }
        }
    }

    /// What is found as of a day so many days from now.
    private func replay(_ scene: NightScene, days: Double) async throws -> JobOutcome {
        let day = Date(timeIntervalSinceNow: days * 86_400)
            .formatted(.iso8601.year().month().day())
        return try await NightlyAudit(
            scene.configuration, resources: ResourceFolders(overrides: nil),
            progress: SilentProgress()
        ).run(entities: nil, asOf: try #require(CalendarDate(day)))
    }

    private func fingerprints(_ outcome: JobOutcome) -> Set<FindingFingerprint> {
        Set(outcome.entities[0].findings.map(\.fingerprint))
    }
}
