extension SetMaker {
    /// The exchange's own journal, which its developers keep in a register.
    var journal: any ODataSet {
        let name = "InformationRegister_ЖурналОбменаБитрикс24"
        var list = columns(name, Operation.self)
        list.moment("Period", isKey: true) { UInt32($0.timestamp / 1000) }
        list.long("НомерЗаписи", isKey: true, \.id)
        list.long("МеткаВремени", \.timestamp)
        list.string("Операция", \.action.rawValue)
        list.string("ТипОбъекта", \.object.rawValue)
        list.string("СистемаИсточник", \.source)
        list.string("СистемаПриемник", \.target)
        list.string("ИдентификаторОбъекта", \.objectID)
        list.string("Статус", \.status)
        list.string("КодОшибки") { $0.failure?.rawValue ?? "" }
        list.string("Подробности", \.details)
        list.long("ДлительностьМс") { Int64($0.durationMilliseconds) }
        list.presentation = { String($0.id) }
        list.sortKey = { Code.padded(UInt32($0.id), 10) }
        return set(name, world.operations, list)
    }

    /// `InformationRegister_СостоянияЗаказовКлиентов`: how far orders have come.
    var orderStatuses: (any ODataSet)? {
        guard configuration.isTrade, let document = configuration.orders else { return nil }
        let name = "InformationRegister_СостоянияЗаказовКлиентов"
        var list = columns(name, CustomerOrder.self)
        list.composite("Заказ", isKey: true) { ($0.key, document) }
        list.string("Состояние", \.state.stateName)
        list.moment("ДатаСобытия", \.shipmentDate)
        list.money("СуммаОплаты", \.paid)
        list.any("ПроцентОплаты", .double) { order in
            order.total == 0
                ? .int(0)
                : .number(units: Arithmetic.divide(order.paid * 10_000, by: order.total), scale: 2)
        }
        list.presentation = \.number.text
        return set(name, world.infobase.orders, list)
    }

    /// `InformationRegister_СтатусыДокументов`: which invoices are paid.
    var invoiceStatuses: (any ODataSet)? {
        guard configuration == .bp30 else { return nil }
        let name = "InformationRegister_СтатусыДокументов"
        let (firms, document) = (world.infobase.firms, configuration.invoices)
        var list = columns(name, CustomerInvoice.self)
        list.reference("Организация", to: "Catalog_Организации", isKey: true) {
            firms[Int($0.number.firm)].key
        }
        list.composite("Документ", isKey: true) { ($0.key, document) }
        list.string("Статус", \.state.name)
        list.blank("ДополнительныйСтатус")
        list.presentation = \.number.text
        return set(name, world.infobase.invoices, list)
    }
}
