extension TradeBuilder {
    /// A line that was cancelled in 1C and taken out of the deal: no error, for it does not count.
    mutating func cancelLastLine(_ draft: inout OrderDraft) {
        guard draft.left.state != .cancelled else { return }
        draft.lines[draft.lines.count - 1].isCancelled = true
        draft.left.total = draft.lines.reduce(0) { $0 + ($1.isCancelled ? 0 : $1.sumWithVAT) }
        if draft.left.paid > 0 {
            draft.left.paid = draft.left.total
            draft.right.paid = draft.left.total
        }
        draft.rows.removeLast()
        draft.sumRows()
        for field in ["line_count", "lines"] {
            note(
                .mismatch, "order", field, nil, draft.pair, "cancelled_line", isRequired: false)
        }
    }

    /// Spoils an order or its deal as its fate says.
    mutating func spoil(
        _ draft: inout OrderDraft, _ index: Int, _ fate: OrderFate?,
        _ fates: FateTable<OrderFate>, random: inout RandomSource
    ) {
        let (key, id) = (draft.left.key, draft.right.id)
        switch fate {
        case nil, .partner: break
        case .missingLeft:
            draft.unlink()
            draft.right.titleKind = .dealNumber
            draft.right.showsOrderNumber = false
            note(.missing, "order", nil, .left, Concerned([], [id]), "not_in_1c")
        case .missingRight:
            draft.unlink()
            note(.missing, "order", nil, .right, Concerned([key], []), "not_in_crm")
        case .duplicateLeft:
            note(
                .duplicate, "order", nil, .left,
                Concerned([key, orderKey(index, copy: 1)], [id]), "kept_twice")
        case .duplicateRight:
            note(
                .duplicate, "order", nil, .right,
                Concerned([key], [id, dealID(index, copy: 1)]), "kept_twice")
        case .linkToNowhere:
            draft.unlink()
            draft.right.showsOrderNumber = true
            draft.right.origin = KeySpace.order.key(index, seed: ~seed)
            noteBrokenLink("order", to: nil, own: key, from: id)
        case .linkToDeleted:
            draft.unlink()
            draft.left.isDeleted = true
            draft.left.isPosted = false
            draft.right.origin = key
            noteBrokenLink("order", to: key, own: key, from: id)
        case .linkClaimedTwice:
            guard let partner = fates.partners[index] else { return }
            draft.unlink()
            draft.right.origin = orderKey(partner)
            noteClaimedTwice(
                "order", claimed: orderKey(partner), own: key, by: id, partner: dealID(partner),
                fields: ["number", "total", "status", "paid", "date", "line_count", "lines"])
        default: spoilValues(&draft, fate, random: &random)
        }
    }

    private mutating func spoilValues(
        _ draft: inout OrderDraft, _ fate: OrderFate?, random: inout RandomSource
    ) {
        switch fate {
        case .totalDiffers:
            draft.right.isManualOpportunity = true
            draft.right.opportunity +=
                Arithmetic.share(draft.left.total, percent: random.within(2...20)) + 100
            note(.mismatch, "order", "total", nil, draft.pair, "differs")
        case .statusDiffers:
            draft.right.stage = draft.left.state.isPaid ? .prepaymentInvoice : .executing
            note(.mismatch, "order", "status", nil, draft.pair, "differs")
            if draft.right.origin == nil { draft.right.origin = draft.left.key }
        case .paidDiffers:
            draft.right.paid = random.chance(0.5) ? 0 : draft.left.paid / 200 * 100
            note(.mismatch, "order", "paid", nil, draft.pair, "differs")
        case .dateDiffers:
            draft.right.beginDate += UInt32(random.within(3...20)) * 86_400
            note(.mismatch, "order", "date", nil, draft.pair, "differs")
        case .lineMissing:
            draft.rows.removeLast()
            noteLines(&draft, "line_missing")
        case .quantityDiffers:
            draft.rows[0].quantity += Thousandths(random.within(1...5)) * 1000
            noteLines(&draft, "line_quantity")
        case .priceDiffers:
            draft.rows[0].price += Arithmetic.share(draft.rows[0].price, percent: 10) + 100
            draft.rows[0].priceBeforeDiscount += draft.rows[0].price / 10 + 100
            noteLines(&draft, "line_price")
        case .vatDiffers:
            // The total stays: the price includes the tax.
            draft.rows[0].vat = draft.rows[0].vat == .ten ? .twenty : .ten
            draft.sumRows()
            note(.mismatch, "order", "lines", nil, draft.pair, "line_vat")
        case .currencyDiffers:
            // The portal was left at the currency that it proposes, or somebody chose the wrong one.
            draft.right.currency = draft.left.currency == .rouble ? .dollar : .rouble
            note(.mismatch, "order", "total", nil, draft.pair, "currency")
        case .invalidTotal:
            draft.right.isManualOpportunity = true
            draft.right.opportunity = -draft.right.opportunity
            note(.invalid, "order", "total", .right, draft.pair, "below_zero")
            note(
                .mismatch, "order", "total", nil, draft.pair, "consequence", isRequired: false)
        default: break
        }
    }

    /// Writes down that a row of a deal differs, and its total in consequence.
    private mutating func noteLines(_ draft: inout OrderDraft, _ note: String) {
        draft.sumRows()
        self.note(.mismatch, "order", "lines", nil, draft.pair, note)
        for field in ["total", "line_count"] {
            self.note(
                .mismatch, "order", field, nil, draft.pair, "consequence", isRequired: false)
        }
    }

    // MARK: What one side has besides

    /// The same order entered in 1C again the same day.
    mutating func addSecondOrder(_ draft: OrderDraft) {
        var copy = draft.left
        copy.key = orderKey(Int(copy.order), copy: 1)
        // Of the range that is given out by hand.
        copy.number.sequence = 900_000 + UInt32(copy.order) % 90_000
        copy.dealID = 0
        append(copy, draft.lines)
    }

    /// The same deal made again, by hand.
    mutating func addSecondDeal(_ draft: OrderDraft, random: inout RandomSource) {
        var copy = draft.right
        copy.id = dealID(Int(copy.order), copy: 1)
        (copy.origin, copy.userFieldOrigin) = (nil, nil)
        copy.createdAt += 3600
        copy.modifiedAt += 3600
        copy.titleKind = random.chance(0.5) ? .orderOnly : .orderAndDate
        var rows = draft.rows
        for number in rows.indices { rows[number].id = rowID(Int(copy.order), number, copy: 1) }
        append(copy, rows)
    }

    /// An order that was marked as deleted in 1C and never was in the portal.
    mutating func addForgottenOrder(_ draft: OrderDraft) {
        var copy = draft.left
        copy.key = orderKey(Int(copy.order), copy: 2)
        copy.number.sequence = 800_000 + UInt32(copy.order) % 90_000
        copy.order = -1
        copy.dealID = 0
        copy.state = .draft
        copy.paid = 0
        copy.isPosted = false
        copy.isDeleted = true
        append(copy, draft.lines)
    }

    /// Requests that never became an order, and templates of repeated sales: no errors.
    mutating func addRequests() {
        for number in 0..<(options.size / 20) {
            var random = KeySpace.order.random(number, purpose: 2, seed: seed)
            let created =
                Self.firstDay + UInt32(random.below(Int(Self.lastDay - Self.firstDay)))
            let customer = random.pick(customers)
            let isTemplate = number % 10 == 9
            // Above every id of an order, however many nights there were.
            let id = Int64(10_000_001 + 2 * number)
            portal.deals.append(
                Deal(
                    id: id, order: -1, titleKind: isTemplate ? .dealNumber : .request,
                    funnel: isTemplate ? .sales : .requests,
                    stage: isTemplate ? .new : random.pick([.new, .preparation, .lose]),
                    opportunity: random.chance(0.5)
                        ? 0 : Kopecks(random.within(1_000_000...90_000_000)),
                    isManualOpportunity: true, taxValue: 0, paid: 0,
                    companyID: company(ofCustomer: customer),
                    contactID: contactOf[Int(customer)],
                    rows: Int32(portal.dealRows.count)..<Int32(portal.dealRows.count),
                    beginDate: created, closeDate: created + 7 * 86_400, createdAt: created,
                    modifiedAt: created + 100_000,
                    assignedBy: UInt16(random.within(1...Self.managerCount)),
                    orderNumber: nil, showsOrderNumber: false, isRecurring: isTemplate,
                    warehouse: .main, firm: 0, variation: UInt8(random.below(256))))
            note(
                .missing, "order", nil, .left, Concerned([], [id]),
                isTemplate ? "template" : "request", isRequired: false)
        }
    }
}
