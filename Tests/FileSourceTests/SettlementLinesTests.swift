import Collection
import FileSource
import Foundation
import Records
import TestSupport
import Testing

@Suite("Settlement lines of payments in files")
struct SettlementLinesTests {
    private let fixture: ExportFixture
    private let payment: EntityDefinition

    init() throws {
        fixture = try ExportFixture()
        payment = try ExportFixture.entity("payment")
    }

    private func collect(
        _ text: String, _ name: String = "payment.csv"
    ) async throws -> (rows: [Row], certificate: Certificate) {
        _ = try fixture.folder.write(text, to: name)
        let source = FolderSource(name: SourceName("files"), folder: fixture.folder.url)
        var rows: [Row] = []
        let certificate = try await source.collect(payment, progress: { _, _ in }) { page in
            rows += page.map { Row(record: $0, entity: payment) }
        }
        return (rows, certificate)
    }

    private func lines(of row: Row) throws -> [DocumentLine] {
        let place = try #require(row.entity.index(of: FieldName("lines")))
        return try (row.record.fields[place]?.texts ?? []).map { try #require(DocumentLine($0)) }
    }

    @Test("rows of one payment are its lines where they have a sum of their own")
    func repeatedHead() async throws {
        let (rows, certificate) = try await collect(
            "Ref_Key;Номер;Дата;СуммаДокумента;Заказ;Договор;СуммаПлатежа\n"
                + "p1;7;30.01.2026;1500;;Рамочный;100\n" + "p1;7;30.01.2026;1500;o1;;900\n"
                + "p1;7;30.01.2026;1500;o2;;500\n" + "p2;8;30.01.2026;300;o3;;300\n")
        #expect(rows.map(\.id) == ["p1", "p2"])
        #expect(rows.map { $0["amount"] } == ["1500 RUB", "300 RUB"])
        // Of several orders the first, as it is read of 1C itself.
        #expect(rows.map { $0["order"] } == ["o1", "o3"])
        let first = try lines(of: rows[0])
        #expect(first.map(\.product) == [nil, "o1", "o2"])
        #expect(first.map(\.name) == ["Рамочный", nil, nil])
        #expect(first.map(\.sum) == [Quantity("100"), Quantity("900"), Quantity("500")])
        #expect(certificate.isCertified)
    }

    @Test("of two sums one of which is the document's, the other is the line's")
    func twoSums() async throws {
        let rows = try await collect(
            "Ref_Key;Номер;СуммаДокумента;Заказ;Сумма\np1;7;1500;o1;900\np1;7;1500;o2;600\n"
        ).rows
        #expect(rows.map { $0["amount"] } == ["1500 RUB"])
        #expect(try lines(of: rows[0]).map(\.product) == ["o1", "o2"])
    }

    @Test("a payment with one sum and its order is a record, and keeps both")
    func plain() async throws {
        let (rows, certificate) = try await collect(
            "Ref_Key;Номер;Сумма;Заказ;Договор\np1;7;1500;o1;Рамочный\np2;8;300;o2;\n")
        #expect(rows.map { $0["amount"] } == ["1500 RUB", "300 RUB"])
        #expect(rows.map { $0["order"] } == ["o1", "o2"])
        #expect(rows.map { $0["lines"] } == [nil, nil])
        #expect(certificate.isCertified)
    }

    @Test("an object of JSON Lines has them as a list, of which the first order is the payment's")
    func jsonLines() async throws {
        let rows = try await collect(
            """
            {"Ref_Key": "p1", "number": "7", "amount": 1500, "РасшифровкаПлатежа": [\
            {"ДоговорКонтрагента": "Рамочный", "СуммаПлатежа": 600}, \
            {"Заказ": "o1", "СуммаПлатежа": 900}]}
            {"Ref_Key": "p2", "number": "8", "amount": 300, "РасшифровкаПлатежа": []}
            """, "payment.jsonl"
        ).rows
        #expect(rows.map { $0["order"] } == ["o1", nil])
        #expect(try lines(of: rows[0]).map(\.name) == ["Рамочный", nil])
        #expect(try lines(of: rows[0]).map(\.sum) == [Quantity("600"), Quantity("900")])
        #expect(try lines(of: rows[1]).isEmpty)
    }

    @Test("a message of EnterpriseData has payments of customers with what they settle")
    func enterpriseData() async throws {
        func payment(_ id: String, _ kind: String) -> String {
            """
            <Документ.ПБДСРасчетыСКонтрагентами><КлючевыеСвойства><Ссылка>\(id)</Ссылка>
            <Дата>2026-01-30T10:00:00</Дата><Номер>УТ-7</Номер></КлючевыеСвойства>
            <ВидРасчетов>\(kind)</ВидРасчетов><Контрагент><Ссылка>c1</Ссылка></Контрагент>
            <ОбщиеДанные><Сумма>1500.00</Сумма><Валюта><Ссылка>v</Ссылка>
            <Наименование>RUB</Наименование></Валюта>
            <НомерВходящегоДокумента>77</НомерВходящегоДокумента>
            <НазначениеПлатежа>По счёту 5</НазначениеПлатежа>
            </ОбщиеДанные><РасшифровкаПлатежа><Строка><Заказ><ЗаказКлиента><Ссылка>o1</Ссылка>
            </ЗаказКлиента></Заказ><Сумма>900.00</Сумма></Строка><Строка><Сумма>600.00</Сумма>
            <ДанныеВзаиморасчетов><Договор><Ссылка>d1</Ссылка></Договор></ДанныеВзаиморасчетов>
            </Строка></РасшифровкаПлатежа></Документ.ПБДСРасчетыСКонтрагентами>
            """
        }
        let format = "http://v8.1c.ru/edi/edi_stnd/EnterpriseData/1.11"
        try fixture.write(
            """
            <Message xmlns:msg="http://www.1c.ru/SSL/Exchange/Message">
            <msg:Header><msg:Format>\(format)</msg:Format></msg:Header>
            <Body xmlns="\(format)">\(payment("p1", "СПокупателем"))\
            \(payment("p2", "СПоставщиком"))</Body></Message>
            """, to: "Message_A_B.xml")
        let (rows, certificate) = try await fixture.read("payment", "enterprisedata")
        #expect(rows.map(\.id) == ["p1"])
        #expect(certificate.noteCounts["skipped_other_document"] == 1)
        #expect(rows.map { $0["number"] } == ["77"])
        #expect(rows.map { $0["amount"] } == ["1500 RUB"])
        #expect(rows.map { $0["counterparty"] } == ["c1"])
        #expect(rows.map { $0["order"] } == ["o1"])
        let lines = try lines(of: try #require(rows.first))
        #expect(lines.map(\.product) == ["o1", nil])
        #expect(lines.map(\.name) == [nil, "d1"])
        #expect(lines.map(\.sum) == [Quantity("900"), Quantity("600")])
    }
}
