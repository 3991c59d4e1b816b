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
                    "owner": Field(String(company.assignedBy)),
                ])
        }
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
                "title": Field(deal.title), "total": Field(Arithmetic.text(deal.opportunity)),
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
                    "total": Field(Arithmetic.text(invoice.opportunity)),
                ])
        }
    }

    /// Payment documents; and invoices whose stage says that they are paid, where no document does.
    private var payments: [TrueRecord] {
        let paid = world.portal.payments.filter(\.isPaid)
        let byDocument = Set(paid.filter { $0.owner == .invoice }.map(\.ownerID))
        let documents = paid.map { payment in
            TrueRecord(
                String(payment.id),
                of: [
                    row("payment", payment.id),
                    row(payment.owner == .deal ? "deal" : "invoice", payment.ownerID),
                ], ["amount": Field(Arithmetic.text(payment.sum))])
        }
        let stages = world.portal.smartInvoices
            .filter { $0.stage == .paid && !byDocument.contains($0.id) }
        return documents
            + stages.map {
                TrueRecord(
                    "invoice-\($0.id)", of: [row("invoice", $0.id)],
                    ["amount": Field(Arithmetic.text($0.opportunity))])
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
