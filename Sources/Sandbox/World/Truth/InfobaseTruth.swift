/// The records of the infobase as its world has them, under the names of a configuration.
struct InfobaseTruth {
    typealias Row = TrueRecord.Row
    typealias Field = TrueRecord.Field

    let world: World
    let configuration: InfobaseConfiguration

    private var records: InfobaseRecords { world.infobase }

    /// The records of an entity; `nil` when the configuration does not keep it.
    func records(of entity: String) -> [TrueRecord]? {
        switch entity {
        case "counterparty": counterparties
        case "contact": contacts
        case "product": products
        case "price": prices
        case "stock": stock
        case "order": configuration.orders.map(orders)
        case "invoice": invoices
        case "payment": payments
        case "user": users
        case "operation": operations
        default: nil
        }
    }

    private func flag(_ value: Bool) -> Field { Field(value ? "true" : "false") }

    // MARK: People and companies

    private var counterparties: [TrueRecord] {
        let accounts = Dictionary(
            grouping: records.bankAccounts.filter { !$0.isDeleted }, by: \.owner)
        return world.counterparties.filter { !$0.flags.contains(.folder) }.map { own in
            TrueRecord(
                own.key.text, of: [Row("Catalog_Контрагенты", own.key.text)],
                [
                    "name": Field(own.description), "tax_id": Field(own.taxID),
                    "kpp": Field(own.kpp), "email": Field(own.email),
                    "phone": Field([own.phone, own.secondPhone].compactMap { $0?.text }),
                    // Addresses abroad are not kept.
                    "address": Field(
                        own.kind == .foreign
                            ? "" : own.address?.line(notation: own.addressNotation) ?? ""),
                    "is_deleted": flag(own.flags.contains(.deleted)),
                    "bank_account": Field(
                        (accounts[own.key] ?? []).map(\.number), [configuration.bankAccounts]),
                ])
        }
    }

    private var contacts: [TrueRecord] {
        records.contacts.map { contact in
            TrueRecord(
                contact.key.text, of: [Row(configuration.contactPersons, contact.key.text)],
                [
                    "name": Field(contact.description),
                    "phone": Field([contact.phone, contact.secondPhone].compactMap { $0?.text }),
                ])
        }
    }

    private var users: [TrueRecord] {
        records.users.filter(\.serviceName.isEmpty).map { user in
            TrueRecord(
                user.key.text, of: [Row("Catalog_Пользователи", user.key.text)],
                ["name": Field(user.description), "is_active": flag(!user.isInvalid)])
        }
    }

    private var operations: [TrueRecord] {
        world.operations.map { operation in
            TrueRecord(
                String(operation.id),
                of: [Row("InformationRegister_ЖурналОбменаБитрикс24", String(operation.id))],
                [
                    "operation": Field(operation.action.rawValue),
                    "error_code": Field(operation.failure?.rawValue ?? ""),
                ])
        }
    }

    // MARK: Goods

    private var products: [TrueRecord] {
        records.products.map { product in
            let variants = records.characteristics[
                Int(product.characteristics.lowerBound)..<Int(product.characteristics.upperBound)]
            // Accounting has no list of variants and keeps their barcodes with the product.
            let isAccounting = configuration == .bp30
            return TrueRecord(
                product.key.text, of: [Row("Catalog_Номенклатура", product.key.text)],
                [
                    "name": Field(product.description), "article": Field(product.article),
                    "code": Field(product.codeText), "is_deleted": flag(product.isDeleted),
                    "barcode": Field(
                        [product.barcode] + (isAccounting ? variants.map(\.barcode) : []),
                        ["InformationRegister_ШтрихкодыНоменклатуры"]),
                    "characteristics": Field(
                        isAccounting ? [] : variants.map(\.description),
                        ["Catalog_ХарактеристикиНоменклатуры"]),
                ])
        }
    }

    private func product(_ place: Int32) -> String { records.products[Int(place)].key.text }

    private var prices: [TrueRecord] {
        let last = records.prices.filter(\.isLast)
        func record(_ price: PriceRecord, _ id: String, isCertain: Bool) -> TrueRecord {
            TrueRecord(
                id, of: [Row("InformationRegister_ЦеныНоменклатуры", product(price.product))],
                isCertain ? ["price": Field(Arithmetic.text(price.price))] : [:])
        }
        guard configuration == .bp30 else {
            return last.map { price in
                record(
                    price,
                    records.registerID(price.product, price.characteristic, price.kind.key),
                    isCertain: true)
            }
        }
        // Accounting does not tell characteristics apart: what it keeps of a product that has any is
        // one price of several.
        let groups = Dictionary(grouping: last) { "\(product($0.product))#\($0.kind.key.text)" }
        return groups.compactMap { id, prices in
            let own = prices.first { $0.characteristic < 0 }
            return (own ?? prices.first).map { record($0, id, isCertain: own != nil) }
        }
    }

    private var stock: [TrueRecord] {
        func record(_ id: String, _ balance: StockBalance, _ quantity: Thousandths) -> TrueRecord {
            TrueRecord(
                id, of: [Row("AccumulationRegister", product(balance.product))],
                ["quantity": Field(Arithmetic.text(quantity: quantity))])
        }
        guard configuration == .bp30 else {
            return records.stock.map {
                record(
                    records.registerID($0.product, $0.characteristic, $0.warehouse.key), $0,
                    $0.quantity)
            }
        }
        // Whatever the accounts, what lies in a warehouse is one stock; balances of zero do not stand in
        // the ledger.
        let groups = Dictionary(grouping: records.stock.filter { $0.quantity != 0 }) {
            "\(product($0.product))#\($0.warehouse.key.text)"
        }
        return groups.compactMap { id, balances in
            balances.first.map { record(id, $0, balances.reduce(0) { $0 + $1.quantity }) }
        }
    }

    // MARK: Sales

    private func orders(_ set: String) -> [TrueRecord] {
        records.orders.map { order in
            var fields = [
                "number": Field(order.number.text),
                "total": Field(order.currency.text(order.total), Self.currencies),
                "counterparty": Field(order.counterpartyKey.text),
                "lines": Field(lines: lines(of: order), Self.rates),
            ]
            // What else a state is called is each configuration's own.
            if !order.isPosted { fields["status"] = Field("draft") }
            return TrueRecord(order.key.text, of: [Row(set, order.key.text)], fields)
        }
    }

    /// Where currencies and rates of VAT have their names.
    private static let currencies: Set = ["Catalog_Валюты"]
    private static let rates: Set = ["Catalog_СтавкиНДС"]

    /// The lines that count; accounting keeps services behind goods.
    private func lines(of order: CustomerOrder) -> [TrueLine] {
        let all = order.lines.map { records.orderLines[Int($0)] }.filter { !$0.isCancelled }
        func isGoods(_ line: OrderLine) -> Bool {
            records.products[Int(line.product)].kind == .goods
        }
        let ordered =
            configuration == .bp30 ? all.filter(isGoods) + all.filter { !isGoods($0) } : all
        return ordered.map {
            TrueLine(
                product: product($0.product), quantity: $0.quantity, sum: $0.sumWithVAT,
                vat: $0.vat)
        }
    }

    private var invoices: [TrueRecord] {
        records.invoices.map { invoice in
            let order = records.orders[Int(invoice.order)]
            var fields = [
                "number": Field(invoice.number.text),
                "total": Field(invoice.currency.text(invoice.total), Self.currencies),
                "counterparty": Field(order.counterpartyKey.text),
            ]
            // Trade's invoices have no lines of their own.
            if !configuration.isTrade {
                fields["lines"] = Field(lines: lines(of: order), Self.rates)
            }
            if !invoice.isPosted { fields["status"] = Field("draft") }
            return TrueRecord(
                invoice.key.text, of: [Row(configuration.invoices, invoice.key.text)], fields)
        }
    }

    private var payments: [TrueRecord] {
        records.receipts.map { receipt in
            let set = receipt.isCash ? configuration.cashReceipts : configuration.bankReceipts
            return TrueRecord(
                receipt.key.text, of: [Row(set, receipt.key.text)],
                [
                    "amount": Field(receipt.currency.text(receipt.amount), Self.currencies),
                    "counterparty": Field(receipt.counterpartyKey.text),
                    "number": Field(receipt.voucherNumber), "purpose": Field(receipt.purpose),
                ])
        }
    }
}
