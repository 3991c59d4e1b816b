import Foundation
import PostgresClient
import Records
@testable import Sandbox
import Storage
import Synchronization
import Testing

@testable import Collection
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

    @Test(
        "is read between the nights by the job of the journal, each operation once, and feeds alerts",
        arguments: keepers)
    func byJob(keeper: Side, mapping: String) async throws {
        let settings = """
            entities: [counterparty]
            company: {name: Ромашка, time_zone: Europe/Moscow}
            mail: {from: sverka@example.ru, host: 127.0.0.1, port: 9, security: none}
            subscriptions:
              - {to: boss@example.ru, alerts: info}
            """
        try await NightScene.play(settings: settings) { scene in
            let scene = try scene.keepingJournal(keeper, mapping)
            let first = try await scene.readJournal()
            #expect(first.incomplete == [])
            #expect(first.entryCount == NightScene.world.operations.count)
            #expect(try await scene.journal() == expected([NightScene.world]))
            #expect(try await scene.readJournal().entryCount == 0, "none twice")

            // The next day's list holds a week; of what is older than two days all is known.
            let world = NightScene.world.next(seed: 9)
            scene.sandbox.replaceWorld(world)
            let latest = try #require(NightScene.world.operations.map(\.timestamp).max()) / 1_000
            let since = keeper == .left ? latest + 60 - 48 * 3_600 : 0
            let third = try await scene.readJournal(after: world)
            let new = expected([world], since: since)
            #expect(third.entryCount == new.count)
            #expect(third.entryCount > 0)
            #expect(
                try await scene.journal() == (expected([NightScene.world]) + new).sorted())
            let stages = try await scene.texts(
                """
                SELECT DISTINCT run.job || ': ' || run_stage.name FROM run_stage
                JOIN run ON run.id = run_id ORDER BY 1
                """)
            #expect(
                stages == [
                    "journal: alerts", "journal: collect exchange operation",
                    "journal: take over exchange",
                ])
        }
    }

    @Test("that cannot be read is told of as a source, and the job ends with 3")
    func unreachable() async throws {
        try await NightScene.play(settings: "entities: [counterparty]\n") { scene in
            var scene = try scene.keepingJournal(.right, "bitrix24-journal")
            scene.configuration.journal?.address = "http://127.0.0.1:9/rest/1/none/"
            scene.configuration.subscriptions = []
            let outcome = try await scene.readJournal()
            #expect(outcome.exitCode == 3)
            #expect(outcome.incomplete.first?.hasPrefix("operation from exchange: ") == true)
            let failures = try await scene.withStore { try await $0.collectorFailures() }
            #expect(failures == [["source": "exchange", "entity": "operation"]])
        }
    }

    @Test("gives no more than a window asks for, and its certificate stands", arguments: keepers)
    func window(keeper: Side, mapping: String) async throws {
        try await NightScene.play(settings: "entities: [counterparty]\n") { scene in
            let scene = try scene.keepingJournal(keeper, mapping)
            let operations = NightScene.world.operations.sorted { $0.timestamp < $1.timestamp }
            let middle = operations[operations.count / 2]
            let window = ReadingWindow(
                field: FieldName("timestamp"),
                since: Date(timeIntervalSince1970: Double(middle.timestamp / 1_000)),
                leastNumber: middle.id)
            let entity = try EntityCatalog(ResourceFolders(overrides: nil)).entity("operation")
            let journal = try #require(scene.configuration.journal)
            let source = try SourceFactory(
                timeZone: scene.configuration.company.timeZone,
                resources: ResourceFolders(overrides: nil), window: window
            ).source(.journal, journal, entities: [entity]).source
            let taken = Mutex<Set<String>>([])
            let certificate = try await source.collect(entity, progress: { _, _ in }) { records in
                taken.withLock { $0.formUnion(records.map(\.id.rawValue)) }
            }
            let wanted = operations.filter {
                keeper == .left
                    ? $0.timestamp / 1_000 >= middle.timestamp / 1_000 : $0.id >= middle.id
            }
            #expect(taken.withLock { $0 } == Set(wanted.map { String($0.id) }))
            #expect(wanted.count < operations.count)
            #expect(certificate.doubts == [])
            #expect(certificate.remarks.contains { $0.hasPrefix("Only ") })
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
    private func expected(
        _ worlds: [World], since earliest: Int64 = 0, until latest: Int64 = .max
    ) -> [String] {
        worlds.flatMap(\.operations).filter {
            (earliest...latest).contains($0.timestamp / 1_000)
        }.map { operation in
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

    /// Runs the job of the journal, a minute after the last operation of a world.
    fileprivate func readJournal(
        after world: World = NightScene.world
    ) async throws -> JournalOutcome {
        let latest = world.operations.map(\.timestamp).max() ?? 0
        let now = Date(timeIntervalSince1970: Double(latest / 1_000) + 60)
        return try await JournalIngest(
            configuration, resources: ResourceFolders(overrides: nil), progress: SilentProgress(),
            now: { now }
        ).run()
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
