import Collection
import Foundation
@testable import OneC
import Records
import TestSupport
import Testing

@Suite("A counterparty's fields")
struct CounterpartyMappingTests {
    private static let shared = ProjectFolders.shared?.appending(path: "onec")

    private func record(_ fixture: InfobaseFixture, _ json: String) async throws -> Record {
        try #require(try await fixture.read(InfobaseDouble([json])).records.first)
    }

    @Test("fields, contacts and references are read from an entity of Accounting 3.0")
    func accounting() async throws {
        let fixture = try InfobaseFixture()
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "Fixtures")
        let json = try String(
            contentsOf: folder.appending(path: "branch_with_contacts.json"), encoding: .utf8)
        let record = try await record(fixture, json)
        func value(_ field: String) -> FieldValue? { fixture.value(field, of: record) }
        #expect(record.id.rawValue == "0f3c9e1e-1111-11ee-92f1-0050568b35ac")
        #expect(value("name") == .text("Альтаир ООО (Пермь)"))
        #expect(value("full_name") == .text("ООО \"Альтаир\""))
        #expect(value("legal_kind") == .text("organization"))
        #expect(value("tax_id") == .text("7701012342") && value("kpp") == .text("590243001"))
        #expect(value("phone") == .texts(["+7 (342) 000-00-01", "8 342 000-00-02"]))
        #expect(value("email") == .texts(["info@altair.example"]))
        #expect(value("address") == .text("614000, Пермский край, Пермь г, Ленина ул, дом № 1"))
        #expect(value("parent_id") == .text("0f3c9e1e-0000-11ee-92f1-0050568b35ac"))
        #expect(value("registration_number") == nil && value("other_id") == nil)
        #expect(value("is_deleted") == .boolean(true))
        #expect(value("code") == .text("00-000041"))
    }

    @Test(
        "the kind of a person follows from numbers and name",
        arguments: [
            (#","ИНН":"500100732259""#, "sole_proprietor"),
            (#","РегистрационныйНомер":"323770000000017""#, "sole_proprietor"),
            (#","НаименованиеПолное":"Индивидуальный предприниматель Иванов""#, "sole_proprietor"),
            ("", "person"), (#","НалоговыйНомер":"190000000""#, "foreign"),
        ])
    func kinds(members: String, kind: String) async throws {
        let fixture = try InfobaseFixture()
        let json = InfobaseDouble.entity(
            1, #","ЮридическоеФизическоеЛицо":"ФизическоеЛицо""# + members)
        #expect(fixture.value("legal_kind", of: try await record(fixture, json)) == .text(kind))
    }

    @Test(
        "recorded metadata of Trade Management 11 has what its mapping needs",
        .enabled(if: shared != nil, "needs the recorded answers beside the checkout"))
    func metadata() throws {
        let fixture = try InfobaseFixture("onec-ut11")
        let file = try #require(Self.shared).appending(path: "odata-atom-ut11/msg001_metadata.xml")
        let metadata = try MetadataReader.read(Array(try Data(contentsOf: file)))
        let mapping = try #require(fixture.mapping[EntityName("counterparty")])
        let fit = SectionFit(mapping, metadata: metadata)
        #expect(fit.isReadable && fit.lostOptional.isEmpty)
        #expect(
            fit.lostLists == [
                "Catalog_Партнеры", "Catalog_БанковскиеСчетаКонтрагентов",
                "Catalog_ВидыКонтактнойИнформации",
            ])
        #expect(fit.selection?.key == ["Ref_Key"])
    }

    @Test("a record opens by the navigation link of 1C")
    func webAddress() throws {
        let fixture = try InfobaseFixture()
        let source = try fixture.source(InfobaseDouble([]))
        let id = RecordID("aabbccdd-eeff-1122-3344-556677889900")
        #expect(
            source.webAddress(of: id, entity: fixture.entity.name)
                == "https://srv.example/base/#e1cib/data/Справочник.Контрагенты?ref="
                + "33445566778899001122eeffaabbccdd")
        #expect(source.webAddress(of: RecordID("41"), entity: fixture.entity.name) == nil)
    }
}
