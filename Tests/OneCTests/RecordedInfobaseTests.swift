import Collection
import Foundation
import Records
import TestSupport
import Testing

@testable import OneC

private let recorded = ProjectFolders.shared?.appending(path: "onec/odata-json-bp30")

/// Answers of a real infobase of Accounting 3.0, read by the collector with the house's mapping.
@Suite(
    "Recorded answers of Accounting 3.0",
    .enabled(
        if: recorded != nil, "needs the recorded answers beside the checkout"))
struct RecordedInfobaseTests {
    /// A recorded entity as it came.
    private func entity(_ name: String) throws -> JSONValue {
        let file = try #require(recorded).appending(path: "\(name).json")
        let answer = try JSONDocument(parsing: Array(try Data(contentsOf: file))).root
        return answer["value"].flatMap { Array($0.elements).first } ?? answer
    }

    private func names(of entity: JSONValue) -> [String] { entity.members.map { $0.0 } }

    /// A set of one recorded entity.
    private func set(
        _ name: String, _ file: String, mended: (String) -> String = { $0 }
    ) throws -> InfobaseDouble.FurtherSet {
        let entity = try entity(file)
        return InfobaseDouble.FurtherSet(
            name: name, entities: [mended(entity.jsonText)], properties: names(of: entity))
    }

    @Test("a counterparty is the record that it is, with its bank account")
    func counterparty() async throws {
        let fixture = try InfobaseFixture()
        let entity = try entity("catalog_kontragenty")
        // The recorded account is another counterparty's.
        let accounts = try set("Catalog_БанковскиеСчета", "catalog_bankovskie_scheta") {
            $0.replacing(
                "a78ac434-d62b-11e5-0a9b-000c295e30eb",
                with: "a348aa8c-d629-11e5-0a9b-000c295e30eb")
        }
        let infobase = InfobaseDouble(
            [entity.jsonText], properties: names(of: entity), further: [accounts])

        let (records, certificate) = try await fixture.read(infobase)

        let record = try #require(records.first)
        func value(_ field: String) -> FieldValue? { fixture.value(field, of: record) }
        #expect(certificate.isCertified && certificate.deliveredCount == 1)
        #expect(record.id.rawValue == "a348aa8c-d629-11e5-0a9b-000c295e30eb")
        #expect(value("name") == .text("ТЕХНО-ЛОГИСТИК ООО"))
        #expect(value("full_name") == .text("ООО \"ТЕХНО-ЛОГИСТИК\""))
        #expect(value("tax_id") == .text("5024089920") && value("kpp") == .text("501701001"))
        #expect(value("registration_number") == .text("1075024007156"))
        #expect(value("legal_kind") == .text("organization"))
        #expect(value("code") == .text("00-000036"))
        #expect(value("is_deleted") == .boolean(false))
        // A head counterparty that is the record itself is none.
        #expect(value("parent_id") == nil)
        #expect(value("phone") == nil && value("address") == nil)
        #expect(value("bank_account") == .texts(["40701810200001000144"]))
        #expect(record.readingNotes.isEmpty)
    }

    @Test("goods become products")
    func products() async throws {
        let fixture = try InfobaseFixture(entity: "product")
        let entity = try entity("catalog_nomenklatura")
        let infobase = InfobaseDouble(
            [entity.jsonText], of: "Catalog_Номенклатура", properties: names(of: entity))

        let (records, certificate) = try await fixture.read(infobase)

        let record = try #require(records.first)
        #expect(certificate.isCertified && certificate.deliveredCount == 1)
        #expect(record.id.rawValue == "f02ce7b3-e3b3-11eb-b4ad-000c29b45b09")
        #expect(fixture.value("name", of: record) == .text("Мойка"))
        #expect(fixture.value("code", of: record) == .text("00-00000001"))
        #expect(fixture.value("kind", of: record) == .text("goods"))
        #expect(fixture.value("is_deleted", of: record) == .boolean(false))
        #expect(record.readingNotes.allSatisfy { $0.kind == .unknownKey })
    }

    // No register was recorded: their rows are made here and name recorded entities.

    @Test("a price is of the currency that the recorded catalogue names")
    func currency() throws {
        let record = try record(
            of: "price", lookup: "currency", in: "catalog_valyuty",
            row: """
                {"Номенклатура_Key":"f02ce7b3-e3b3-11eb-b4ad-000c29b45b09","Цена":1250.5,
                "ТипЦен_Key":"fefc5aa3-0000-11e5-a85a-3085a93ddca2",
                "Валюта_Key":"d190f831-8857-11e5-a85a-3085a93ddca2"}
                """)
        #expect(record("price") == .money(Money(minorUnits: 125_050, currency: "RUB")))
    }

    @Test("a balance lies in the warehouse that the recorded catalogue names")
    func warehouse() throws {
        let record = try record(
            of: "stock", lookup: "warehouse", in: "catalog_sklady",
            row: """
                {"ExtDimension1":"f02ce7b3-e3b3-11eb-b4ad-000c29b45b09",
                "ExtDimension1_Type":"StandardODATA.Catalog_Номенклатура",
                "ExtDimension2":"fefc5aa3-8857-11e5-a85a-3085a93ddca2",
                "ExtDimension2_Type":"StandardODATA.Catalog_Склады",
                "Account_Key":"fefc5aa3-1111-11e5-a85a-3085a93ddca2",
                "Организация_Key":"39d6d856-b849-11e5-d193-000c295e30eb","КоличествоBalance":7}
                """)
        #expect(record("warehouse") == .text("Основной склад"))
        #expect(record("quantity") == .quantity(Quantity(units: 7, scale: 0)))
    }

    /// The fields of a row whose lookup is a recorded catalogue.
    private func record(
        of entity: String, lookup name: String, in file: String, row: String
    ) throws -> (String) -> FieldValue? {
        let fixture = try InfobaseFixture(entity: entity)
        let mapping = try #require(fixture.mapping[EntityName(entity)])
        let lookup = try #require(mapping.lookups.first { $0.name == name })
        var tables = LookupTables()
        tables.fill(lookup, of: mapping, with: [try self.entity(file)])
        let decoder = RecordDecoder(mapping, entity: fixture.entity, lookups: tables)
        let outcome = decoder.decode(try JSONDocument(parsing: Array(row.utf8)).root)
        guard case .record(let record) = outcome else {
            Issue.record("\(outcome)")
            return { _ in nil }
        }
        #expect(record.readingNotes.allSatisfy { $0.kind == .unknownKey })
        return { fixture.value($0, of: record) }
    }
}
