import Foundation
import PostgresClient
import Records
@testable import Sandbox
import Storage
import Testing

@testable import Operations

@Suite("A journal that a system keeps", .timeLimit(.minutes(10)))
struct KeptJournalTests {
    /// Who keeps it, and by which mapping it is read.
    static let keepers: [(Side, String)] = [(.left, "onec-bp30"), (.right, "bitrix24-journal")]

    @Test(
        "is taken over into reports and alerts by the night, each operation once",
        arguments: keepers)
    func takenOver(keeper: Side, mapping: String) async throws {
        try await NightScene.play(settings: "entities: [counterparty]\n") { scene in
            let scene = try scene.keepingJournal(keeper, mapping)
            let first = try await scene.night()
            #expect(first.exitCode == 0, "\(first.incomplete)")
            #expect(first.collected.first?.counts.map(\.source) == [SourceName("exchange")])
            #expect(try await scene.journal() == expected([NightScene.world]))

            try await scene.night()
            #expect(try await scene.journal() == expected([NightScene.world]), "none twice")

            let world = NightScene.world.next(seed: 9)
            scene.sandbox.replaceWorld(world)
            try await scene.night()
            #expect(try await scene.journal() == expected([NightScene.world, world]))
        }
    }

    @Test("leaves out what says it happened later than now, and counts it")
    func fromFuture() async throws {
        try await NightScene.play(settings: "entities: [counterparty]\n") { scene in
            let scene = try scene.keepingJournal(.left, "onec-bp30")
            let operations = NightScene.world.operations.sorted { $0.timestamp < $1.timestamp }
            let middle = operations[operations.count / 2].timestamp / 1_000
            let now = Date(timeIntervalSince1970: Double(middle) - JournalIngest.futureTolerance)
            _ = try await NightlyAudit(
                scene.configuration, resources: ResourceFolders(overrides: nil),
                progress: SilentProgress(), now: { now }
            ).run()
            let believed = expected([NightScene.world], until: middle)
            #expect(try await scene.journal() == believed)
            let counts = try await scene.texts(
                """
                SELECT (counts ->> 'operations') || ' ' || (counts ->> 'refused_from_future')
                FROM run_stage WHERE name = 'take over exchange'
                """)
            #expect(counts == ["\(believed.count) \(operations.count - believed.count)"])
        }
    }

    @Test("beside the two sides does not make their mappings' registers be asked for")
    func sidesAreNotAsked() async throws {
        try await NightScene.play(settings: "entities: [counterparty]\n") { scene in
            var scene = try scene.keepingJournal(.right, "bitrix24-journal")
            #expect(!scene.configuration.asks(.left, for: EntityName("operation")))
            scene.configuration.entities.append(EntityName("operation"))
            #expect(scene.configuration.asks(.left, for: EntityName("operation")))
            #expect(!scene.configuration.asks(.journal, for: EntityName("counterparty")))
        }
    }

    /// What the journal holds of the operations of worlds up to a moment, in seconds since 1970.
    private func expected(_ worlds: [World], until latest: Int64 = .max) -> [String] {
        worlds.flatMap(\.operations).filter { $0.timestamp / 1_000 <= latest }.map { operation in
            "\(operation.timestamp / 1_000) \(operation.action.rawValue) "
                + "\(operation.object.rawValue) \(operation.source) \(operation.target) "
                + "\(operation.objectID) \(operation.failure?.rawValue ?? "-") "
                + "\(operation.durationMilliseconds)"
        }.sorted()
    }
}

extension NightScene {
    /// The scene with a journal that is read from one of its systems.
    fileprivate func keepingJournal(_ side: Side, _ mapping: String) throws -> NightScene {
        var scene = self
        var journal = try #require(configuration.sources[side])
        journal.name = SourceName("exchange")
        journal.mapping = mapping
        scene.configuration.journal = journal
        return scene
    }

    /// The operations that the journal holds, one line each.
    fileprivate func journal() async throws -> [String] {
        let query = """
            SELECT extract(epoch FROM occurred_at)::bigint || ' ' || operation || ' ' || object_kind
                || ' ' || source_system || ' ' || target_system || ' ' || object_id || ' '
                || CASE WHEN is_error THEN error_code ELSE '-' END || ' ' || duration_ms AS line
            FROM journal_entry
            """
        return try await texts(query).sorted()
    }

    fileprivate func texts(_ sql: String) async throws -> [String] {
        try await withStore { store in
            try await store.pool.withConnection { connection in
                try await connection.query(Statement(name: "test", text: sql)).map {
                    try $0[0].text
                }
            }
        }
    }
}
