import Records
@testable import Sandbox
import Testing

@Suite("Sections that read more than one list of a portal")
struct SandboxSectionTests {
    @Test("contacts that stand for a person are counterparties, with bank accounts and addresses")
    func persons() async throws {
        try await SandboxFixture.with(persons: 1) { fixture in
            let reading = try await fixture.read("counterparty")
            #expect(reading.certificate.doubts == [])
            #expect(Set(reading.records.map(\.id.rawValue)) == fixture.ids(of: "counterparty"))
            let portal = fixture.sandbox.world.portal
            let (accounts, addresses) = (reading.values("bank_account"), reading.values("address"))
            var found = 0
            for person in portal.contacts where person.organization >= 0 {
                let own = portal.bankDetails.filter {
                    $0.isOfContact && $0.companyID == person.id && $0.isActive
                }
                let read = accounts[person.counterpartyID]?.texts ?? []
                #expect(Set(read) == Set(own.map(\.number)))
                found += own.isEmpty ? 0 : 1
            }
            #expect(found > 0)
            #expect(addresses.keys.contains { $0.hasPrefix("contact-") })
        }
    }

    @Test("a box that does not list its properties says what is not read for it")
    func withoutProperties() async throws {
        try await SandboxFixture.with({ options in
            options.missingMethods = ["catalog.", "crm.product.property."]
        }) { fixture in
            let products = try await fixture.read("product")
            #expect(!products.records.isEmpty && products.values("article").isEmpty)
            #expect(
                products.certificate.remarks.contains {
                    $0.contains("has no crm.product.property.list. What it would tell is not read")
                })
        }
    }
}
