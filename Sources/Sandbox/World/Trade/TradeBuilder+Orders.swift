extension TradeBuilder {
    /// How many orders there are: one for each counterparty, and some more with each night.
    var orderCount: Int { options.size + options.changes.count * nightlyOrderCount }
    /// How many orders a day brings.
    private var nightlyOrderCount: Int { options.size / 500 + 1 }

    /// Makes the orders with their lines, invoices and payments, and the deals, smart invoices and
    /// payments of the portal.
    mutating func makeOrders() {
        guard !customers.isEmpty, !infobase.products.isEmpty else { return }
        var books = Books(infobase)
        let offers = offersOfProducts()
        for index in 0..<orderCount {
            var random = KeySpace.order.random(index, seed: seed)
            let order = makeOrder(index, &books, random: &random)
            let deal = makeDeal(of: order, offers, random: &random)
            makeInvoice(of: order, deal, &books, random: &random)
            makePayments(of: order, deal, &books)
        }
    }

    /// What counts the documents.
    struct Books {
        var orders = NumberCounter()
        var invoices = NumberCounter()
        var bank = NumberCounter()
        var cash = NumberCounter()
        /// The place of each counterparty's first bank account.
        let accountOf: [Int32: Int32]

        init(_ infobase: InfobaseRecords) {
            var accounts: [Int32: Int32] = [:]
            for (place, account) in infobase.bankAccounts.enumerated().reversed() {
                accounts[account.counterparty] = Int32(place)
            }
            accountOf = accounts
        }
    }

    /// Places in the portal's catalogue of each product of 1C, where its offers follow; -1 for none.
    private func offersOfProducts() -> [Int32] {
        var places = [Int32](repeating: -1, count: infobase.products.count)
        for (place, record) in portal.products.enumerated().reversed()
        where record.kind != .offer && record.product < places.count {
            places[Int(record.product)] = Int32(place)
        }
        return places
    }

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

    private mutating func makeOrder(
        _ index: Int, _ books: inout Books, random: inout RandomSource
    ) -> CustomerOrder {
        let date = date(index, random: &random)
        // The product of two draws favours the first customers, who buy again and again.
        let customer = customers[
            random.below(customers.count) * random.below(customers.count) / customers.count]
        let counterparty = counterparties[Int(customer)]
        let firm = UInt8(random.below(100) < 70 ? 0 : random.within(1...2))
        let isWholesale = counterparty.kind == .company || random.chance(0.3)
        let state = Self.state(age: Self.lastDay - min(date, Self.lastDay), random: &random)
        var order = CustomerOrder(
            key: KeySpace.order.key(index, seed: seed), order: Int32(index),
            number: books.orders.next(firm: firm, at: date), date: date, counterparty: customer,
            counterpartyKey: counterparty.key, partner: Partner.key(of: counterparty),
            agreement: KeySpace.agreement.key(Int(customer), seed: seed), lines: 0..<0, total: 0,
            paid: 0, state: state,
            warehouse: random.pick([.main, .main, .shop, .online, .siberia]),
            priceIncludesVAT: random.chance(0.85), priceKind: isWholesale ? .wholesale : .retail,
            manager: UInt16(random.below(Self.managerCount)),
            shipmentDate: date + UInt32(random.within(1...20)) * 86_400,
            dealID: random.chance(0.4) ? dealID(index) : 0, isPosted: state != .draft)
        addLines(to: &order, random: &random)
        if state.isPaid { order.paid = order.total }
        infobase.orders.append(order)
        return order
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

    private mutating func addLines(to order: inout CustomerOrder, random: inout RandomSource) {
        let first = Int32(infobase.orderLines.count)
        let count = 1 + random.below(4) + (random.chance(0.1) ? random.below(8) : 0)
        for _ in 0..<count {
            let place = Int32(random.below(infobase.products.count))
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
            var price = price(place, characteristic, kind)
            if !order.priceIncludesVAT { price -= vat.included(in: price) }
            let discount = random.chance(0.2) ? UInt8(random.within(1...6) * 5) : 0
            let discounted = Arithmetic.share(price, percent: 100 - Int(discount))
            infobase.orderLines.append(
                OrderLine(
                    product: place, characteristic: characteristic, quantity: quantity,
                    price: price, discountPercent: discount, vat: vat,
                    unitPriceWithVAT: order.priceIncludesVAT
                        ? discounted : vat.onTop(of: discounted),
                    isCancelled: order.state == .cancelled))
        }
        order.lines = first..<Int32(infobase.orderLines.count)
        order.total = infobase.orderLines[Int(first)...].reduce(0) {
            $0 + ($1.isCancelled ? 0 : $1.sumWithVAT)
        }
    }

    func dealID(_ index: Int, copy: Int = 0) -> Int64 { Int64(2 * index + copy + 11) }

    // MARK: The deal

    private mutating func makeDeal(
        of order: CustomerOrder, _ offers: [Int32], random: inout RandomSource
    ) -> Deal {
        let first = Int32(portal.dealRows.count)
        for place in order.lines {
            let line = infobase.orderLines[Int(place)]
            portal.dealRows.append(
                dealRow(Int64(2 * place + 1), line, offers, order.priceIncludesVAT))
        }
        let rows = first..<Int32(portal.dealRows.count)
        let company = company(ofCustomer: order.counterparty)
        let created = order.date + UInt32(random.below(20_000))
        let funnel: Funnel =
            switch (order.priceKind, random.below(100)) {
            case (.wholesale, 0..<60): .wholesale
            case (.retail, 0..<60): .online
            default: .sales
            }
        var deal = Deal(
            id: dealID(Int(order.order)), order: order.order, titleKind: .orderAndDate,
            funnel: funnel, stage: order.state.stage,
            opportunity: portal.dealRows[Int(first)...].reduce(0) { $0 + $1.sum },
            taxValue: portal.dealRows[Int(first)...].reduce(0) { $0 + $1.vatSum },
            paid: order.paid, companyID: company,
            contactID: random.chance(0.7) ? contactOf[Int(order.counterparty)] : 0, rows: rows,
            beginDate: order.date, closeDate: order.shipmentDate, createdAt: created,
            modifiedAt: created + UInt32(random.below(3_000_000)),
            assignedBy: order.manager + 1, orderNumber: order.number,
            warehouse: order.warehouse, firm: order.number.firm,
            variation: UInt8(random.below(256)))
        switch random.below(100) {
        case 0..<50: deal.titleKind = .orderAndDate
        case 50..<80: deal.titleKind = .orderOnly
        default: deal.titleKind = .dealNumber
        }
        switch random.below(100) {
        case 0..<65: deal.origin = order.key
        case 65..<75: deal.userFieldOrigin = order.key
        default: break
        }
        if random.chance(0.2) { deal.showsOrderNumber = false }
        portal.deals.append(deal)
        return deal
    }

    private func dealRow(
        _ id: Int64, _ line: OrderLine, _ offers: [Int32], _ includesVAT: Bool
    ) -> DealRow {
        var place = offers[Int(line.product)]
        if place >= 0 && line.characteristic >= 0 {
            place +=
                1 + line.characteristic
                - infobase.products[Int(line.product)].characteristics.lowerBound
        }
        let before = includesVAT ? line.price : line.vat.onTop(of: line.price)
        return DealRow(
            id: id, productID: place < 0 ? 0 : portal.products[Int(place)].id, product: place,
            infobaseProduct: line.product, quantity: line.quantity, price: line.unitPriceWithVAT,
            priceBeforeDiscount: before, discountPercent: line.discountPercent, vat: line.vat,
            isVATIncluded: includesVAT, measure: infobase.products[Int(line.product)].measure)
    }
}
