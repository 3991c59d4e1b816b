import Foundation
import PostgresClient
import Records
import Sandbox
import Storage
import Testing

@testable import Operations

@Suite("Personal data whose time is over", .timeLimit(.minutes(10)))
struct RetentionTests {
    @Test(
        "goes with the next night; what stands stays, and days that are no longer whole are refused"
    )
    func forgotten() async throws {
        try await NightScene.play(settings: "retention: {personal_data_days: 30}\n") { scene in
            _ = try await scene.night()
            scene.sandbox.replaceWorld(
                (1...40).reduce(NightScene.world) { world, night in world.next(seed: night) })
            let second = try await scene.night()
            // Forty days pass.
            try scene.psql(
                """
                UPDATE run SET started_at = started_at - interval '40 days';
                UPDATE snapshot SET taken_at = taken_at - interval '40 days';
                UPDATE finding SET personal_title = 'Иванов' WHERE resolved_run_id IS NOT NULL;
                """)
            func count(_ what: String) async throws -> Int {
                try await scene.withStore { store in
                    try await store.pool.withConnection {
                        try await $0.query(Statement(name: "test", text: "SELECT \(what)"))[0][0]
                            .int
                    }
                }
            }
            let ended = "count(*)::int FROM record_version WHERE valid_to IS NOT NULL"
            let resolved =
                "count(*)::int FROM finding WHERE personal_title = 'Иванов'"
            #expect(try await count(ended) > 0)
            #expect(try await count(resolved) > 0)

            let third = try await scene.night()

            #expect(try await count(ended) == 0)
            #expect(try await count(resolved) == 0)
            #expect(
                Set(third.entities[0].findings.map(\.fingerprint))
                    == Set(second.entities[0].findings.map(\.fingerprint)))
            let audit = NightlyAudit(
                scene.configuration, resources: ResourceFolders(overrides: nil),
                progress: SilentProgress())
            let past = Date(timeIntervalSinceNow: -35 * 86_400)
                .formatted(.iso8601.year().month().day())
            let error = await #expect(throws: ConfigurationError.self) {
                try await audit.run(entities: nil, asOf: try #require(CalendarDate(past)))
            }
            #expect(error?.description.contains("retention") == true)
        }
    }
}
