/// An order's line with what it says of its order.
struct OrderLineRow: Sendable {
    var line: OrderLine
    /// From one, within its order.
    var number: Int
    var product: Product
    var characteristic: GUID
    var priceIncludesVAT: Bool
    var warehouse: GUID
    var priceKind: GUID
    var shipmentDate: UInt32

    /// The lines of an order.
    static func all(of order: CustomerOrder, in world: World) -> [OrderLineRow] {
        order.lines.enumerated().map { index, place in
            let line = world.infobase.orderLines[Int(place)]
            return OrderLineRow(
                line: line, number: index + 1, product: world.infobase.products[Int(line.product)],
                characteristic: world.characteristicKey(line.characteristic),
                priceIncludesVAT: order.priceIncludesVAT, warehouse: order.warehouse.key,
                priceKind: order.priceKind.key, shipmentDate: order.shipmentDate)
        }
    }

    var sum: Kopecks { line.sum(priceIncludesVAT: priceIncludesVAT) }
}

extension SetMaker {
    /// Number, date and state, with which every document begins.
    func describeDocument<Record: Sendable>(
        _ list: inout ColumnList<Record>, title: String,
        number: @escaping @Sendable (Record) -> String,
        date: @escaping @Sendable (Record) -> UInt32
    ) {
        list.string("Number", number)
        list.moment("Date", date)
        list.presentation = {
            "\(title) \(number($0)) от \(Moment.russianDate(date($0)))"
        }
        list.sortKey = { Moment.local(Int64(date($0))) + number($0) }
    }

    /// The customer's order; an accountant's base has none.
    var orders: (any ODataSet)? {
        guard let name = configuration.orders else { return nil }
        let world = world
        var list = columns(name, CustomerOrder.self)
        list.object(version: \.version) { $0.key }
        describeDocument(
            &list, title: configuration == .unf3 ? "Заказ покупателя" : "Заказ клиента",
            number: \.number.text, date: \.date)
        list.flag("DeletionMark", \.isDeleted)
        list.flag("Posted", \.isPosted)
        list.reference("Контрагент", to: "Catalog_Контрагенты", \.counterpartyKey)
        list.reference("Организация", to: "Catalog_Организации") {
            world.infobase.firms[$0.firm].key
        }
        list.reference("Договор", to: "Catalog_ДоговорыКонтрагентов", \.agreement)
        list.money("СуммаДокумента", \.total)
        list.moment("ДатаОтгрузки", \.shipmentDate)
        list.string("НалогообложениеНДС") { _ in "ПродажаОблагаетсяНДС" }
        list.blank("Комментарий")
        if configuration == .unf3 { describeSmallFirm(&list) } else { describeTrade(&list) }
        list.additionalFields()
        return set(name, world.infobase.orders, list)
    }

    private func manager(_ order: CustomerOrder) -> GUID {
        world.infobase.users[Int(order.manager)].key
    }

    private func describeTrade(_ list: inout ColumnList<CustomerOrder>) {
        let (world, maker) = (world, self)
        list.reference("Партнер", to: "Catalog_Партнеры", \.partner)
        list.reference("Соглашение", \.agreement)
        list.reference("Валюта", to: "Catalog_Валюты", \.currency.key)
        list.reference("Склад", to: configuration.warehouses, \.warehouse.key)
        list.flag("ЦенаВключаетНДС", \.priceIncludesVAT)
        list.reference("Менеджер", to: "Catalog_Пользователи") { maker.manager($0) }
        list.string("Статус", \.state.statusName)
        list.flag("Согласован") { $0.state != .draft }
        list.moment("ДатаСогласования") { $0.state == .draft ? 0 : $0.date }
        list.string("НомерПоДаннымКлиента") { $0.dealID == 0 ? "" : String($0.dealID) }
        list.moment("ДатаПоДаннымКлиента") { $0.dealID == 0 ? 0 : $0.date }
        list.string("ХозяйственнаяОперация") { _ in "РеализацияКлиенту" }
        list.string("ПорядокРасчетов") { _ in "ПоЗаказам" }
        list.flag("СкидкиРассчитаны") { _ in true }
        list.long("МаксимальныйКодСтроки") { Int64($0.lines.count) }
        list.composite("Автор") { (maker.manager($0), "Catalog_ВнешниеПользователи") }
        list.string("СпособДоставки") { _ in "Самовывоз" }
        list.any("СрокВозвратаМногооборотнойТары", .short) { _ in .int(0) }
        list.blank(
            """
            Сделка_Key ГрафикОплаты_Key ДополнительнаяИнформация ДокументОснование:c \
            НеОтгружатьЧастями:b ФормаОплаты БанковскийСчет_Key БанковскийСчетКонтрагента_Key \
            Касса_Key СуммаАвансаДоОбеспечения:d СуммаПредоплатыДоОтгрузки:d АдресДоставки \
            Грузоотправитель_Key Грузополучатель_Key БанковскийСчетГрузоотправителя_Key \
            БанковскийСчетГрузополучателя_Key ГруппаФинансовогоУчета_Key КартаЛояльности_Key \
            Подразделение_Key Назначение_Key ПеревозчикПартнер_Key ЗонаДоставки_Key \
            ВремяДоставкиС:t ВремяДоставкиПо:t АдресДоставкиПеревозчика \
            АдресДоставкиЗначенияПолей АдресДоставкиПеревозчикаЗначенияПолей \
            ДополнительнаяИнформацияПоДоставке КонтактноеЛицо_Key Руководитель_Key \
            ГлавныйБухгалтер_Key ВернутьМногооборотнуюТару:b \
            СостояниеЗаполненияМногооборотнойТары СуммаВозвратнойТары:d НазначениеПлатежа \
            ТребуетсяЗалогЗаТару:b Приоритет_Key ИдентификаторПлатежа ОсобыеУсловияПеревозки:b \
            ОсобыеУсловияПеревозкиОписание НаправлениеДеятельности_Key УдалитьПорядокОплаты \
            ОплатаВВалюте:b ОбъектРасчетов_Key Сборщик_Key Курьер_Key АдресДоставкиЗначение \
            АдресДоставкиПеревозчикаЗначение ЭтапГосконтрактаЕИС ЭтоЗаказКакСчет:b
            """)
        list.section("Товары", { OrderLineRow.all(of: $0, in: world) }, describeTradeLine)
        list.section("ЭтапыГрафикаОплаты", { [$0] }) {
            $0.string("ВариантОплаты") { _ in "ПредоплатаДоОтгрузки" }
            $0.moment("ДатаПлатежа", \.shipmentDate)
            $0.any("ПроцентПлатежа", .double) { _ in .int(100) }
            $0.money("СуммаПлатежа", \.total)
            $0.blank(
                """
                ПроцентЗалогаЗаТару:d СуммаЗалогаЗаТару:d СуммаОтклоненияМерныхТоваров:d Сдвиг:l \
                ВариантОтсчета
                """)
        }
        list.section("СкидкиНаценки", { _ in [Never]() }) {
            $0.blank("КлючСвязи:l СкидкаНаценка_Key Сумма:d НапомнитьПозже:b")
        }
        list.section("НачислениеБонусныхБаллов", { _ in [Never]() }) {
            $0.blank(
                """
                КлючСвязи:l БонуснаяПрограммаЛояльности_Key ДатаНачисления:t ДатаСписания:t \
                СуммаБонусныхБаллов:d
                """)
        }
    }

    private func describeLine(_ list: inout ColumnList<OrderLineRow>) {
        list.reference("Номенклатура", to: "Catalog_Номенклатура", \.product.key)
        list.reference(
            "Характеристика", to: "Catalog_ХарактеристикиНоменклатуры", \.characteristic)
        list.quantity("Количество", \.line.quantity)
        list.money("Цена", \.line.price)
        list.money("Сумма", \.sum)
        list.reference("СтавкаНДС", to: "Catalog_СтавкиНДС", \.line.vat.key)
        list.money("СуммаНДС", \.line.vatSum)
        list.moment("ДатаОтгрузки", \.shipmentDate)
        list.string("Содержание") { $0.product.kind == .service ? $0.product.fullName : "" }
    }

    private func describeTradeLine(_ list: inout ColumnList<OrderLineRow>) {
        describeLine(&list)
        list.quantity("КоличествоУпаковок", \.line.quantity)
        list.reference("ВидЦены", to: configuration.priceTypes, \.priceKind)
        list.money("СуммаСНДС", \.line.sumWithVAT)
        list.any("ПроцентРучнойСкидки", .double) { .int(Int($0.line.discountPercent)) }
        list.money("СуммаРучнойСкидки", \.line.discountSum)
        list.long("КодСтроки") { Int64($0.number) }
        list.long("КлючСвязи") { Int64($0.number) }
        list.flag("Отменено", \.line.isCancelled)
        list.reference("Склад", to: configuration.warehouses, \.warehouse)
        list.string("ВариантОбеспечения") { _ in "КОбеспечению" }
        list.any("СтатусУказанияСерий", .short) { _ in .int(0) }
        list.string("ИдентификаторСтроки") {
            GUID(seed: $0.product.key.low, of: UInt64($0.number)).text
        }
        list.blank(
            """
            Упаковка_Key УдалитьСтавкаНДС ПроцентАвтоматическойСкидки:d \
            СуммаАвтоматическойСкидки:d ПричинаОтмены_Key СрокПоставки:l Серия_Key \
            НоменклатураНабора_Key Обособленно:b ХарактеристикаНабора_Key \
            ВариантОбеспеченияДоИзмененияОбновлениемИБ Подразделение_Key НоменклатураПартнера_Key \
            СуммаБонусныхБалловКСписанию:d СуммаБонусныхБалловКСписаниюВВалюте:d \
            СуммаНачисленныхБонусныхБалловВВалюте:d
            """)
    }

    private func describeSmallFirm(_ list: inout ColumnList<CustomerOrder>) {
        let (world, maker) = (world, self)
        list.reference("ВалютаДокумента", to: "Catalog_Валюты", \.currency.key)
        list.flag("СуммаВключаетНДС", \.priceIncludesVAT)
        list.reference("ВидЦен", to: configuration.priceTypes, \.priceKind.key)
        list.reference("СостояниеЗаказа", to: SmallFirmState.set) {
            SmallFirmState(of: $0.state).key
        }
        list.flag("Закрыт") { $0.state == .closed || $0.state == .cancelled }
        list.string("ВариантЗавершения") {
            $0.state == .closed ? "Успешно" : $0.state == .cancelled ? "Отменен" : ""
        }
        list.reference("Ответственный", to: "Catalog_Пользователи") { maker.manager($0) }
        list.reference("СтруктурнаяЕдиницаПродажи", to: configuration.warehouses, \.warehouse.key)
        list.string("ВидОперации") { _ in "ЗаказНаПродажу" }
        list.string("НомерВходящегоДокумента") { $0.dealID == 0 ? "" : String($0.dealID) }
        list.moment("Старт", \.date)
        list.moment("Финиш", \.shipmentDate)
        list.any("Курс", .double) { .int(Int($0.currency.rate)) }
        list.long("Кратность") { _ in 1 }
        list.blank("ДокументОснование:c КонтактноеЛицо_Key")
        list.section("Запасы", { OrderLineRow.all(of: $0, in: world) }) { line in
            describeLine(&line)
            line.composite("ЕдиницаИзмерения") { [units = configuration.units] in
                ($0.product.measure.key, units)
            }
            line.any("ПроцентСкидкиНаценки", .double) { .int(Int($0.line.discountPercent)) }
            line.money("Всего", \.line.sumWithVAT)
            line.flag("Отменено", \.line.isCancelled)
            line.blank("Партия_Key Резерв:d")
        }
        list.section("Работы", { _ in [Never]() }) {
            $0.blank(
                "Номенклатура_Key Количество:d Цена:d Сумма:d СтавкаНДС_Key СуммаНДС:d Всего:d")
        }
    }

    /// `Catalog_СостоянияЗаказовПокупателей`: the states that a small firm makes for itself.
    var orderStates: (any ODataSet)? {
        guard configuration == .unf3 else { return nil }
        var list = columns(SmallFirmState.set, SmallFirmState.self)
        list.object { $0.key }
        list.flag("DeletionMark") { _ in false }
        list.string("Description", \.rawValue)
        list.string("СостояниеЗаказа") { $0 == .done ? "Выполнен" : "ВРаботе" }
        list.blank("Цвет")
        list.predefined { $0 == .done ? "Выполнен" : "" }
        list.presentation = \.rawValue
        return set(SmallFirmState.set, SmallFirmState.allCases, list)
    }
}

/// A state that the users of a small firm's base gave their orders.
private enum SmallFirmState: String, CaseIterable, Sendable {
    case open = "Открыт"
    case inWork = "В работе"
    case paid = "Оплачен"
    case done = "Выполнен"

    static let set = "Catalog_СостоянияЗаказовПокупателей"

    init(of state: OrderState) {
        self =
            switch state {
            case .draft: .open
            case .agreed: .inWork
            case .paid, .shipped: .paid
            case .closed, .cancelled: .done
            }
    }

    /// The reference, the same in every world.
    var key: GUID { GUID(seed: 0x57A7E, of: UInt64(Self.allCases.firstIndex(of: self) ?? 0)) }
}
