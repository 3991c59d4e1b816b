import Bitrix24
import Collection
import CollectorTestSupport
import Foundation
import Records
@testable import Sandbox
import Testing

@Suite("A mandatory field that a portal lost")
struct MandatoryFieldTests {
    private func message(
        _ fixture: SandboxFixture, _ entity: String
    ) async throws -> String {
        let error = try await #require(throws: CollectionError.self) {
            try await fixture.read(entity)
        }
        #expect(error.kind == .misconfigured)
        return error.message
    }

    @Test(
        "stops its entity before anything is read of it, and not the others",
        arguments: [
            ("counterparty", "company.TITLE", "crm.company.list has no TITLE", "name", "contact"),
            ("order", "deal.OPPORTUNITY", "crm.deal.list has no OPPORTUNITY", "total", "product"),
        ])
    func described(
        entity: String, field: String, words: String, name: String, other: String
    ) async throws {
        try await SandboxFixture.with(size: 60, { $0.removedFields = [field] }) { fixture in
            let message = try await message(fixture, entity)
            #expect(message.contains("\(words), which the mapping needs for '\(name)'"))
            #expect(message.contains("the others are read all the same"))
            // It was told by the description: no page of the list was asked for.
            let list = field.split(separator: ".")[0]
            let calls = fixture.sandbox.counters.methods["crm.\(list).list"]?.calls ?? 0
            #expect(calls == 1)
            #expect(try await fixture.read(other).certificate.isCertified)
            let definition = try #require(fixture.entity(entity))
            let failed = await (try fixture.source()).check(definition).filter { !$0.isPassed }
            #expect(failed.contains { $0.detail == message }, "\(failed)")
        }
    }

    @Test("is told by the records where the portal does not describe the list")
    func observed() async throws {
        try await SandboxFixture.with(
            size: 60, { $0.removedFields = ["product.name", "storeproduct.amount"] }
        ) { fixture in
            let product = try await message(fixture, "product")
            #expect(
                product.contains(
                    "catalog.product.list has no name, which the mapping needs for 'name'"))
            let stock = try await message(fixture, "stock")
            #expect(stock.contains("has no amount"))
            #expect(try await fixture.read("price").certificate.isCertified)
        }
        try await SandboxFixture.with(
            size: 60,
            {
                $0.removedFields = ["company.TITLE"]
                $0.missingMethods = ["crm.company.fields"]
            }
        ) { fixture in
            let message = try await message(fixture, "counterparty")
            #expect(message.contains("has no TITLE"))
        }
    }

    @Test("in what a related list gives is told by that list's description")
    func related() async throws {
        try await SandboxFixture.with(size: 60, { $0.removedFields = ["requisite.RQ_INN"] }) {
            fixture in
            #expect(try await fixture.read("counterparty").certificate.isCertified)
            var strict = fixture
            for section in strict.mapping.entities.indices {
                for field in strict.mapping.entities[section].fields.indices
                where strict.mapping.entities[section].fields[field].name.rawValue == "tax_id" {
                    strict.mapping.entities[section].fields[field].isMandatory = true
                }
            }
            let message = try await message(strict, "counterparty")
            #expect(message.contains("crm.company.list has no requisite/RQ_INN"))
        }
    }

    @Test("is not what nobody has filled in")
    func empty() async throws {
        try await SandboxFixture.with(size: 60) { fixture in
            var strict = fixture
            for section in strict.mapping.entities.indices {
                strict.mapping.entities[section].fields.append(
                    FieldMapping(
                        name: FieldName("code"),
                        expression: .path(try MappingPath(parsing: "WEB[].VALUE")),
                        isMandatory: strict.mapping.entities[section].list == "crm.company.list"))
            }
            // No company has a site, and the portal leaves the member out; but it knows it.
            let reading = try await strict.read("counterparty")
            #expect(reading.certificate.isCertified && reading.values("code").isEmpty)
        }
    }
}
