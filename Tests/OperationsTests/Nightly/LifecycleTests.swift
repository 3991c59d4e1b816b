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

    @Test("an earlier day is compared from what is stored, and changes nothing")
    func asOf() async throws {
        try await NightScene.play { scene in
            let night = try await scene.night()
            scene.sandbox.replaceWorld(NightScene.world.next(seed: 9))
            let audit = NightlyAudit(
                scene.configuration, resources: ResourceFolders(overrides: nil),
                progress: SilentProgress())
            let (before, today) = try await scene.withStore { store in
                (
                    try await store.runs(limit: 10).map(\.id),
                    try await store.snapshots(run: night.run)[0].takenAt
                )
            }
            // A day on is the end of today in every time zone.
            let day = today.addingTimeInterval(86_400).formatted(.iso8601.year().month().day())

            let replay = try await audit.run(
                entities: nil, asOf: try #require(CalendarDate(day)))
            let after = try await scene.withStore { try await $0.runs(limit: 10).map(\.id) }

            #expect(
                Set(replay.entities[0].findings.map(\.fingerprint))
                    == Set(night.entities[0].findings.map(\.fingerprint)))
            #expect(before == after)
            let longAgo = try #require(CalendarDate(year: 2001, month: 1, day: 1))
            await #expect(throws: ConfigurationError.self) {
                try await audit.run(entities: nil, asOf: longAgo)
            }
        }
    }
}
