import Foundation
import Sandbox
import TestSupport
import Testing

@Suite(
    "Shapes of recorded 1C answers",
    .enabled(if: ProjectFolders.shared != nil, "the recorded answers are not beside the checkout"))
struct InfobaseShapeTests {
    private func recorded(_ path: String) throws -> Data {
        let folder = try #require(ProjectFolders.shared)
        return try Data(contentsOf: folder.appending(path: "onec/\(path)"))
    }

    @Test(
        "an accountant's objects have exactly the members of the recorded ones",
        arguments: [
            ("catalog_kontragenty", "Catalog_Контрагенты"),
            ("catalog_nomenklatura", "Catalog_Номенклатура"),
            ("catalog_organizacii", "Catalog_Организации"), ("catalog_banki", "Catalog_Банки"),
            ("catalog_bankovskie_scheta", "Catalog_БанковскиеСчета"),
            ("catalog_dogovory_kontragentov", "Catalog_ДоговорыКонтрагентов"),
            ("catalog_sklady", "Catalog_Склады"), ("catalog_valyuty", "Catalog_Валюты"),
        ])
    func accountant(file: String, set: String) async throws {
        let document = try JSONSerialization.jsonObject(
            with: recorded("odata-json-bp30/\(file).json"))
        let object = try #require(document as? [String: Any])
        let sample = (object["value"] as? [[String: Any]])?.first ?? object
        try await withSandbox(size: 60) { client, _ in
            let list = try await client.odata("\(set)?$format=json;odata=nometadata")
            let rows = list.object?["value"] as? [[String: Any]] ?? []
            let row = try #require(rows.first { $0["IsFolder"] as? Bool != true })
            let members = sample.filter { !$0.key.contains("@") }
            #expect(Set(row.keys) == Set(members.keys))
            for (key, value) in members where !(value is NSNull) {
                #expect((row[key] is String) == (value is String), "\(key)")
                #expect((row[key] is [Any]) == (value is [Any]), "\(key)")
            }
        }
    }

    @Test(
        "a trade base's types have exactly the properties of the recorded metadata",
        arguments: [
            "Catalog_Контрагенты", "Catalog_Контрагенты_КонтактнаяИнформация",
            "Catalog_Контрагенты_КонтактнаяИнформация_RowType",
            "Catalog_Контрагенты_ДополнительныеРеквизиты_RowType",
            "Catalog_Контрагенты_ИсторияКПП_RowType", "Catalog_Номенклатура",
            "Catalog_Номенклатура_ДрагоценныеМатериалы_RowType", "Document_ЗаказКлиента",
            "Document_ЗаказКлиента_Товары", "Document_ЗаказКлиента_Товары_RowType",
            "Document_ЗаказКлиента_ЭтапыГрафикаОплаты_RowType",
            "Document_ЗаказКлиента_СкидкиНаценки_RowType", "AccumulationRegister_ТоварыНаСкладах",
            "AccumulationRegister_ТоварыНаСкладах_RecordType",
            "AccumulationRegister_ТоварыНаСкладах_RowType",
            "AccumulationRegister_ТоварыНаСкладах_Balance",
        ])
    func trade(type: String) async throws {
        let sample = try #require(Edmx(try recorded("odata-atom-ut11/msg001_metadata.xml")))
        try await withSandbox(
            size: 50, configure: { $0.infobase.configuration = .ut11 }
        ) { client, _ in
            let own = try #require(Edmx(try await client.odata("$metadata").body))
            let (mine, theirs) = (own.kinds[type], sample.kinds[type])
            #expect(mine?.properties == theirs?.properties)
            #expect(mine?.keys == theirs?.keys)
            #expect(mine?.nullable == theirs?.nullable)
        }
    }

    @Test("functions are bound as in the recorded metadata")
    func functions() async throws {
        let sample = try #require(Edmx(try recorded("odata-atom-ut11/msg001_metadata.xml")))
        try await withSandbox(
            size: 50, configure: { $0.infobase.configuration = .ut11 }
        ) { client, _ in
            let own = try #require(Edmx(try await client.odata("$metadata").body))
            for register in ["AccumulationRegister_ТоварыНаСкладах", "Document_ЗаказКлиента"] {
                func bound(_ metadata: Edmx) -> Set<String> {
                    Set(
                        metadata.functions.filter { $0.boundTo == "StandardODATA.\(register)" }
                            .map { "\($0.name) \($0.returns)" })
                }
                #expect(!bound(sample).isEmpty && bound(own) == bound(sample))
            }
        }
    }
}
