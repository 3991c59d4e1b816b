import Collection
import FileSource
import Foundation
import Records
import TestSupport
import Testing

@Suite("Orders and deletions of EnterpriseData")
struct EnterpriseDataTests {
    private let fixture: ExportFixture

    init() throws { fixture = try ExportFixture() }

    private func write(_ body: String, to name: String, modified seconds: Double = 0) throws {
        let format = "http://v8.1c.ru/edi/edi_stnd/EnterpriseData/1.20"
        try fixture.write(
            """
            <Message xmlns:msg="http://www.1c.ru/SSL/Exchange/Message">
            <msg:Header><msg:Format>\(format)</msg:Format></msg:Header>
            <Body xmlns="\(format)">\(body)</Body></Message>
            """, to: name, modified: seconds)
    }

    private static func order(_ id: String, _ content: String) -> String {
        "<Документ.ЗаказКлиента><КлючевыеСвойства><Ссылка>\(id)</Ссылка>"
            + "<Дата>2026-01-30T10:00:00</Дата><Номер>УТ-1</Номер></КлючевыеСвойства>"
            + content + "</Документ.ЗаказКлиента>"
    }

    private static func counterparty(_ id: String, _ name: String) -> String {
        "<Справочник.Контрагенты><КлючевыеСвойства><Ссылка>\(id)</Ссылка>"
            + "<Наименование>\(name)</Наименование></КлючевыеСвойства></Справочник.Контрагенты>"
    }

    private static func deletion(_ kind: String, _ id: String) -> String {
        "<УдалениеОбъекта><СсылкаНаОбъект><СсылкаНаОбъект><\(kind)>\(id)</\(kind)>"
            + "</СсылкаНаОбъект></СсылкаНаОбъект></УдалениеОбъекта>"
    }

    private func lines(of row: Row) throws -> [DocumentLine] {
        let place = try #require(row.entity.index(of: FieldName("lines")))
        return try (row.record.fields[place]?.texts ?? []).map { try #require(DocumentLine($0)) }
    }

    @Test("an order has the lines of its goods and of its services, in the forms of any version")
    func orderLines() async throws {
        let goods = """
            <Товары><Строка><ДанныеНоменклатуры><Номенклатура><Ссылка>n1</Ссылка>
            <Наименование>Болт</Наименование></Номенклатура></ДанныеНоменклатуры>
            <Количество>2</Количество><Цена>600</Цена><Сумма>1200</Сумма>
            <СтавкаНДС>НДС20</СтавкаНДС><СуммаНДС>200</СуммаНДС></Строка>
            <Строка><ДанныеНоменклатуры><Ссылка>n2</Ссылка><Наименование>Гайка</Наименование>
            </ДанныеНоменклатуры><Количество>10</Количество><Цена>5</Цена>
            <СтавкаНДС><Ставка>22</Ставка></СтавкаНДС></Строка></Товары>
            """
        let services = """
            <Услуги><Строка><Номенклатура><Ссылка>n3</Ссылка><Наименование>Доставка</Наименование>
            </Номенклатура><Количество>1</Количество><Сумма>300.50</Сумма>
            <СтавкаНДС>БезНДС</СтавкаНДС></Строка></Услуги>
            """
        let head = """
            <Контрагент><Ссылка>c1</Ссылка></Контрагент>
            <Валюта><Ссылка>v</Ссылка><Наименование>USD</Наименование></Валюта>
            <Сумма>1550.50</Сумма><СуммаВключаетНДС>true</СуммаВключаетНДС>
            <Статус>КВыполнению</Статус>
            """
        try write(Self.order("o1", head + goods + services), to: "Message_A_B.xml")
        let row = try #require(try await fixture.read("order", "enterprisedata").rows.first)
        let lines = try lines(of: row)
        #expect(lines.map(\.product) == ["n1", "n2", "n3"])
        #expect(lines.map(\.name) == ["Болт", "Гайка", "Доставка"])
        #expect(lines.map(\.quantity) == [Quantity("2"), Quantity("10"), Quantity("1")])
        #expect(lines.map(\.sum) == [Quantity("1200"), Quantity("50"), Quantity("300.5")])
        #expect(lines.map(\.vat) == ["20", "22", nil])
        #expect(row["line_count"] == "3")
        #expect(row["total"] == "1550.5 USD")
        #expect(row["counterparty"] == "c1")
        #expect(row["status"] == "КВыполнению")
    }

    @Test("VAT is added to the sums of an order that says that they are without it")
    func addedVAT() async throws {
        let line = """
            <Товары><Строка><ДанныеНоменклатуры><Номенклатура><Ссылка>n1</Ссылка></Номенклатура>
            </ДанныеНоменклатуры><Количество>2</Количество><Сумма>1000</Сумма>
            <СтавкаНДС>НДС20</СтавкаНДС><СуммаНДС>200</СуммаНДС></Строка></Товары>
            """
        let marks = ["false", "true"].map { "<СуммаВключаетНДС>\($0)</СуммаВключаетНДС>" }
        let orders = zip(["o1", "o2"], marks).map { Self.order($0, $1 + line) }
        try write(orders.joined(), to: "Message_A_B.xml")
        let rows = try await fixture.read("order", "enterprisedata").rows
        #expect(try rows.flatMap(lines).map(\.sum) == [Quantity("1200"), Quantity("1000")])
    }

    @Test(
        "VAT that is a part of the sum is of its rate",
        arguments: [("НДС7_107", "7"), ("НДС5_105", "5")])
    func includedVAT(name: String, rate: String) async throws {
        let line = """
            <Товары><Строка><ДанныеНоменклатуры><Номенклатура><Ссылка>n1</Ссылка></Номенклатура>
            </ДанныеНоменклатуры><Количество>2</Количество><Сумма>1000</Сумма>
            <СтавкаНДС>\(name)</СтавкаНДС></Строка></Товары>
            """
        try write(Self.order("o1", line), to: "Message_A_B.xml")
        let row = try #require(try await fixture.read("order", "enterprisedata").rows.first)
        #expect(try lines(of: row).map(\.vat) == [rate])
    }

    @Test("what adds up is refused where nothing is added up")
    func sum() async throws {
        var mapping = try ExportFixture.mapping("enterprisedata")
        let order = try ExportFixture.entity("order")
        let place = try #require(mapping.entities.firstIndex { $0.entity == order.name })
        mapping.entities[place].sum = MappingSum(fields: [FieldName("total")], rows: ["Номер"])
        let source = XMLFolderSource(
            name: SourceName("export"), folder: fixture.folder.url, mapping: mapping)
        let checks = await source.check(order)
        #expect(checks.map(\.isPassed) == [false])
        #expect(checks.first?.detail.contains("Take 'sum' out of the mapping") == true)
        let error = try await #require(throws: CollectionError.self) {
            try await source.collect(order, progress: { _, _ in }, deliver: { _ in })
        }
        #expect(error.kind == .misconfigured)
    }

    @Test("what a message says is deleted is removed, whatever older messages have of it")
    func deletions() async throws {
        try write(
            Self.counterparty("c1", "Ромашка") + Self.counterparty("c2", "Лютик"),
            to: "Message_A_B_1.xml")
        try write(
            Self.deletion("КонтрагентСсылка", "c1") + Self.deletion("НоменклатураСсылка", "n1")
                + Self.deletion("ЗаказКлиентаСсылка", "o1"),
            to: "Message_A_B_2.xml", modified: 60)

        let (rows, certificate) = try await fixture.read("counterparty", "enterprisedata")
        #expect(rows.map(\.id) == ["c1", "c2"])
        #expect(rows.map(\.record.isRemoved) == [true, false])
        #expect(rows.map { $0["name"] } == [nil, "Лютик"])
        #expect(certificate.deliveredCount == 1)

        for (entity, id) in [("product", "n1"), ("order", "o1")] {
            let rows = try await fixture.read(entity, "enterprisedata").rows
            #expect(rows.map(\.id) == [id])
            #expect(rows.map(\.record.isRemoved) == [true])
        }
    }

    @Test("an older deletion does not take away what a newer message has")
    func cameBack() async throws {
        try write(Self.deletion("КонтрагентСсылка", "c1"), to: "Message_A_B_1.xml")
        try write(Self.counterparty("c1", "Ромашка"), to: "Message_A_B_2.xml", modified: 60)
        let rows = try await fixture.read("counterparty", "enterprisedata").rows
        #expect(rows.map(\.id) == ["c1"])
        #expect(rows.map(\.record.isRemoved) == [false])
    }
}
