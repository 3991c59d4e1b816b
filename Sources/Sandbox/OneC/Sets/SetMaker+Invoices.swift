extension SetMaker {
    /// The invoice for payment, on the ground of an order.
    var invoices: any ODataSet {
        let name = configuration.invoices
        let (world, configuration) = (world, configuration)
        let order = { @Sendable (invoice: CustomerInvoice) in
            world.infobase.orders[Int(invoice.order)]
        }
        var list = columns(name, CustomerInvoice.self)
        list.object(version: \.version) { $0.key }
        describeDocument(
            &list, title: "Счет на оплату", number: \.number.text, date: \.date)
        list.flag("DeletionMark", \.isDeleted)
        list.flag("Posted", \.isPosted)
        list.reference("Контрагент", to: "Catalog_Контрагенты") { order($0).counterpartyKey }
        list.reference("Организация", to: "Catalog_Организации") {
            world.infobase.firms[Int($0.number.firm)].key
        }
        list.money("СуммаДокумента", \.total)
        list.blank("Комментарий")
        if let orders = configuration.orders {
            list.composite("ДокументОснование") { (order($0).key, orders) }
        }
        switch configuration {
        case .bp30: describeAccountant(&list)
        case .unf3: describeSmallFirm(&list)
        case .ut11, .erp2: describeTrade(&list)
        }
        list.additionalFields()
        return set(name, world.infobase.invoices, list)
    }

    /// The lines of an invoice's order that count.
    private func lines(
        _ isWanted: @escaping @Sendable (ProductKind) -> Bool
    ) -> @Sendable (CustomerInvoice) -> [OrderLineRow] {
        { [world] invoice in
            OrderLineRow.all(of: world.infobase.orders[Int(invoice.order)], in: world)
                .filter { !$0.line.isCancelled && isWanted($0.product.kind) }
        }
    }

    private func describeAccountant(_ list: inout ColumnList<CustomerInvoice>) {
        let world = world
        let order = { @Sendable (invoice: CustomerInvoice) in
            world.infobase.orders[Int(invoice.order)]
        }
        list.reference("ДоговорКонтрагента", to: "Catalog_ДоговорыКонтрагентов") {
            order($0).agreement
        }
        list.reference("ВалютаДокумента", to: "Catalog_Валюты", \.currency.key)
        list.flag("СуммаВключаетНДС") { order($0).priceIncludesVAT }
        list.reference("ТипЦен", to: configuration.priceTypes) { order($0).priceKind.key }
        list.reference("Склад", to: configuration.warehouses) { order($0).warehouse.key }
        list.moment("СрокОплаты", \.payBefore)
        list.reference("Ответственный", to: "Catalog_Пользователи") {
            world.infobase.users[Int(order($0).manager)].key
        }
        list.any("КурсВзаиморасчетов", .double) { _ in .int(1) }
        list.long("КратностьВзаиморасчетов") { _ in 1 }
        list.flag("ДокументБезНДС") { _ in false }
        // The deal's number, in free text.
        list.string("ДополнительныеУсловия") {
            let deal = order($0).dealID
            return deal == 0 ? "" : "Сделка № \(deal)"
        }
        list.blank(
            "СтруктурнаяЕдиница_Key АдресДоставки ПодразделениеОрганизации_Key Грузополучатель_Key")
        for (section, kind) in [("Товары", ProductKind.goods), ("Услуги", .service)] {
            list.section(section, lines { $0 == kind }) { line in
                line.reference("Номенклатура", to: "Catalog_Номенклатура", \.product.key)
                line.string("Содержание", \.product.fullName)
                line.quantity("Количество", \.line.quantity)
                line.money("Цена", \.line.price)
                line.money("Сумма", \.sum)
                line.any("ПроцентСкидки", .double) { .int(Int($0.line.discountPercent)) }
                line.money("СуммаСкидки", \.line.discountSum)
                line.string("СтавкаНДС", \.line.vat.enumerationName)
                line.money("СуммаНДС", \.line.vatSum)
                if kind == .goods {
                    line.reference(
                        "ЕдиницаИзмерения", to: configuration.units, \.product.measure.key)
                    line.any("Коэффициент", .double) { _ in .int(1) }
                }
            }
        }
        list.section("ВозвратнаяТара", { _ in [Never]() }) {
            $0.blank("Номенклатура_Key Количество:d Цена:d Сумма:d")
        }
    }

    private func describeTrade(_ list: inout ColumnList<CustomerInvoice>) {
        let world = world
        let order = { @Sendable (invoice: CustomerInvoice) in
            world.infobase.orders[Int(invoice.order)]
        }
        list.reference("Партнер", to: "Catalog_Партнеры") { order($0).partner }
        list.reference("Договор", to: "Catalog_ДоговорыКонтрагентов") { order($0).agreement }
        list.reference("Валюта", to: "Catalog_Валюты", \.currency.key)
        list.reference("Менеджер", to: "Catalog_Пользователи") {
            world.infobase.users[Int(order($0).manager)].key
        }
        list.flag("Аннулирован") { $0.state == .cancelled }
        list.blank("НазначениеПлатежа ЧастичнаяОплата:b ФормаОплаты БанковскийСчет_Key Касса_Key")
        list.section("ЭтапыГрафикаОплаты", { [$0] }) {
            $0.moment("ДатаПлатежа", \.payBefore)
            $0.any("ПроцентПлатежа", .double) { _ in .int(100) }
            $0.money("СуммаПлатежа", \.total)
        }
    }

    private func describeSmallFirm(_ list: inout ColumnList<CustomerInvoice>) {
        let (world, configuration) = (world, configuration)
        let order = { @Sendable (invoice: CustomerInvoice) in
            world.infobase.orders[Int(invoice.order)]
        }
        list.reference("Договор", to: "Catalog_ДоговорыКонтрагентов") { order($0).agreement }
        list.reference("ВалютаДокумента", to: "Catalog_Валюты", \.currency.key)
        list.flag("СуммаВключаетНДС") { order($0).priceIncludesVAT }
        list.reference("Ответственный", to: "Catalog_Пользователи") {
            world.infobase.users[Int(order($0).manager)].key
        }
        list.section("Запасы", lines { _ in true }) { line in
            line.reference("Номенклатура", to: "Catalog_Номенклатура", \.product.key)
            line.reference(
                "Характеристика", to: "Catalog_ХарактеристикиНоменклатуры", \.characteristic)
            line.quantity("Количество", \.line.quantity)
            line.composite("ЕдиницаИзмерения") { ($0.product.measure.key, configuration.units) }
            line.money("Цена", \.line.price)
            line.money("Сумма", \.sum)
            line.reference("СтавкаНДС", to: "Catalog_СтавкиНДС", \.line.vat.key)
            line.money("СуммаНДС", \.line.vatSum)
            line.money("Всего", \.line.sumWithVAT)
        }
    }
}
