extension World {
    /// The entities of which both sides keep records.
    public static let entities = [
        "counterparty", "contact", "product", "price", "stock", "order", "invoice", "payment",
        "user",
    ]

    /// Every pair of records of one entity that are the same thing, duplicates all to all.
    ///
    /// Records of 1C that are marked as deleted are paired too. Ids are those of
    /// ``PlantedError``.
    ///
    /// - Parameter entity: One of ``entities``.
    /// - Returns: The pairs, in the order of 1C's records; none for any other entity.
    public func truePairs(of entity: String) -> [TruePair] {
        switch entity {
        case "counterparty": truePairs
        case "contact":
            pairs(
                infobase.contacts.map { (Int($0.person), $0.key.text) },
                portal.contacts.map { (Int($0.person), String($0.id)) })
        case "product":
            pairs(
                infobase.products.map { (Int($0.product), $0.key.text) },
                portal.products.filter { $0.kind != .offer }
                    .map { (Int($0.product), String($0.id)) })
        case "price": pricePairs
        case "stock": stockPairs
        case "order":
            pairs(
                infobase.orders.map { (Int($0.order), $0.key.text) },
                portal.deals.map { (Int($0.order), String($0.id)) })
        case "invoice":
            pairs(
                infobase.invoices.map { (Int($0.invoice), $0.key.text) },
                portal.smartInvoices.map { (Int($0.invoice), String($0.id)) })
        case "payment":
            pairs(
                infobase.receipts.map { (Int($0.payment), $0.key.text) },
                portal.payments.map { (Int($0.payment), String($0.id)) })
        case "user":
            pairs(
                infobase.users.enumerated().filter { $0.element.serviceName.isEmpty }
                    .map { ($0.offset, $0.element.key.text) },
                portal.employees.map { (Int($0.person), String($0.id)) })
        default: []
        }
    }

    private var pricePairs: [TruePair] {
        pairs(
            infobase.prices.filter(\.isLast).map {
                (
                    slot($0.product, $0.characteristic, Int($0.kind.rawValue)),
                    infobase.registerID($0.product, $0.characteristic, $0.kind.key)
                )
            },
            portal.prices.map {
                (slot(ofCatalog: $0.product, Int($0.kind.rawValue)), String($0.id))
            })
    }

    private var stockPairs: [TruePair] {
        pairs(
            infobase.stock.map {
                (
                    slot($0.product, $0.characteristic, Int($0.warehouse.rawValue)),
                    infobase.registerID($0.product, $0.characteristic, $0.warehouse.key)
                )
            },
            portal.stock.map {
                (slot(ofCatalog: $0.product, Int($0.warehouse.rawValue)), String($0.id))
            })
    }

    /// One number for a product, its variant and a price kind or warehouse.
    private func slot(_ product: Int32, _ characteristic: Int32, _ last: Int) -> Int {
        let record = infobase.products[Int(product)]
        guard record.product >= 0 else { return -1 }
        let variant =
            characteristic < 0 ? 0 : characteristic - record.characteristics.lowerBound + 1
        return (Int(record.product) * 8 + Int(variant)) * 8 + last
    }

    private func slot(ofCatalog place: Int32, _ last: Int) -> Int {
        let record = portal.products[Int(place)]
        return (Int(record.product) * 8 + Int(record.variant) + 1) * 8 + last
    }

    private func pairs(
        _ left: [(thing: Int, id: String)], _ right: [(thing: Int, id: String)]
    ) -> [TruePair] {
        var rightOf: [Int: [String]] = [:]
        rightOf.reserveCapacity(right.count)
        for record in right where record.thing >= 0 {
            rightOf[record.thing, default: []].append(record.id)
        }
        var pairs: [TruePair] = []
        pairs.reserveCapacity(left.count)
        for record in left where record.thing >= 0 {
            for id in rightOf[record.thing] ?? [] {
                pairs.append(TruePair(leftID: record.id, rightID: id))
            }
        }
        return pairs
    }
}
