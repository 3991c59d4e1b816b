import Collection
import FileSource
import Foundation
import Records
import TestSupport
import Testing

@Suite("A mandatory field that exported files lost")
struct MandatoryFieldTests {
    private func folder(_ files: [String: String]) throws -> (TemporaryFolder, FolderSource) {
        let folder = try TemporaryFolder()
        for (name, text) in files { _ = try folder.write(text, to: name) }
        return (
            folder,
            FolderSource(
                name: SourceName("files"), folder: folder.url,
                clock: MonotonicClock(ManualClock()))
        )
    }

    private func refusal(_ source: FolderSource, _ entity: String) async throws -> CollectionError {
        let definition = try ExportFixture.entity(entity)
        return try await #require(throws: CollectionError.self) {
            try await source.collect(definition, progress: { _, _ in }, deliver: { _ in })
        }
    }

    @Test(
        "is a column that a CSV file, or no line of JSON, has",
        arguments: [
            ("counterparty", "counterparty.csv", "id,ИНН\n1,7707083893\n", "name", "TITLE"),
            ("product", "product.jsonl", #"{"id":1,"Артикул":"A"}"# + "\n", "name", "NAME"),
            ("payment", "payment.csv", "ID;number\n1;7\n", "amount", "Сумма"),
            ("operation", "operation.jsonl", #"{"operation":"create"}"#, "timestamp", "Время"),
            ("operation", "operation.csv", "operation,status\ncreate,ok\n", "timestamp", "Время"),
        ])
    func column(
        entity: String, file: String, text: String, field: String, header: String
    ) async throws {
        let (folder, source) = try folder([
            file: text, "user.csv": "id,ФИО\n1,Иванова Анна\n",
        ])
        let error = try await refusal(source, entity)
        #expect(error.kind == .misconfigured)
        #expect(error.message.contains("\(file) has no ") && error.message.contains(header))
        #expect(
            error.message.contains("templates/entities/\(entity).yaml needs for '\(field)'"))
        let checks = await source.check(try ExportFixture.entity(entity))
        #expect(checks.map(\.isPassed) == [false] && checks[0].detail == error.message)
        // The others are read all the same.
        let user = try ExportFixture.entity("user")
        let certificate = try await source.collect(
            user, progress: { _, _ in }, deliver: { _ in })
        #expect(certificate.deliveredCount == 1 && certificate.appearedCount == 0)
        _ = folder
    }

    @Test("is none where any of its headers stands, or a later line of JSON has it")
    func there() async throws {
        let (folder, source) = try folder([
            "counterparty.csv": "ID,Название компании\n1,Заря\n",
            "product.jsonl": "{\"id\":1,\"Артикул\":\"A\"}\n{\"id\":2,\"name\":\"Болт\"}\n",
        ])
        for entity in ["counterparty", "product"] {
            let certificate = try await source.collect(
                try ExportFixture.entity(entity), progress: { _, _ in }, deliver: { _ in })
            #expect(certificate.isCertified && certificate.deliveredCount > 0)
        }
        _ = folder
    }

    private static let plain = """
        <Справочник Имя="Контрагенты"><Элемент><Код>1</Код><ИНН>7707083893</ИНН></Элемент>\
        <Элемент><Код>2</Код><ИНН>7736050003</ИНН>%</Элемент></Справочник>
        """
    private static let catalogue = """
        <КоммерческаяИнформация ВерсияСхемы="2.10"><Каталог СодержитТолькоИзменения="false"><Товары>\
        <Товар><Ид>a</Ид><Артикул>A</Артикул>%</Товар></Товары></Каталог></КоммерческаяИнформация>
        """

    @Test(
        "is an element that no record of an XML export has",
        arguments: [
            ("counterparty", "plain-xml", plain, "Справочник", "Наименование"),
            ("product", "commerceml", catalogue, "Каталог/Товары/Товар", "Наименование"),
        ])
    func element(
        entity: String, mapping: String, text: String, list: String, name: String
    ) async throws {
        let export = try ExportFixture()
        try export.write(text.replacing("%", with: ""), to: "export.xml")
        let error = try await export.refusal(entity, mapping)
        #expect(error.kind == .misconfigured)
        #expect(error.message.hasPrefix("export.xml: \(list)"))
        #expect(error.message.contains("has no \(name), which the mapping needs for 'name'"))
        // One record that has it is enough: others leave out what is empty.
        let whole = try ExportFixture()
        try whole.write(
            text.replacing("%", with: "<\(name)>Заря</\(name)>"), to: "export.xml")
        let (rows, certificate) = try await whole.read(entity, mapping)
        #expect(!rows.isEmpty && certificate.isCertified && certificate.appearedCount == 0)
    }
}
