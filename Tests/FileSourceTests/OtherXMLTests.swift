import Collection
import Foundation
import Records
import Testing

@Suite("EnterpriseData and plain dumps")
struct OtherXMLTests {
    private let fixture: ExportFixture

    init() throws { fixture = try ExportFixture() }

    private static func message(_ body: String, version: String) -> String {
        """
        <Message xmlns:msg="http://www.1c.ru/SSL/Exchange/Message">
        <msg:Header><msg:Format>http://v8.1c.ru/edi/edi_stnd/EnterpriseData/\(version)</msg:Format>
        <msg:CreationDate>2026-01-31T02:00:00</msg:CreationDate></msg:Header>
        <Body xmlns="http://v8.1c.ru/edi/edi_stnd/EnterpriseData/\(version)">\(body)</Body></Message>
        """
    }

    @Test(
        "counterparties, goods and orders of EnterpriseData, of any version, are changes",
        arguments: ["1.6", "1.25"])
    func enterpriseData(version: String) async throws {
        let body = """
            <Справочник.Контрагенты><КлючевыеСвойства><Ссылка>c1</Ссылка>
            <Наименование>Ромашка</Наименование><НаименованиеПолное>ООО "Ромашка"</НаименованиеПолное>
            <ИНН>7707083893</ИНН><КПП>770701001</КПП>
            <ЮридическоеФизическоеЛицо>ЮридическоеЛицо</ЮридическоеФизическоеЛицо>
            </КлючевыеСвойства></Справочник.Контрагенты>
            <Справочник.Номенклатура><КлючевыеСвойства><Ссылка>n1</Ссылка>
            <Наименование>Болт</Наименование><КодВПрограмме>00-01</КодВПрограмме></КлючевыеСвойства>
            <ТипНоменклатуры>Товар</ТипНоменклатуры><СтавкаНДС>НДС20</СтавкаНДС>
            <ЕдиницаИзмерения><ДанныеКлассификатора><Код>796</Код><Наименование>шт</Наименование>
            </ДанныеКлассификатора></ЕдиницаИзмерения></Справочник.Номенклатура>
            <Документ.ЗаказКлиента><КлючевыеСвойства><Ссылка>o1</Ссылка>
            <Дата>2026-01-30T10:00:00</Дата><Номер>УТ-1</Номер></КлючевыеСвойства>
            <Контрагент><Ссылка>c1</Ссылка></Контрагент><Сумма>1500.5</Сумма>
            <Товары><Строка><Количество>2</Количество></Строка></Товары></Документ.ЗаказКлиента>
            """
        try fixture.write(Self.message(body, version: version), to: "Message_A_B.xml")

        let counterparty = try await fixture.read("counterparty", "enterprisedata")
        #expect(counterparty.rows.map(\.id) == ["c1"])
        #expect(counterparty.rows[0]["tax_id"] == "7707083893")
        #expect(counterparty.rows[0]["legal_kind"] == "organization")
        #expect(
            counterparty.certificate.doubts == [.partial(detail: "changes only: Message_A_B.xml")])

        let product = try await fixture.read("product", "enterprisedata").rows
        #expect(product.map { $0["unit"] } == ["шт"])
        #expect(product.map { $0["vat"] } == ["20"])
        #expect(product.map { $0["kind"] } == ["goods"])

        let order = try await fixture.read("order", "enterprisedata").rows
        #expect(order.map { $0["counterparty"] } == ["c1"])
        #expect(order.map { $0["total"] } == ["1500.5 RUB"])
        #expect(order.map { $0["date"] } == ["2026-01-30"])
    }

    @Test("phones, addresses and e-mails are taken out of EnterpriseData's XML within a text")
    func contactInformation() async throws {
        func row(_ kind: String, _ presentation: String) -> String {
            let xml = """
                <КонтактнаяИнформация xmlns="http://www.v8.1c.ru/ssl/contactinfo" \
                Представление="\(presentation)"><Комментарий/></КонтактнаяИнформация>
                """
            let escaped = xml.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            return "<Строка><ВидКонтактнойИнформации>\(kind)</ВидКонтактнойИнформации>"
                + "<ЗначенияПолей>\(escaped)</ЗначенияПолей></Строка>"
        }
        func counterparty(_ id: String, _ rows: String) -> String {
            "<Справочник.Контрагенты><КлючевыеСвойства><Ссылка>\(id)</Ссылка>"
                + "<Наименование>Р &amp;amp; К</Наименование></КлючевыеСвойства>"
                + "<КонтактнаяИнформация>\(rows)</КонтактнаяИнформация></Справочник.Контрагенты>"
        }
        let escaped =
            row("ФактическийАдрес", "Тверь") + row("Телефон", "+7 495 123-45-67")
            + row("ЮридическийАдрес", "Москва, БЦ &quot;Луч&quot;, 4 &amp; 5")
            + row("АдресЭлектроннойПочты", "info@romashka.example")
        let plain =
            "<Строка><ВидКонтактнойИнформации>Телефон</ВидКонтактнойИнформации>"
            + "<Представление>+7 812 765-43-21</Представление></Строка>"
        try fixture.write(
            Self.message(counterparty("c1", escaped) + counterparty("c2", plain), version: "1.20"),
            to: "Message_A_B.xml")
        let rows = try await fixture.read("counterparty", "enterprisedata").rows
        #expect(rows.map { $0["phone"] } == ["+7 495 123-45-67", "+7 812 765-43-21"])
        #expect(rows.map { $0["address"] } == ["Москва, БЦ \"Луч\", 4 & 5", nil])
        #expect(rows.map { $0["email"] } == ["info@romashka.example", nil])
        #expect(rows.map { $0["name"] } == ["Р & К", "Р & К"])
    }

    @Test("the plainest dump of goods and their prices")
    func plain() async throws {
        let text =
            "<Справочник><Элемент><Код>001</Код><Наименование>Товар 1</Наименование>"
            + "<Цена>1000</Цена></Элемент><Элемент Код=\"002\" Наименование=\"Товар 2\"/>"
            + "</Справочник>"
        try fixture.write(text, to: "goods.xml")
        let products = try await fixture.read("product", "plain-xml")
        #expect(products.rows.map(\.id) == ["001", "002"])
        #expect(products.rows.map { $0["name"] } == ["Товар 1", "Товар 2"])
        #expect(products.certificate.isCertified)
        let prices = try await fixture.read("price", "plain-xml")
        #expect(prices.rows.map { $0["product"] } == ["001"])
        #expect(prices.rows.map { $0["price"] } == ["1000 RUB"])
    }

    @Test("named catalogues of one dump in windows-1251, with Да and Нет")
    func named() async throws {
        let text = """
            <?xml version="1.0" encoding="windows-1251"?>
            <Выгрузка ДатаВыгрузки="15.01.2026 03:00:05">
            <Справочник Имя="Контрагенты">
            <Элемент><Код>00-000036</Код><Наименование>ТЕХНО ООО</Наименование><ИНН>5024089920</ИНН>
            <ПометкаУдаления>Нет</ПометкаУдаления></Элемент>
            <Элемент><Код>00-000037</Код><Наименование>Папка</Наименование><ЭтоГруппа>Да</ЭтоГруппа>
            </Элемент></Справочник>
            <Справочник Имя="Номенклатура"><Элемент><Код>1</Код><Наименование>Болт</Наименование>
            <Цена>1\u{A0}234,50</Цена></Элемент></Справочник>
            </Выгрузка>
            """
        try fixture.write(
            [UInt8](#require(text.data(using: .windowsCP1251))), to: "dump.xml")
        let (rows, certificate) = try await fixture.read("counterparty", "plain-xml")
        #expect(rows.map(\.id) == ["00-000036"])
        #expect(rows[0]["name"] == "ТЕХНО ООО")
        #expect(rows[0]["is_deleted"] == "false")
        #expect(certificate.isCertified)
        #expect(certificate.noteCounts["skipped_folder"] == 1)
        #expect(
            try await fixture.read("price", "plain-xml").rows.map { $0["price"] } == ["1234.5 RUB"])
    }
}
