import Bitrix24
import Collection
import Definitions
import Foundation
import Records
@testable import Sandbox
import Synchronization
import TestSupport

/// A portal played in this process, and a source that reads it over loopback.
struct SandboxFixture {
    static let entityNames = [
        "counterparty", "contact", "product", "price", "stock", "order", "invoice", "payment",
        "user",
    ]

    let sandbox: Sandbox
    let addresses: SandboxAddresses
    var mapping: MappingDefinition
    let entities: [EntityDefinition]

    /// The world that most tests play, made once.
    private static let usual = World(WorldOptions(size: 60, seed: 3))

    /// What a reading brought.
    struct Reading {
        var entity: EntityDefinition
        var records: [Record]
        var certificate: Certificate

        /// A field of every record, by id.
        func values(_ field: String) -> [String: FieldValue] {
            guard let index = entity.index(of: FieldName(field)) else { return [:] }
            var values: [String: FieldValue] = [:]
            for record in records { values[record.id.rawValue] = record[index] }
            return values
        }
    }

    /// Plays a portal while something is done with it.
    static func with(
        size: Int = 300, seed: UInt64 = 3, persons: Double = 0, mapping: String = "bitrix24",
        now: (@Sendable () -> Double)? = nil,
        _ change: (inout PortalOptions) -> Void = { _ in },
        body: (SandboxFixture) async throws -> Void
    ) async throws {
        var options = SandboxOptions(world: WorldOptions(size: size, seed: seed))
        options.world.personsAsContacts = persons
        options.portal.requestsPerSecond = nil
        options.portal.operatingLimit = nil
        options.now = now
        change(&options.portal)
        let isUsual = options.world == usual.options
        let sandbox = Sandbox(options, world: isUsual ? usual : World(options.world))
        let addresses = try await sandbox.start()
        do {
            let templates = ProjectFolders.root.appending(path: "templates")
            // A mapping of its own reads the exchange's journal, and nothing else does.
            let names = mapping == "bitrix24-journal" ? ["operation"] : entityNames
            let entities = try names.map {
                try EntityFile.read(templates.appending(path: "entities/\($0).yaml"))
            }
            let fixture = SandboxFixture(
                sandbox: sandbox, addresses: addresses,
                mapping: try MappingFile.read(
                    templates.appending(path: "mappings/\(mapping).yaml"), entities: entities),
                entities: entities)
            try await body(fixture)
            await sandbox.stop()
        } catch {
            await sandbox.stop()
            throw error
        }
    }

    func entity(_ name: String) -> EntityDefinition? {
        entities.first { $0.name.rawValue == name }
    }

    func source(
        access: (any PortalAccess)? = nil, limiter: RateLimiter? = nil,
        operating: OperatingTime? = nil, clock: MonotonicClock = MonotonicClock(ManualClock()),
        through transport: any HTTPTransport = AsyncHTTPTransport()
    ) throws -> Bitrix24Source {
        Bitrix24Source(
            name: SourceName("crm"), access: try access ?? Webhook(addresses.bitrixWebhook),
            mapping: mapping, transport: transport, limiter: limiter,
            operating: operating ?? OperatingTime(limit: nil), policy: RetryPolicy(attempts: 6),
            clock: clock)
    }

    /// Reads an entity whole.
    func read(_ name: String, from given: Bitrix24Source? = nil) async throws -> Reading {
        guard let entity = entity(name) else { throw CocoaError(.keyValueValidation) }
        let records = Mutex<[Record]>([])
        let source = try given ?? self.source()
        let certificate = try await source.collect(entity, progress: { _, _ in }) { page in
            records.withLock { $0 += page }
        }
        return Reading(
            entity: entity, records: records.withLock { $0 }, certificate: certificate)
    }
}
