import Collection
import Definitions
import Foundation
import OneC
import Records
import Synchronization
import TestSupport

/// The house's own definitions, and a source that reads an infobase in memory.
struct InfobaseFixture {
    let entity: EntityDefinition
    let mapping: MappingDefinition
    let clock = ManualClock()

    init(_ mapping: String = "onec-bp30", entity name: String = "counterparty") throws {
        let templates = ProjectFolders.root.appending(path: "templates")
        entity = try EntityFile.read(templates.appending(path: "entities/\(name).yaml"))
        self.mapping = try MappingFile.read(
            templates.appending(path: "mappings/\(mapping).yaml"), entities: [entity])
    }

    static func address(password: String = "секрет") throws -> InfobaseAddress {
        try InfobaseAddress(
            "https://srv.example/base/", user: "Администратор", password: password)
    }

    func source(
        _ transport: any HTTPTransport, settings: OneCSource.Settings = OneCSource.Settings(),
        password: String = "секрет", access: InfobaseAccess? = nil
    ) throws -> OneCSource {
        OneCSource(
            name: SourceName("accounting"), address: try Self.address(password: password),
            mapping: mapping, settings: settings, transport: transport, access: access,
            policy: RetryPolicy(attempts: 5), clock: MonotonicClock(clock))
    }

    /// Reads everything.
    func read(
        _ transport: any HTTPTransport, settings: OneCSource.Settings = OneCSource.Settings()
    ) async throws -> (records: [Record], certificate: Certificate) {
        let records = Mutex<[Record]>([])
        let certificate = try await source(transport, settings: settings)
            .collect(entity, progress: { _, _ in }) { page in
                records.withLock { $0 += page }
            }
        return (records.withLock { $0 }, certificate)
    }

    func value(_ field: String, of record: Record) -> FieldValue? {
        entity.index(of: FieldName(field)).flatMap { record[$0] }
    }
}
