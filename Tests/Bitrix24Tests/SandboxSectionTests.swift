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

    @Test("products of an old box are in the sections that the portal has, by name")
    func oldSections() async throws {
        try await SandboxFixture.with({ $0.missingMethods = ["catalog."] }) { fixture in
            let products = try await fixture.read("product")
            #expect(products.certificate.doubts == [])
            #expect(products.certificate.noteCounts["unknown_key"] == nil)
            let portal = fixture.sandbox.world.portal
            let names = Dictionary(
                uniqueKeysWithValues: portal.sections.map { ($0.id, $0.name) })
            let groups = products.values("group")
            let own = portal.products.filter { $0.kind != .offer }
            #expect(own.contains { $0.sectionID != 0 })
            for product in own {
                let group = groups[String(product.id)]
                #expect(group?.plainText == names[product.sectionID], "\(product.id)")
            }
        }
    }

    @Test("a list of names that the portal lacks leaves the field empty, and numbers are no names")
    func withoutSections() async throws {
        try await SandboxFixture.with({ options in
            options.missingMethods = ["catalog.", "crm.productsection."]
        }) { fixture in
            let products = try await fixture.read("product")
            #expect(!products.records.isEmpty && products.values("group").isEmpty)
            let inSections = fixture.sandbox.world.portal.products.filter {
                $0.kind != .offer && $0.sectionID != 0
            }
            #expect(products.certificate.noteCounts["unknown_key"] == inSections.count)
            #expect(
                products.certificate.remarks.contains {
                    $0.contains("what 'old_section' means stays unknown")
                })
        }
    }

    @Test(
        "a field of several values that has none says nothing, however the portal writes it",
        arguments: PortalOptions.UnsetMultiple.allCases)
    func unsetMultiple(written: PortalOptions.UnsetMultiple) async throws {
        try await SandboxFixture.with(size: 60, { $0.unsetMultiple = written }) { fixture in
            let plain = try await fixture.read("order").values("title")
            var tagged = fixture
            let tags = MappingExpression.path(
                MappingPath(steps: [.member("UF_CRM_1C_TAGS")]))
            for place in tagged.mapping.entities.indices
            where tagged.mapping.entities[place].entity == EntityName("order") {
                let fields = tagged.mapping.entities[place].fields
                tagged.mapping.entities[place].fields = fields.map { field in
                    guard field.name == FieldName("title") else { return field }
                    return FieldMapping(
                        name: field.name, expression: .firstOf([tags, field.expression]))
                }
            }
            let titles = try await tagged.read("order").values("title")
            #expect(!plain.isEmpty && titles == plain)
        }
    }

    @Test(
        "comments are read, whichever markup the portal has",
        arguments: [PortalOptions.Comments.bbCode, .html])
    func comments(written: PortalOptions.Comments) async throws {
        try await SandboxFixture.with(size: 60, { $0.comments = written }) { fixture in
            let reading = try await fixture.read("counterparty")
            let comments = reading.values("comment")
            #expect(comments.count == reading.records.count && !comments.isEmpty)
            #expect(
                comments.values.allSatisfy { $0.plainText.contains("Звонить до обеда") })
        }
    }

    @Test("stages whose funnel the portal does not give stay unknown, and their codes are no names")
    func withoutFunnels() async throws {
        try await SandboxFixture.with({ options in
            options.cutsStatuses = true
            options.missingMethods = ["crm.category."]
        }) { fixture in
            let invoices = try await fixture.read("invoice")
            #expect(!invoices.records.isEmpty && invoices.values("status").isEmpty)
            #expect(invoices.certificate.noteCounts["unknown_key"] == invoices.records.count)
            // Whether such an invoice is paid is not known either.
            let payments = try await fixture.read("payment").certificate
            #expect((payments.noteCounts["unknown_key"] ?? 0) > 0 && !payments.isCertified)
        }
    }
}
