import Bitrix24
import Collection
import Definitions
import Foundation
import Records
import Synchronization
import TestSupport

/// The house's own definitions, and a source that reads a portal in memory.
struct PortalFixture {
    let entity: EntityDefinition
    var mapping: MappingDefinition

    init(entity name: String = "counterparty") throws {
        let templates = ProjectFolders.root.appending(path: "templates")
        entity = try EntityFile.read(templates.appending(path: "entities/\(name).yaml"))
        mapping = try MappingFile.read(
            templates.appending(path: "mappings/bitrix24.yaml"), entities: [entity])
    }

    func source(_ transport: any HTTPTransport) throws -> Bitrix24Source {
        Bitrix24Source(
            name: SourceName("crm"),
            access: try Webhook("https://portal.example/rest/1/s3cretcode/"),
            mapping: mapping, transport: transport, limiter: nil,
            policy: RetryPolicy(attempts: 4), clock: MonotonicClock(ManualClock()))
    }

    /// Reads everything.
    func read(_ transport: any HTTPTransport) async throws -> (records: [Record], Certificate) {
        let records = Mutex<[Record]>([])
        let certificate = try await source(transport).collect(entity, progress: { _, _ in }) {
            page in
            records.withLock { $0 += page }
        }
        return (records.withLock { $0 }, certificate)
    }

    func value(_ field: String, of record: Record) -> FieldValue? {
        entity.index(of: FieldName(field)).flatMap { record[$0] }
    }

    /// Companies with ids 3, 6, 9 …, each with a requisite and every fifth with a second one.
    static func content(companies: Int) -> PortalDouble.Content {
        var content = PortalDouble.Content()
        var (rows, requisites, addresses):
            ([[String: String]], [[String: String]], [[String: String]])
        (rows, requisites, addresses) = ([], [], [])
        for number in 1...max(1, companies) where companies > 0 {
            let id = String(number * 3)
            rows.append(["ID": id, "TITLE": "Company \(number)", "IS_MY_COMPANY": "N"])
            for copy in 0..<(number % 5 == 0 ? 2 : 1) {
                let requisite = String(requisites.count + 1)
                requisites.append([
                    "ID": requisite, "ENTITY_TYPE_ID": "4", "ENTITY_ID": id, "SORT": "500",
                    "ACTIVE": "Y", "ADDRESS_ONLY": "N", "RQ_INN": "77\(number)\(copy)",
                ])
                addresses.append([
                    "TYPE_ID": "6", "ENTITY_TYPE_ID": "8", "ENTITY_ID": requisite,
                    "CITY": "Town \(number)",
                ])
            }
        }
        content.rows = [
            "crm.company.list": rows, "crm.requisite.list": requisites.reversed(),
            "crm.address.list": addresses,
        ]
        return content
    }
}
