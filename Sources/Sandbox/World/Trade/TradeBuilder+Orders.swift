extension TradeBuilder {
    /// How many orders there are: one for each counterparty, and some more with each night.
    var orderCount: Int { options.size + options.changes.count * nightlyOrderCount }
    /// How many orders a day brings.
    var nightlyOrderCount: Int { options.size / 500 + 1 }

    /// What goes wrong with orders, and with the invoices and payments of others.
    struct OrderFates {
        let orders: FateTable<OrderFate>
        let invoices: FateTable<InvoiceFate>
        let payments: FateTable<PaymentFate>

        init(_ options: WorldOptions) {
            let orders = FateTable<OrderFate>(count: options.size, space: .order, options: options)
            let invoices = FateTable<InvoiceFate>(
                count: options.size, space: .invoice, options: options,
                isTaken: { orders.planned($0) != nil })
            self.orders = orders
            self.invoices = invoices
            payments = FateTable<PaymentFate>(
                count: options.size, space: .receipt, options: options,
                isTaken: { orders.planned($0) != nil || invoices.planned($0) != nil })
        }

        /// The state that an order must be in for its fate to show; `nil` for any.
        func neededState(_ index: Int) -> OrderState? {
            if let fate = orders.planned(index) { return fate.neededState }
            if payments.planned(index) != nil { return .closed }
            return switch invoices.planned(index) {
            case nil: nil
            case .statusDiffers: .closed
            default: .agreed
            }
        }
    }

    /// Makes the orders with their lines, invoices and payments, and the deals, smart invoices and
    /// payments of the portal.
    mutating func makeOrders() {
        guard !customers.isEmpty else { return }
        let fates = OrderFates(options)
        findAccounts()
        var numbers = NumberCounter()
        infobase.orders.reserveCapacity(orderCount * 21 / 20)
        portal.deals.reserveCapacity(orderCount * 23 / 20)
        infobase.orderLines.reserveCapacity(orderCount * 3)
        portal.dealRows.reserveCapacity(orderCount * 3)
        for index in 0..<orderCount { makeOrder(index, fates, &numbers) }
        addRequests()
    }

    private mutating func findAccounts() {
        accountOf = [Int32](repeating: -1, count: counterparties.count)
        for (place, account) in infobase.bankAccounts.enumerated().reversed() {
            accountOf[Int(account.counterparty)] = Int32(place)
        }
    }

    func orderKey(_ index: Int, copy: Int = 0) -> GUID {
        KeySpace.order.key(index, copy: copy, seed: seed)
    }

    func dealID(_ index: Int, copy: Int = 0) -> Int64 { Int64(2 * index + copy + 11) }

    private mutating func makeOrder(
        _ index: Int, _ fates: OrderFates, _ numbers: inout NumberCounter
    ) {
        let planned = fates.orders.planned(index)
        // Orders of which an invoice or a payment is spoilt stay as they are.
        let isSettled = fates.invoices.planned(index) != nil || fates.payments.planned(index) != nil
        let (fate, revisions) =
            index < options.size && !isSettled ? fates.orders.fate(index) : (nil, 0)
        var random = KeySpace.order.random(index, seed: seed)
        var (order, lines) = self.order(
            index, needed: fates.neededState(index), planned, random: &random)
        for _ in 0..<revisions { order.state = order.state.next }
        order.version += UInt32(revisions)
        order.paid = order.state.isPaid ? order.total : 0
        order.isPosted = order.state != .draft
        if planned != .missingLeft {
            order.number = numbers.next(firm: order.number.firm, at: order.date)
        }
        var draft = deal(of: order, lines, index, planned, random: &random)
        draft.right.modifiedAt += UInt32(revisions) * 86_400
        if planned == nil && lines.count > 1 && random.chance(0.03) { cancelLastLine(&draft) }
        spoil(&draft, index, fate, fates.orders, random: &random)
        keep(draft, fate, random: &random)
        guard fate != .missingLeft && fate != .missingRight else { return }
        settle(draft, index, fates, hasOwnFate: planned != nil)
    }

    private mutating func keep(
        _ draft: OrderDraft, _ fate: OrderFate?, random: inout RandomSource
    ) {
        if fate != .missingLeft {
            append(draft.left, draft.lines)
            if fate == .duplicateLeft { addSecondOrder(draft) }
            var forgotten = KeySpace.order.random(Int(draft.left.order), purpose: 3, seed: seed)
            if forgotten.chance(0.02) { addForgottenOrder(draft) }
        }
        if fate != .missingRight {
            append(draft.right, draft.rows)
            if fate == .duplicateRight { addSecondDeal(draft, random: &random) }
        }
    }

    mutating func append(_ order: CustomerOrder, _ lines: [OrderLine]) {
        var order = order
        let first = Int32(infobase.orderLines.count)
        infobase.orderLines.append(contentsOf: lines)
        order.lines = first..<Int32(infobase.orderLines.count)
        infobase.orders.append(order)
    }

    mutating func append(_ deal: Deal, _ rows: [DealRow]) {
        var deal = deal
        let first = Int32(portal.dealRows.count)
        portal.dealRows.append(contentsOf: rows)
        deal.rows = first..<Int32(portal.dealRows.count)
        portal.deals.append(deal)
    }

    // MARK: The order

    private func date(_ index: Int, random: inout RandomSource) -> UInt32 {
        let span = Int(Self.lastDay - Self.firstDay)
        guard index < options.size else {
            let night = (index - options.size) / nightlyOrderCount
            let step = 40_000 / nightlyOrderCount
            let place = (index - options.size) % nightlyOrderCount
            return Self.lastDay + UInt32(night * 86_400 + 20_000 + place * step)
        }
        return Self.firstDay + UInt32(span * index / options.size)
            + UInt32(random.below(max(1, span / options.size)))
    }

    private func order(
        _ index: Int, needed: OrderState?, _ planned: OrderFate?, random: inout RandomSource
    ) -> (CustomerOrder, [OrderLine]) {
        let date = date(index, random: &random)
        // The product of two draws favours the first customers, who buy again and again.
        let customer = customers[
            random.below(customers.count) * random.below(customers.count) / customers.count]
        let counterparty = counterparties[Int(customer)]
        let firm = UInt8(random.below(100) < 70 ? 0 : random.within(1...2))
        let isWholesale = counterparty.kind == .company || random.chance(0.3)
        let drawn = Self.state(age: Self.lastDay - min(date, Self.lastDay), random: &random)
        var order = CustomerOrder(
            key: orderKey(index), order: Int32(index),
            number: DocumentNumber(firm: firm, sequence: 0), date: date, counterparty: customer,
            counterpartyKey: counterparty.key, partner: Partner.key(of: counterparty),
            agreement: KeySpace.agreement.key(Int(customer), seed: seed), lines: 0..<0, total: 0,
            paid: 0, state: needed ?? drawn,
            warehouse: random.pick([.main, .main, .shop, .online, .siberia]),
            priceIncludesVAT: random.chance(0.85), priceKind: isWholesale ? .wholesale : .retail,
            manager: UInt16(random.below(Self.managerCount)),
            shipmentDate: date + UInt32(random.within(1...20)) * 86_400,
            dealID: random.chance(0.4) ? dealID(index) : 0, isPosted: true)
        order.currency = currency(index)
        let lines = lines(of: order, atLeast: planned == .lineMissing ? 2 : 1, random: &random)
        order.total = lines.reduce(0) { $0 + $1.sumWithVAT }
        return (order, lines)
    }

    /// A few orders are of another currency.
    ///
    /// Drawn apart, so that the rest of an order does not depend on it.
    private func currency(_ index: Int) -> Currency {
        var random = KeySpace.order.random(index, purpose: 4, seed: seed)
        return random.chance(0.04) ? random.pick([.dollar, .euro, .yuan, .yuan]) : .rouble
    }

    /// Old orders are mostly closed, new ones on their way.
    private static func state(age: UInt32, random: inout RandomSource) -> OrderState {
        let draw = random.below(100)
        if age > 60 * 86_400 {
            switch draw {
            case 0..<8: return .cancelled
            case 8..<12: return .draft
            case 12..<18: return .agreed
            case 18..<25: return .shipped
            default: return .closed
            }
        }
        switch draw {
        case 0..<15: return .draft
        case 15..<45: return .agreed
        case 45..<65: return .paid
        case 65..<85: return .shipped
        case 85..<95: return .closed
        default: return .cancelled
        }
    }

    private func lines(
        of order: CustomerOrder, atLeast least: Int, random: inout RandomSource
    ) -> [OrderLine] {
        let count = least + random.below(4) + (random.chance(0.1) ? random.below(8) : 0)
        return (0..<count).map { _ in
            let place = Int32(random.below(productCount))
            let product = infobase.products[Int(place)]
            let characteristic: Int32 =
                product.characteristics.isEmpty
                ? -1
                : product.characteristics.lowerBound
                    + Int32(random.below(product.characteristics.count))
            let vat = product.vat.at(order.date)
            let quantity: Thousandths =
                product.measure.isDivisible
                ? Thousandths(random.within(100...30_000))
                : Thousandths(random.within(1...40)) * 1000
            let kind: PriceKind = product.kind == .goods ? order.priceKind : .retail
            var price = order.currency.price(roubles: price(place, characteristic, kind))
            if !order.priceIncludesVAT { price -= vat.included(in: price) }
            let discount = random.chance(0.2) ? UInt8(random.within(1...6) * 5) : 0
            let discounted = Arithmetic.share(price, percent: 100 - Int(discount))
            return OrderLine(
                product: place, characteristic: characteristic, quantity: quantity,
                price: price, discountPercent: discount, vat: vat,
                unitPriceWithVAT: order.priceIncludesVAT
                    ? discounted : vat.onTop(of: discounted))
        }
    }
}
