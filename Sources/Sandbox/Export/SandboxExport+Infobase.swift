internal import Foundation

extension SandboxExport {
    /// Writes 1C's records, those marked as deleted with their mark.
    func writeInfobase(to folder: URL) throws {
        try writeContactPersons(to: folder)
        try writeProducts(to: folder)
        try writePricesAndStock(to: folder)
        try writeOrders(to: folder)
        try writeReceipts(to: folder)
        try table(
            folder, "user",
            [
                "Ref_Key", "Наименование", "E-mail", "Должность", "Подразделение",
                "ПометкаУдаления",
            ], world.infobase.users
        ) {
            [
                $0.key.text, $0.description, $0.email, $0.position, $0.department,
                mark($0.isDeleted),
            ]
        }
    }

    private func mark(_ isDeleted: Bool) -> String { isDeleted ? "true" : "false" }

    private func writeContactPersons(to folder: URL) throws {
        try table(
            folder, "contact",
            [
                "Ref_Key", "Код", "ФИО", "Должность", "Контрагент", "Телефон", "Email",
                "Дата рождения", "ПометкаУдаления",
            ], world.infobase.contacts
        ) { record in
            [
                record.key.text, String(record.code), record.description,
                Positions.all[Int(record.position)], record.owner.text,
                [record.phone, record.secondPhone].compactMap { $0?.text }
                    .joined(separator: ", "),
                record.email?.text ?? "", record.birthday.map(Moment.date) ?? "",
                mark(record.isDeleted),
            ]
        }
    }

    private func writeProducts(to folder: URL) throws {
        try table(
            folder, "product",
            [
                "Ref_Key", "Код", "Наименование", "НаименованиеПолное", "Артикул", "Штрихкод",
                "Группа", "Единица измерения", "СтавкаНДС", "Вид", "ПометкаУдаления",
            ], world.infobase.products
        ) { record in
            [
                record.key.text, record.codeText, record.description, record.fullName,
                record.article, record.barcode,
                world.infobase.productGroups[Int(record.group)].description,
                record.measure.symbol, record.vat.percent.map { String($0) } ?? "",
                record.kind.word, mark(record.isDeleted),
            ]
        }
    }

    /// Prices as they are now, of the kinds that the portal keeps too, and balances.
    private func writePricesAndStock(to folder: URL) throws {
        let records = world.infobase
        func keys(_ product: Int32, _ characteristic: Int32) -> [String] {
            [
                records.products[Int(product)].key.text,
                characteristic < 0 ? "" : records.characteristics[Int(characteristic)].key.text,
            ]
        }
        try table(
            folder, "price",
            ["id", "Номенклатура", "Характеристика", "Вид цены", "Цена", "Единица"],
            records.prices.lazy.filter { $0.isLast && $0.kind.isInPortal }
        ) {
            [records.registerID($0.product, $0.characteristic, $0.kind.key)]
                + keys($0.product, $0.characteristic)
                + [$0.kind.title, Arithmetic.text($0.price), $0.measure.symbol]
        }
        try table(
            folder, "stock",
            ["id", "Номенклатура", "Характеристика", "Склад", "Количество", "В резерве"],
            records.stock
        ) {
            [records.registerID($0.product, $0.characteristic, $0.warehouse.key)]
                + keys($0.product, $0.characteristic)
                + [
                    $0.warehouse.title, Arithmetic.text(quantity: $0.quantity),
                    Arithmetic.text(quantity: $0.reserved),
                ]
        }
    }

    private func writeOrders(to folder: URL) throws {
        let header = [
            "Ref_Key", "Номер", "Дата", "Контрагент", "СуммаДокумента", "Число строк", "Статус",
            "Оплачено", "Ответственный", "other_id", "ПометкаУдаления",
        ]
        let records = world.infobase
        try table(folder, "order", header, records.orders) { order in
            let lines = records.orderLines[
                Int(order.lines.lowerBound)..<Int(order.lines.upperBound)]
            return [
                order.key.text, order.number.text, date(order.date),
                order.counterpartyKey.text, order.currency.text(order.total),
                String(lines.count { !$0.isCancelled }), order.state.stateName,
                order.currency.text(order.paid), records.users[Int(order.manager)].key.text,
                order.dealID > 0 ? String(order.dealID) : "", mark(order.isDeleted),
            ]
        }
        try table(folder, "invoice", header, records.invoices) { invoice in
            let order = records.orders[Int(invoice.order)]
            return [
                invoice.key.text, invoice.number.text, date(invoice.date),
                order.counterpartyKey.text, invoice.currency.text(invoice.total),
                String(order.lines.count), invoice.state.name,
                invoice.currency.text(invoice.state == .paid ? invoice.total : 0),
                records.users[Int(order.manager)].key.text, "", mark(invoice.isDeleted),
            ]
        }
    }

    private func writeReceipts(to folder: URL) throws {
        try table(
            folder, "payment",
            [
                "Ref_Key", "Номер", "Дата", "Контрагент", "Заказ", "Сумма",
                "Назначение платежа", "ПометкаУдаления",
            ], world.infobase.receipts
        ) { record in
            [
                record.key.text, record.voucherNumber, date(record.date),
                record.counterpartyKey.text,
                world.infobase.orders[Int(record.settlement.order)].key.text,
                record.currency.text(record.amount), record.purpose, mark(record.isDeleted),
            ]
        }
    }

    /// A date without the time.
    func date(_ seconds: UInt32) -> String { String(Moment.local(Int64(seconds)).prefix(10)) }
}
