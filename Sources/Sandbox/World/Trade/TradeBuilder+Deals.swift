extension TradeBuilder {
    /// What the portal says of an order, before anything is spoilt.
    func deal(
        of order: CustomerOrder, _ lines: [OrderLine], _ index: Int, _ planned: OrderFate?,
        random: inout RandomSource
    ) -> OrderDraft {
        let rows = lines.enumerated().map { number, line in
            dealRow(rowID(index, number), line, order.priceIncludesVAT)
        }
        let created = order.date + UInt32(random.below(20_000))
        let funnel: Funnel =
            switch (order.priceKind, random.below(100)) {
            case (.wholesale, 0..<60): .wholesale
            case (.retail, 0..<60): .online
            default: .sales
            }
        var deal = Deal(
            id: dealID(index), order: order.order, titleKind: .orderAndDate, funnel: funnel,
            stage: order.state.stage, currency: order.currency, opportunity: 0, taxValue: 0,
            paid: order.paid,
            companyID: company(ofCustomer: order.counterparty),
            contactID: random.chance(0.7) ? contactOf[Int(order.counterparty)] : 0, rows: 0..<0,
            beginDate: order.date, closeDate: order.shipmentDate, createdAt: created,
            modifiedAt: created + UInt32(random.below(3_000_000)),
            assignedBy: order.manager + 1,
            orderNumber: planned == .missingLeft ? nil : order.number,
            warehouse: order.warehouse, firm: order.number.firm,
            variation: UInt8(random.below(256)))
        switch random.below(100) {
        case 0..<50: break
        case 50..<80: deal.titleKind = .orderOnly
        default: deal.titleKind = .dealNumber
        }
        switch random.below(100) {
        case 0..<65: deal.origin = order.key
        case 65..<75: deal.userFieldOrigin = order.key
        default: break
        }
        deal.showsOrderNumber = random.chance(0.8)
        // An order of which something differs is still found by the link.
        if let planned, planned.canBeMended || planned == .partner || planned == .lineMissing {
            deal.origin = order.key
            deal.userFieldOrigin = nil
        }
        var draft = OrderDraft(left: order, lines: lines, right: deal, rows: rows)
        draft.sumRows()
        return draft
    }

    /// The id of a row, which stays the same whatever happens to others: orders have at most 14.
    func rowID(_ index: Int, _ number: Int, copy: Int = 0) -> Int64 {
        Int64(32 * index + 2 * number + copy + 1)
    }

    private func dealRow(_ id: Int64, _ line: OrderLine, _ includesVAT: Bool) -> DealRow {
        let place = catalogPlace(line.product, line.characteristic)
        let before = includesVAT ? line.price : line.vat.onTop(of: line.price)
        return DealRow(
            id: id, productID: place < 0 ? 0 : portal.products[Int(place)].id, product: place,
            infobaseProduct: line.product, quantity: line.quantity, price: line.unitPriceWithVAT,
            priceBeforeDiscount: before, discountPercent: line.discountPercent, vat: line.vat,
            isVATIncluded: includesVAT, measure: infobase.products[Int(line.product)].measure)
    }
}
