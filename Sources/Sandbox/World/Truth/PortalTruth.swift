/// The records of the portal as its world has them.
struct PortalTruth {
    typealias Row = TrueRecord.Row
    typealias Field = TrueRecord.Field

    let world: World

    /// The records of an entity; `nil` when the portal does not keep it.
    func records(of entity: String) -> [TrueRecord]? {
        switch entity {
        case "counterparty": companies + persons
        case "contact": contacts
        case "product": products
        case "price": prices
        case "stock": stock
        case "order": deals
        case "invoice": invoices
        case "payment": payments
        case "user": users
        default: nil
        }
    }

    private func row(_ table: String, _ id: Int64) -> Row { Row(table, String(id)) }

    // MARK: Counterparties

    /// The legal details that count: neither hidden nor there for an address only, by their owners.
    private func details(ofContacts: Bool) -> [Int64: [Requisite]] {
        Dictionary(
            grouping: world.requisites.filter {
                $0.isOfContact == ofContacts && $0.isActive && !$0.isAddressOnly
            }, by: \.companyID)
    }

    private var companies: [TrueRecord] {
        let details = details(ofContacts: false)
        let accounts = Dictionary(
            grouping: world.portal.bankDetails.filter(\.isActive), by: \.requisiteID)
        let addresses = Dictionary(grouping: world.addresses, by: \.requisiteID)
        return world.companies.filter { !$0.isMine }.map { company in
            let own = (details[company.id] ?? []).sorted { $0.id < $1.id }
            let numbers = own.flatMap { accounts[$0.id] ?? [] }.map(\.number)
            return TrueRecord(
                String(company.id), of: [row("company", company.id)],
                [
                    "name": Field(company.title),
                    "tax_id": Field(own.first?.taxID ?? "", ["requisite"]),
                    "kpp": Field(own.first?.kpp ?? "", ["requisite"]),
                    "bank_account": Field(numbers, ["requisite", "bankdetail"]),
                    "phone": Field(company.phones.map(\.text)), "email": Field(company.email),
                    "address": Field(
                        own.first.map { Self.line(addresses[$0.id] ?? []) } ?? "",
                        ["requisite", "address"]),
                    "owner": Field(String(company.assignedBy)),
                ])
        }
    }

    /// The legal address in one line, else that of registration, else the actual one.
    private static func line(_ addresses: [PortalAddress]) -> String {
        let types: [UInt8] = [6, 4, 1]
        let written = types.compactMap { type in addresses.first { $0.type == type } }
        guard let first = written.first else { return "" }
        let (address, notation) = (first.address, first.notation)
        let parts: [String?] = [
            address.postalCode, address.province, address.cityName(notation: notation),
            address.streetLine(notation: notation), address.officeLine(notation: notation),
        ]
        return parts.compactMap { $0 }.joined(separator: ", ")
    }

    /// Contacts that stand for counterparties, by their first legal details.
    private var persons: [TrueRecord] {
        let known = Set(world.portal.contacts.map(\.id))
        return details(ofContacts: true).compactMap { contact, details in
            guard known.contains(contact), let first = details.min(by: { $0.id < $1.id }) else {
                return nil
            }
            return TrueRecord(
                "contact-\(contact)", of: [row("contact", contact), row("requisite", first.id)],
                ["tax_id": Field(first.taxID ?? "", ["requisite"])])
        }
    }

    private var contacts: [TrueRecord] {
        world.portal.contacts.map { contact in
            TrueRecord(
                String(contact.id), of: [row("contact", contact.id)],
                [
                    "surname": Field(contact.lastName), "given_name": Field(contact.firstName),
                    "patronymic": Field(contact.secondName), "phone": Field(contact.phoneTexts),
                    "company": Field(contact.companyIDs.map(String.init)),
                ])
        }
    }

    // MARK: Goods

    private var products: [TrueRecord] {
        world.portal.products.map { product in
            let isOffer = product.kind == .offer
            return TrueRecord(
                String(product.id),
                of: [row("product", product.id), row("catalog", product.blockID)],
                [
                    "name": Field(product.name),
                    "article": Field(isOffer ? "" : product.article, ["productproperty"]),
                    "barcode": Field(isOffer ? "" : product.barcode, ["productproperty"]),
                    "is_active": Field(product.isActive ? "true" : "false"),
                ])
        }
    }

    /// The product that a price or a balance is of, and the catalogue in which it is listed.
    private func goods(_ place: Int32) -> Set<Row> {
        let product = world.portal.products[Int(place)]
        return [row("product", product.id), row("catalog", product.blockID)]
    }

    private var prices: [TrueRecord] {
        world.portal.prices.map { price in
            TrueRecord(
                String(price.id), of: goods(price.product).union([row("price", price.id)]),
                [
                    "price": Field(Arithmetic.text(price.price)),
                    "price_type": Field(price.kind.title, ["pricetype"]),
                ])
        }
    }

    private var stock: [TrueRecord] {
        world.portal.stock.map { stock in
            TrueRecord(
                String(stock.id),
                of: goods(stock.product).union([row("storeproduct", stock.id)]),
                [
                    "quantity": Field(Arithmetic.text(quantity: stock.amount)),
                    "warehouse": Field(stock.warehouse.title, ["store"]),
                ])
        }
    }

    // MARK: Sales

    private var deals: [TrueRecord] {
        world.portal.deals.filter { !$0.isRecurring }.map { deal in
            var fields = [
                "title": Field(deal.title),
                "total": Field(deal.currency.text(deal.opportunity)),
                "counterparty": Field(buyer(deal.companyID, deal.contactID)),
                "lines": Field(lines: lines(of: deal), ["productrow"]),
                "status": Field(Self.state(deal.stage), ["status"]),
                "owner": Field(String(deal.assignedBy)),
            ]
            // Of a deal without lines nothing says how many it has.
            if !deal.rows.isEmpty {
                fields["line_count"] = Field(String(deal.rows.count), ["productrow"])
            }
            return TrueRecord(String(deal.id), of: [row("deal", deal.id)], fields)
        }
    }

    private var invoices: [TrueRecord] {
        world.portal.smartInvoices.map { invoice in
            TrueRecord(
                String(invoice.id), of: [row("invoice", invoice.id)],
                [
                    "number": Field(invoice.accountNumberText),
                    "total": Field(invoice.currency.text(invoice.opportunity)),
                    "counterparty": Field(buyer(invoice.companyID, invoice.contactID)),
                    "lines": Field(
                        lines: invoice.deal < 0
                            ? [] : lines(of: world.portal.deals[Int(invoice.deal)]),
                        ["productrow"]),
                    "status": Field(Self.state(invoice.stage), ["status"]),
                ])
        }
    }

    /// A company, or else a contact, which stands for a person.
    private func buyer(_ company: Int64, _ contact: Int64) -> String {
        if company > 0 { return String(company) }
        return contact > 0 ? "contact-\(contact)" : ""
    }

    private func lines(of deal: Deal) -> [TrueLine] {
        deal.rows.map { place in
            let row = world.portal.dealRows[Int(place)]
            return TrueLine(
                product: row.productID > 0 ? String(row.productID) : nil, quantity: row.quantity,
                sum: row.sum, vat: row.vat)
        }
    }

    /// The state that a stage stands for, whatever its funnel.
    private static func state(_ stage: Funnel.Stage) -> String {
        switch stage.semantics {
        case "S": "WON"
        case "F": "LOSE"
        default: stage.code
        }
    }

    private static func state(_ stage: SmartInvoice.Stage) -> String {
        switch stage {
        case .new: "NEW"
        case .sent: "PREPARATION"
        case .paid: "PAID"
        case .declined: "LOSE"
        }
    }

    /// Payment documents; and invoices whose stage says that they are paid, where no document does.
    private var payments: [TrueRecord] {
        let paid = world.portal.payments.filter(\.isPaid)
        let byDocument = Set(paid.filter { $0.owner == .invoice }.map(\.ownerID))
        let settled = world.portal.smartInvoices.filter { $0.stage == .paid }
        let byStage = Set(settled.map(\.id))
        let documents = paid.map { payment in
            TrueRecord(
                String(payment.id),
                of: [
                    row("payment", payment.id), row(OrderEntityTable.name, payment.order.id),
                    row(payment.owner.table, payment.ownerID),
                ], ["amount": Field(payment.currency.text(payment.sum))],
                // Without its document such an invoice is a payment itself.
                substitute: payment.owner == .invoice && byStage.contains(payment.ownerID)
                    ? "invoice-\(payment.ownerID)" : nil)
        }
        let stages = settled.filter { !byDocument.contains($0.id) }
        return documents
            + stages.map {
                TrueRecord(
                    "invoice-\($0.id)", of: [row("invoice", $0.id)],
                    ["amount": Field($0.currency.text($0.opportunity))])
            }
    }

    private var users: [TrueRecord] {
        world.portal.employees.map { employee in
            TrueRecord(
                String(employee.id), of: [row("user", employee.id)],
                [
                    "email": Field(employee.email), "position": Field(employee.position),
                    "is_active": Field(employee.isActive ? "true" : "false"),
                ])
        }
    }
}
