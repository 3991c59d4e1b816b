import Collection
import Records
import Testing

@Suite("CommerceML")
struct CommerceMLTests {
    private let fixture: ExportFixture

    init() throws { fixture = try ExportFixture() }

    static let product = "3f1f0a52-0001-4000-8000-000000000001"
    static let variant = "3f1f0a52-0002-4000-8000-000000000002"

    static let goods = """
        <Товары>
          <Товар>
            <Ид>\(product)</Ид><Штрихкод>4600000000017</Штрихкод><Артикул> Б-8х40 </Артикул>
            <Наименование>Болт М8х40 &amp; гайка</Наименование>
            <БазоваяЕдиница Код="796 " НаименованиеПолное="Штука">шт</БазоваяЕдиница>
            <Группы><Ид>g2</Ид></Группы>
            <СтавкиНалогов><СтавкаНалога><Наименование>НДС</Наименование><Ставка>20</Ставка>
            </СтавкаНалога></СтавкиНалогов>
            <ЗначенияРеквизитов>
              <ЗначениеРеквизита><Наименование>ТипНоменклатуры</Наименование>
                <Значение>Товар</Значение></ЗначениеРеквизита>
              <ЗначениеРеквизита><Наименование>Полное наименование</Наименование>
                <Значение>Болт М8х40 оцинкованный</Значение></ЗначениеРеквизита>
            </ЗначенияРеквизитов>
          </Товар>
          <Товар Статус="Удален"><Ид>\(variant)</Ид><Наименование>Доставка</Наименование>
            <БазоваяЕдиница Код="796"><Пересчет><Единица>796</Единица></Пересчет></БазоваяЕдиница>
            <СтавкиНалогов><СтавкаНалога><Наименование>НДС</Наименование>
              <Ставка>Без НДС</Ставка></СтавкаНалога></СтавкиНалогов>
          </Товар>
        </Товары>
        """
    static let groups = """
        <Классификатор><Ид>k</Ид><Наименование>Классификатор</Наименование><Группы>
        <Группа><Ид>g1</Ид><Наименование>Метизы</Наименование><Группы>
        <Группа><Ид>g2</Ид><Наименование>Болты</Наименование></Группа></Группы></Группа>
        </Группы></Классификатор>
        """

    static func document(
        _ content: String, declaration: String = #"<?xml version="1.0" encoding="UTF-8"?>"#,
        namespace: String = #"xmlns="urn:1C.ru:commerceml_2""#, version: String = "2.07"
    ) -> String {
        """
        \(declaration)
        <КоммерческаяИнформация \(namespace) ВерсияСхемы="\(version)" \
        ДатаФормирования="2026-01-31T02:00:00">\(content)</КоммерческаяИнформация>
        """
    }

    static func catalogue(_ onlyChanges: String? = "false", _ content: String = goods) -> String {
        let mark = onlyChanges.map { " СодержитТолькоИзменения=\"\($0)\"" } ?? ""
        return groups + "<Каталог\(mark)>\(content)</Каталог>"
    }

    static func offers(_ content: String, onlyChanges: String = "false") -> String {
        """
        <ПакетПредложений СодержитТолькоИзменения="\(onlyChanges)"><ТипыЦен><ТипЦены><Ид>t1</Ид>
        <Наименование>Розничная</Наименование></ТипЦены></ТипыЦен><Склады><Склад><Ид>w1</Ид>
        <Наименование>Основной склад</Наименование></Склад></Склады>
        <Предложения>\(content)</Предложения></ПакетПредложений>
        """
    }

    @Test("products with group, unit, VAT and deletion mark; the whole catalogue is certified")
    func products() async throws {
        try fixture.write(Self.document(Self.catalogue()), to: "import0_1.xml")
        let (rows, certificate) = try await fixture.read("product")

        #expect(rows.map(\.id) == [Self.product, Self.variant])
        #expect(rows[0]["name"] == "Болт М8х40 & гайка")
        #expect(rows[0]["full_name"] == "Болт М8х40 оцинкованный")
        #expect(rows[0]["article"] == "Б-8х40")
        #expect(rows[0]["barcode"] == "4600000000017")
        #expect(rows[0]["group"] == "Болты")
        #expect(rows[0]["unit"] == "шт")
        #expect(rows[0]["vat"] == "20")
        #expect(rows[0]["kind"] == "goods")
        #expect(rows[0]["is_deleted"] == nil)
        #expect(rows[1]["is_deleted"] == "true")
        #expect(rows[1]["vat"] == nil)
        #expect(rows[1]["unit"] == nil)
        #expect(certificate.isCertified)
        #expect(certificate.deliveredCount == 2)
    }

    @Test(
        "namespaces of any version, with a prefix or none at all make no difference",
        arguments: [
            "", #"xmlns="urn:1C.ru:commerceml_2""#, #"xmlns="urn:1C.ru:commerceml_208""#,
            #"xmlns="urn:1C.ru:commerceml_3" xmlns:xs="http://www.w3.org/2001/XMLSchema""#,
        ], ["2.03", "2.10"])
    func namespaces(namespace: String, version: String) async throws {
        let text = Self.document(Self.catalogue(), namespace: namespace, version: version)
        try fixture.write(text, to: "import.xml")
        #expect(try await fixture.read("product").rows.count == 2)
    }

    @Test("prices by the names of their types, of products and of variants")
    func prices() async throws {
        let content = """
            <Предложение><Ид>\(Self.product)#c1</Ид><БазоваяЕдиница Код="796">шт</БазоваяЕдиница>
            <Цены><Цена><ИдТипаЦены>t1</ИдТипаЦены><ЦенаЗаЕдиницу>1 234,50</ЦенаЗаЕдиницу>
            <Единица>упак</Единица></Цена>
            <Цена><ИдТипаЦены>t9</ИдТипаЦены><ЦенаЗаЕдиницу>100</ЦенаЗаЕдиницу></Цена></Цены>
            </Предложение>
            <Предложение><Ид>\(Self.variant)</Ид><Цены><Цена><ИдТипаЦены>t1</ИдТипаЦены>
            <ЦенаЗаЕдиницу>7.0000</ЦенаЗаЕдиницу></Цена></Цены></Предложение>
            """
        try fixture.write(Self.document(Self.offers(content)), to: "offers0_1.xml")
        let (rows, certificate) = try await fixture.read("price")

        #expect(
            rows.map(\.id) == [
                "\(Self.product)#c1#t1", "\(Self.product)#c1#t9",
                "\(Self.variant)#t1",
            ])
        #expect(rows.map { $0["product"] } == [Self.product, Self.product, Self.variant])
        #expect(rows.map { $0["characteristic"] } == ["c1", "c1", nil])
        #expect(rows.map { $0["price_type"] } == ["Розничная", "t9", "Розничная"])
        #expect(rows.map { $0["price"] } == ["1234.5 RUB", "100 RUB", "7 RUB"])
        #expect(rows.map { $0["unit"] } == ["упак", "шт", nil])
        #expect(certificate.isCertified)
        #expect(certificate.noteCounts["unknown_key"] == 1)
    }

    @Test("stock by warehouse in each of the forms that versions 2.05 to 2.10 write")
    func stock() async throws {
        let content = """
            <Предложение><Ид>p1</Ид><Количество>12</Количество>
            <Склад ИдСклада="w1" КоличествоНаСкладе="7"/>
            <Склад ИдСклада="w2" КоличествоНаСкладе="5"/></Предложение>
            <Предложение><Ид>p2</Ид><Остатки><Остаток><Склад><Ид>w1</Ид>
            <Количество>1,500</Количество></Склад></Остаток></Остатки></Предложение>
            <Предложение><Ид>p3</Ид><Остатки><Остаток><Количество>3</Количество></Остаток></Остатки>
            </Предложение>
            <Предложение><Ид>p4#c</Ид><Количество>4</Количество></Предложение>
            """
        try fixture.write(Self.document(Self.offers(content)), to: "rests.xml")
        let (rows, certificate) = try await fixture.read("stock")

        #expect(rows.map(\.id) == ["p1#w1", "p1#w2", "p2#w1", "p3#all", "p4#c#all"])
        #expect(
            rows.map { $0["warehouse"] } == ["Основной склад", "w2", "Основной склад", nil, nil])
        #expect(rows.map { $0["quantity"] } == ["7", "5", "1.5", "3", "4"])
        #expect(rows.map { $0["product"] } == ["p1", "p1", "p2", "p3", "p4"])
        #expect(certificate.isCertified)
    }

    @Test("orders, their payments and who is named in them are never taken for all there are")
    func documents() async throws {
        let content = """
            <Документ><Ид>o1</Ид><Номер>132</Номер><Дата>2026-01-30</Дата>
            <ХозОперация>Заказ товара</ХозОперация><Сумма>231.7400</Сумма>
            <Контрагенты><Контрагент><Ид>c1</Ид><Наименование>Ромашка</Наименование>
            <ОфициальноеНаименование>ООО «Ромашка»</ОфициальноеНаименование>
            <ЮридическийАдрес><Представление>Москва, Лесная, 1</Представление></ЮридическийАдрес>
            <ИНН>7707083893</ИНН><КПП>770701001</КПП><Роль>Покупатель</Роль>
            <Контакты><Контакт><Тип>Почта</Тип><Значение>a@example.com</Значение></Контакт>
            <Контакт><Тип>Телефон рабочий</Тип><Значение>+7 495 000-00-00</Значение></Контакт>
            </Контакты><Представители><Представитель><Контрагент><Ид>p1</Ид>
            <Наименование>Иванов</Наименование></Контрагент></Представитель></Представители>
            </Контрагент></Контрагенты>
            <ЗначенияРеквизитов><ЗначениеРеквизита><Наименование>Статус заказа</Наименование>
            <Значение>[F] Доставлен</Значение></ЗначениеРеквизита></ЗначенияРеквизитов>
            <ПодчиненныеДокументы><ПодчиненныйДокумент><Ид>y1</Ид><Номер>7</Номер>
            <Дата>2026-01-31</Дата><ХозОперация>Выплата безналичных денег</ХозОперация>
            <Сумма>231.74</Сумма></ПодчиненныйДокумент>
            <ПодчиненныйДокумент><Ид>s1</Ид><ХозОперация>Отпуск товара</ХозОперация>
            </ПодчиненныйДокумент></ПодчиненныеДокументы></Документ>
            <Контейнер><Документ><Ид>o2</Ид><Номер>133</Номер><Дата>2026-01-31</Дата>
            <ХозОперация>Заказ товара</ХозОперация><Сумма>10</Сумма>
            <ЗначенияРеквизитов><ЗначениеРеквизита><Наименование>Отменен</Наименование>
            <Значение>true</Значение></ЗначениеРеквизита></ЗначенияРеквизитов></Документ>
            <Документ><Ид>y2</Ид><Номер>8</Номер><ХозОперация>Выплата наличных денег</ХозОперация>
            <Сумма>10</Сумма><Основание>o2</Основание></Документ></Контейнер>
            """
        try fixture.write(Self.document(content, namespace: ""), to: "orders.xml")

        let orders = try await fixture.read("order")
        #expect(orders.rows.map(\.id) == ["o1", "o2"])
        #expect(orders.rows.map { $0["total"] } == ["231.74 RUB", "10 RUB"])
        #expect(orders.rows.map { $0["status"] } == ["[F] Доставлен", "cancelled"])
        #expect(orders.rows[0]["counterparty"] == "c1")
        #expect(orders.rows[0]["date"] == "2026-01-30")
        #expect(orders.certificate.doubts == [.partial(detail: "changes only: orders.xml")])

        let payments = try await fixture.read("payment")
        #expect(payments.rows.map(\.id) == ["y1", "y2"])
        #expect(payments.rows.map { $0["order"] } == [nil, "o2"])
        #expect(!payments.certificate.isCertified)

        let counterparties = try await fixture.read("counterparty")
        #expect(counterparties.rows.map(\.id) == ["c1"])
        let first = try #require(counterparties.rows.first)
        #expect(first["name"] == "Ромашка")
        #expect(first["legal_kind"] == "organization")
        #expect(first["tax_id"] == "7707083893")
        #expect(first["kpp"] == "770701001")
        #expect(first["email"] == "a@example.com")
        #expect(first["phone"] == "+7 495 000-00-00")
        #expect(first["address"] == "Москва, Лесная, 1")
        #expect(!counterparties.certificate.isCertified)
    }

    @Test("a list of counterparties outside documents is the whole of them")
    func counterparties() async throws {
        let list = "<Контрагенты><Контрагент><Ид>1</Ид><Наименование>А</Наименование></Контрагент>"
        try fixture.write(Self.document(list + "</Контрагенты>"), to: "contragents.xml")
        let (rows, certificate) = try await fixture.read("counterparty")
        #expect(rows.count == 1)
        #expect(certificate.isCertified)
    }

    @Test(
        "a package of changes is never certified, wherever the mark stands",
        arguments: [
            groups + #"<Каталог СодержитТолькоИзменения="true">"# + goods + "</Каталог>",
            groups + #"<Каталог СодержитТолькоИзменения="TRUE">"# + goods + "</Каталог>",
            groups.replacing(
                "<Классификатор>", with: #"<Классификатор СодержитТолькоИзменения="true">"#)
                + "<Каталог>" + goods + "</Каталог>",
        ])
    func changes(content: String) async throws {
        try fixture.write(Self.document(content), to: "import0_1.xml")
        let (rows, certificate) = try await fixture.read("product")
        #expect(rows.count == 2)
        #expect(certificate.doubts == [.partial(detail: "changes only: import0_1.xml")])
    }

    @Test("of two names of one group that of the newest file counts, and the id stays without one")
    func groupNames() async throws {
        let renamed = Self.groups.replacing("Метизы", with: "Крепёж")
        try fixture.write(Self.document(Self.groups), to: "import0_1.xml", modified: 0)
        try fixture.write(Self.document(renamed), to: "import0_2.xml", modified: 60)
        let goods = ["g1", "g2", "g7"].map {
            "<Товар><Ид>\($0)</Ид><Наименование>Т</Наименование><Группы><Ид>\($0)</Ид></Группы></Товар>"
        }
        try fixture.write(
            Self.document(Self.catalogue("false", "<Товары>" + goods.joined() + "</Товары>")),
            to: "import0_3.xml", modified: 30)
        let (rows, certificate) = try await fixture.read("product")
        #expect(rows.map { $0["group"] } == ["Крепёж", "Болты", "g7"])
        #expect(certificate.noteCounts["unknown_key"] == 1)
    }

    @Test("the newest form of an object counts, and a whole catalogue with changes is doubtful")
    func changesOverWhole() async throws {
        try fixture.write(Self.document(Self.catalogue()), to: "import0_1.xml", modified: 0)
        let change = "<Товары><Товар><Ид>\(Self.product)</Ид><Наименование>Болт М10</Наименование>"
        try fixture.write(
            Self.document(Self.catalogue("true", change + "</Товар></Товары>")),
            to: "import1_1.xml", modified: 60)
        let (rows, certificate) = try await fixture.read("product")
        #expect(rows.map { $0["name"] } == ["Болт М10", "Доставка"])
        #expect(certificate.repeatedCount == 1)
        #expect(certificate.doubts == [.partial(detail: "changes only: import1_1.xml")])
    }

    @Test("parts of one export are one snapshot; groups may stand in another part")
    func parts() async throws {
        func part(_ number: Int) -> String {
            "<Товары><Товар><Ид>\(number)</Ид><Наименование>Товар \(number)</Наименование>"
                + "<Группы><Ид>g1</Ид></Группы></Товар></Товары>"
        }
        try fixture.write(Self.document(Self.groups), to: "import0_0.xml", modified: 0)
        for number in 1...12 {
            let text = "<Каталог СодержитТолькоИзменения=\"false\">" + part(number) + "</Каталог>"
            try fixture.write(
                Self.document(text), to: "import0_\(number).xml", modified: Double(number))
        }
        let (rows, certificate) = try await fixture.read("product")
        #expect(Set(rows.map(\.id)) == Set((1...12).map(String.init)))
        #expect(rows.allSatisfy { $0["group"] == "Метизы" })
        #expect(certificate.isCertified)
    }

    @Test("a file with a place for products and none in it is an empty catalogue")
    func empty() async throws {
        let text = Self.document(Self.catalogue("false", "<Товары></Товары>"))
        try fixture.write(text, to: "import.xml")
        let (rows, certificate) = try await fixture.read("product")
        #expect(rows.isEmpty && certificate.isCertified)
    }

    @Test("files without a place for products are no empty catalogue but an error")
    func otherExport() async throws {
        try fixture.write(Self.document(Self.groups), to: "classifier.xml")
        let error = try await fixture.refusal()
        #expect(error.kind == .misconfigured)
        #expect(error.message.contains("classifier.xml"))
        #expect(error.message.contains("not an empty list but another export"))
    }

    @Test("files of goods have no place for documents, which stand in the root; a bare root has")
    func rootOfOthers() async throws {
        try fixture.write(Self.document(Self.catalogue()), to: "import.xml")
        for entity in ["order", "payment", "counterparty"] {
            let error = try await fixture.refusal(entity)
            #expect(error.message.contains("not an empty list but another export"), "\(entity)")
        }
        try fixture.write(Self.document(""), to: "import.xml")
        let (rows, certificate) = try await fixture.read("order")
        #expect(rows.isEmpty)
        #expect(certificate.doubts == [.partial(detail: "changes only: import.xml")])
    }

    @Test("a record without an id speaks against the whole")
    func withoutID() async throws {
        let goods = """
            <Товары><Товар><Ид>a</Ид><Наименование>x</Наименование></Товар>\
            <Товар><Наименование>y</Наименование></Товар></Товары>
            """
        try fixture.write(Self.document(Self.catalogue("false", goods)), to: "import.xml")
        let certificate = try await fixture.read("product").certificate
        #expect(certificate.doubts == [.recordsSkipped(count: 1)])
    }
}
