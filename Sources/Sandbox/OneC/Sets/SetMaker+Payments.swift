extension SetMaker {
    /// Money that came, to the bank or in cash.
    func receipts(_ isCash: Bool) -> any ODataSet {
        let name = isCash ? configuration.cashReceipts : configuration.bankReceipts
        let world = world
        let at = { @Sendable (place: Int32) in world.infobase.receipts[Int(place)] }
        var list = columns(name, Int32.self)
        list.object(version: { at($0).version }, { at($0).key })
        describeDocument(
            &list, title: isCash ? "Приходный кассовый ордер" : "Поступление на расчетный счет",
            number: { at($0).number.text }, date: { at($0).date })
        list.flag("DeletionMark") { at($0).isDeleted }
        list.flag("Posted") { at($0).isPosted }
        list.reference("Организация", to: "Catalog_Организации") {
            world.infobase.firms[Int(at($0).number.firm)].key
        }
        list.money("СуммаДокумента") { at($0).amount }
        list.blank("Комментарий")
        describePayer(&list)
        if isCash {
            list.string("Основание") { at($0).purpose }
            list.string("ПринятоОт") { place in
                let receipt = at(place)
                let row = Int(receipt.counterparty)
                // Counterparties may have got lost since.
                guard row < world.counterparties.count,
                    world.counterparties[row].key == receipt.counterpartyKey
                else { return "" }
                return world.counterparties[row].description
            }
            list.blank("Касса_Key Приложение")
        } else {
            list.string("НомерВходящегоДокумента") { String(at($0).incomingNumber) }
            list.moment("ДатаВходящегоДокумента") { at($0).incomingDate }
            list.string("НазначениеПлатежа") { at($0).purpose }
            let account = configuration == .bp30 ? "СчетКонтрагента" : "БанковскийСчетКонтрагента"
            list.reference(account, to: configuration.bankAccounts) { place in
                let account = at(place).bankAccount
                return account < 0 ? .zero : world.infobase.bankAccounts[Int(account)].key
            }
            list.blank(configuration == .bp30 ? "СчетОрганизации_Key" : "БанковскийСчет_Key")
        }
        list.section("РасшифровкаПлатежа", { at($0).settlements }, describeSettlement)
        list.additionalFields()
        return set(name, isCash ? places.receipts.cash : places.receipts.bank, list)
    }

    /// The payer: several kinds of objects in the banks' documents, where configurations allow
    /// staff and own firms too.
    private func describePayer(_ list: inout ColumnList<Int32>) {
        let world = world
        let at = { @Sendable (place: Int32) in world.infobase.receipts[Int(place)] }
        let currency = configuration.isTrade ? "Валюта" : "ВалютаДокумента"
        switch configuration {
        case .unf3:
            list.reference("Контрагент", to: "Catalog_Контрагенты") { at($0).counterpartyKey }
            list.string("ВидОперации") { _ in "ОтПокупателя" }
            list.reference("ВалютаДенежныхСредств", to: "Catalog_Валюты") {
                at($0).currency.key
            }
        case .bp30, .ut11, .erp2:
            list.composite("Контрагент") { (at($0).counterpartyKey, "Catalog_Контрагенты") }
            list.reference(currency, to: "Catalog_Валюты") { at($0).currency.key }
            if configuration.isTrade {
                list.string("ХозяйственнаяОперация") { _ in "ПоступлениеОплатыОтКлиента" }
                list.flag("ПроведеноБанком") { _ in true }
            } else {
                list.string("ВидОперации") { _ in "ОплатаПокупателя" }
                list.reference("ДоговорКонтрагента", to: "Catalog_ДоговорыКонтрагентов") {
                    let order = at($0).settlement.order
                    return order < 0 ? .zero : world.infobase.orders[Int(order)].agreement
                }
            }
        }
    }

    private func describeSettlement(_ list: inout ColumnList<MoneyReceipt.Settlement>) {
        let (world, places, configuration) = (world, places, configuration)
        let order = { @Sendable (line: MoneyReceipt.Settlement) -> CustomerOrder? in
            line.order < 0 ? nil : world.infobase.orders[Int(line.order)]
        }
        let invoice = { @Sendable (line: MoneyReceipt.Settlement) -> GUID in
            guard line.order >= 0, places.invoiceOf[Int(line.order)] >= 0 else { return .zero }
            return world.infobase.invoices[Int(places.invoiceOf[Int(line.order)])].key
        }
        let orders = configuration.orders ?? ""
        list.money("СуммаНДС") { $0.vat.included(in: $0.amount) }
        switch configuration {
        case .bp30:
            list.money("СуммаПлатежа", \.amount)
            list.money("СуммаВзаиморасчетов", \.amount)
            list.string("СтавкаНДС", \.vat.enumerationName)
            list.reference("СчетНаОплату", to: configuration.invoices, invoice)
            list.any("КурсВзаиморасчетов", .double) { _ in .int(1) }
            list.long("КратностьВзаиморасчетов") { _ in 1 }
            list.reference("ДоговорКонтрагента", to: "Catalog_ДоговорыКонтрагентов") {
                order($0)?.agreement ?? .zero
            }
            list.blank("Сделка:c СтатьяДвиженияДенежныхСредств_Key СпособПогашенияЗадолженности")
        case .unf3:
            list.money("СуммаПлатежа", \.amount)
            list.money("СуммаРасчетов", \.amount)
            list.reference("СтавкаНДС", to: "Catalog_СтавкиНДС", \.vat.key)
            list.flag("ПризнакАванса") { $0.order < 0 }
            list.composite("Заказ") { line in order(line).map { ($0.key, orders) } }
            list.reference("СчетНаОплату", to: configuration.invoices, invoice)
            list.reference("Договор", to: "Catalog_ДоговорыКонтрагентов") {
                order($0)?.agreement ?? .zero
            }
            list.blank("Документ:c")
        case .ut11, .erp2:
            list.money("Сумма", \.amount)
            list.money("СуммаВзаиморасчетов", \.amount)
            list.reference("СтавкаНДС", to: "Catalog_СтавкиНДС", \.vat.key)
            list.composite("ОснованиеПлатежа") { line in order(line).map { ($0.key, orders) } }
            list.reference("Партнер", to: "Catalog_Партнеры") { order($0)?.partner ?? .zero }
            list.reference("ВалютаВзаиморасчетов", to: "Catalog_Валюты") {
                order($0)?.currency.key ?? Currency.rouble.key
            }
            list.blank("ОбъектРасчетов_Key СтатьяДвиженияДенежныхСредств_Key Комментарий")
        }
    }
}
