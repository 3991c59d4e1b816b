/// Counterparties and orders.
extension CommerceMLExport {
    /// Counterparties, but groups and those marked as deleted.
    mutating func writeCounterparties() {
        element("Контрагенты") {
            for record in $0.world.counterparties
            where record.flags.isDisjoint(with: [.folder, .deleted]) {
                $0.writeCounterparty(record)
            }
        }
    }

    /// Orders, as documents.
    mutating func writeOrders() {
        for order in world.infobase.orders { writeOrder(order) }
    }

    /// A counterparty; in a document with its part in it.
    private mutating func writeCounterparty(_ record: Counterparty, role: String? = nil) {
        element("Контрагент") {
            $0.text("Ид", record.key.text)
            $0.text("Наименование", record.description)
            let isCompany = record.kind == .company || record.kind == .foreign
            let fullName = record.fullName.isEmpty ? record.description : record.fullName
            $0.text(isCompany ? "ОфициальноеНаименование" : "ПолноеНаименование", fullName)
            for (name, value) in [("ИНН", record.taxID), ("КПП", record.kpp)]
            where !value.isEmpty {
                $0.text(name, value)
            }
            if let address = record.address {
                $0.element("ЮридическийАдрес") {
                    $0.text("Представление", address.line(notation: record.addressNotation))
                }
            }
            $0.writeContacts(of: record)
            if let role { $0.text("Роль", role) }
        }
    }

    private mutating func writeContacts(of record: Counterparty) {
        let phones = [record.phone, record.secondPhone].compactMap { $0?.text }
        let contacts =
            phones.map { ("Телефон рабочий", $0) }
            + (record.email.isEmpty ? [] : [("Почта", record.email)])
        guard !contacts.isEmpty else { return }
        element("Контакты") {
            for (kind, value) in contacts {
                $0.element("Контакт") {
                    $0.text("Тип", kind)
                    $0.text("Значение", value)
                }
            }
        }
    }

    private mutating func writeOrder(_ order: CustomerOrder) {
        let lines = order.lines.map { world.infobase.orderLines[Int($0)] }
        var buyer = world.counterparties[Int(order.counterparty)]
        buyer.key = order.counterpartyKey
        let moment = Moment.local(Int64(order.date))
        element("Документ") {
            $0.text("Ид", order.key.text)
            $0.text("Номер", order.number.text)
            $0.text("Дата", String(moment.prefix(10)))
            $0.text("ХозОперация", "Заказ товара")
            $0.text("Роль", "Продавец")
            $0.text("Валюта", order.currency.code)
            $0.text("Курс", "1")
            $0.text("Сумма", Arithmetic.text(order.total))
            $0.element("Контрагенты") { $0.writeCounterparty(buyer, role: "Покупатель") }
            $0.text("Время", String(moment.suffix(8)))
            $0.element("Товары") {
                for line in lines where !line.isCancelled { $0.writeLine(line) }
            }
            $0.writeRequisites([
                ("Статус заказа", order.state.stateName),
                ("Проведен", order.isPosted ? "true" : "false"),
                ("ПометкаУдаления", order.isDeleted ? "true" : "false"),
            ])
        }
    }

    private mutating func writeLine(_ line: OrderLine) {
        let product = world.infobase.products[Int(line.product)]
        let variant =
            line.characteristic < 0
            ? nil : world.infobase.characteristics[Int(line.characteristic)]
        element("Товар") {
            $0.text("Ид", variant.map { "\(product.key.text)#\($0.key.text)" } ?? product.key.text)
            $0.text("Наименование", product.description)
            $0.writeMeasure(product.measure)
            $0.text("ЦенаЗаЕдиницу", Arithmetic.text(line.unitPriceWithVAT))
            $0.text("Количество", Arithmetic.text(quantity: line.quantity))
            $0.text("Сумма", Arithmetic.text(line.sumWithVAT))
            $0.writeRate(line.vat)
        }
    }
}
