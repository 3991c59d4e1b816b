import Bitrix24
import Collection
import Records
@testable import Sandbox
import Testing

@Suite("Reading who made and who changed the records of a portal")
struct SandboxEditorTests {
    /// The records of an entity as the world has them, by the ids that they are read under.
    private static func records(
        of entity: String, in world: World
    ) -> [String: any EditedRecord] {
        var records: [String: any EditedRecord] = [:]
        switch entity {
        case "counterparty":
            for company in world.companies { records[String(company.id)] = company }
            for contact in world.portal.contacts { records[contact.counterpartyID] = contact }
        case "contact":
            for contact in world.portal.contacts { records[String(contact.id)] = contact }
        case "product":
            for product in world.portal.products { records[String(product.id)] = product }
        case "order":
            for deal in world.portal.deals { records[String(deal.id)] = deal }
        default:
            for invoice in world.portal.smartInvoices {
                records[String(invoice.id)] = invoice
                records["invoice-\(invoice.id)"] = invoice
            }
        }
        return records
    }

    private static func expectEditors(
        _ entity: String, _ fixture: SandboxFixture, among ids: (String) -> Bool = { _ in true }
    ) async throws {
        let reading = try await fixture.read(entity)
        let (creators, editors) = (reading.values("created_by"), reading.values("modified_by"))
        let records = records(of: entity, in: fixture.sandbox.world)
        let read = reading.records.map(\.id.rawValue).filter(ids)
        #expect(!read.isEmpty)
        for id in read {
            let record = try #require(records[id])
            #expect(creators[id] == .text(String(record.creatorID)), "\(entity) \(id)")
            #expect(editors[id] == .text(String(record.editorID)), "\(entity) \(id)")
        }
    }

    @Test(
        "gives the employees that the portal names",
        arguments: ["counterparty", "contact", "product", "order", "invoice"])
    func editors(entity: String) async throws {
        try await SandboxFixture.with(persons: 0.5) { fixture in
            try await Self.expectEditors(entity, fixture)
        }
    }

    @Test("gives those of an invoice for its payment")
    func payments() async throws {
        // Paid ones of which the portal keeps no document are few.
        try await SandboxFixture.with(size: 1_000) { fixture in
            try await Self.expectEditors("payment", fixture) { $0.hasPrefix("invoice-") }
        }
    }

    @Test("gives them of the goods and contacts of a box without newer methods too")
    func oldBox() async throws {
        try await SandboxFixture.with({ options in
            options.missingMethods = ["catalog.", "crm.item."]
        }) { fixture in
            for entity in ["product", "contact", "order"] {
                try await Self.expectEditors(entity, fixture)
            }
        }
    }
}
