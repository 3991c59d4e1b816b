extension TradeBuilder {
    /// Makes the invoice and the payments of the order that was kept last, on both sides.
    ///
    /// - Parameters:
    ///   - draft: The order and its deal.
    ///   - index: The order's number.
    ///   - fates: What goes wrong.
    ///   - hasOwnFate: Whether the order itself is spoilt; it has no invoice then.
    mutating func settle(
        _ draft: OrderDraft, _ index: Int, _ fates: OrderFates, hasOwnFate: Bool
    ) {
        var random = KeySpace.receipt.random(index, seed: seed)
        let place = infobase.orders.lastIndex { $0.key == draft.left.key } ?? 0
        let plannedInvoice = fates.invoices.planned(index)
        let isInvoiced =
            plannedInvoice != nil
            || random.chance(0.6) && draft.left.state != .draft && !hasOwnFate
        var hasSmartInvoice = false
        if isInvoiced {
            hasSmartInvoice = makeInvoice(draft, place, index, fates.invoices, random: &random)
        }
        guard draft.left.paid > 0 else {
            if hasSmartInvoice && random.chance(0.1) { addExpectedPayment(draft, index) }
            return
        }
        let first = Int32(portal.payments.count)
        makePayments(draft, place, index, fates.payments, hasSmartInvoice, random: &random)
        let places = first..<Int32(portal.payments.count)
        if hasSmartInvoice {
            let last = portal.smartInvoices.count - 1
            for invoice in max(0, last - 1)...last
            where portal.smartInvoices[invoice].id == smartInvoiceID(index) {
                portal.smartInvoices[invoice].payments = places
            }
        } else if let deal = portal.deals.lastIndex(where: { $0.id == draft.right.id }) {
            portal.deals[deal].payments = places
        }
    }

    func smartInvoiceID(_ index: Int, copy: Int = 0) -> Int64 {
        Int64(2 * index + copy + 7)
    }

    // MARK: Invoices

    /// Makes an invoice on both sides; gives whether the portal has it.
    private mutating func makeInvoice(
        _ draft: OrderDraft, _ order: Int, _ index: Int, _ fates: FateTable<InvoiceFate>,
        random: inout RandomSource
    ) -> Bool {
        let planned = fates.planned(index)
        let fate = planned == nil ? nil : fates.fate(index).fate
        let state = draft.left.state
        let date = draft.left.date + UInt32(random.below(20_000))
        let left = CustomerInvoice(
            key: KeySpace.invoice.key(index, seed: seed), invoice: Int32(index),
            number: draft.left.number, date: date, payBefore: date + 5 * 86_400,
            order: Int32(order), currency: draft.left.currency, total: draft.left.total,
            state: state == .cancelled ? .cancelled : state.isPaid ? .paid : .unpaid)
        let isLinked = random.chance(0.7) || planned != nil
        let deal = portal.deals.lastIndex { $0.id == draft.right.id } ?? -1
        var right = SmartInvoice(
            id: smartInvoiceID(index), invoice: left.invoice,
            accountNumber: random.chance(0.85) ? left.number : nil, deal: Int32(deal),
            dealID: draft.right.id, companyID: draft.right.companyID,
            contactID: draft.right.contactID,
            myCompanyID: infobase.firms[draft.left.firm].companyID,
            stage: left.state == .paid ? .paid : left.state == .cancelled ? .declined : .sent,
            currency: left.currency, opportunity: left.total, taxValue: draft.right.taxValue,
            beginDate: date,
            closeDate: left.payBefore, createdAt: date + 600,
            modifiedAt: draft.right.modifiedAt, assignedBy: draft.right.assignedBy,
            xmlID: isLinked ? left.key : nil, variation: UInt8(random.below(256)))
        spoil(left, &right, fate, random: &random)
        if fate != .missingLeft { infobase.invoices.append(left) }
        guard fate != .missingRight else { return false }
        portal.smartInvoices.append(right)
        if fate == .duplicateRight {
            right.id = smartInvoiceID(index, copy: 1)
            right.xmlID = nil
            right.createdAt += 3600
            portal.smartInvoices.append(right)
        }
        return true
    }

    private mutating func spoil(
        _ left: CustomerInvoice, _ right: inout SmartInvoice, _ fate: InvoiceFate?,
        random: inout RandomSource
    ) {
        let pair = Concerned([left.key], [right.id])
        switch fate {
        case nil, .partner: break
        case .missingLeft:
            right.xmlID = nil
            note(.missing, "invoice", nil, .left, Concerned([], [right.id]), "not_in_1c")
        case .missingRight:
            note(.missing, "invoice", nil, .right, Concerned([left.key], []), "not_in_crm")
        case .duplicateRight:
            note(
                .duplicate, "invoice", nil, .right,
                Concerned([left.key], [right.id, right.id + 1]), "kept_twice")
        case .totalDiffers:
            right.opportunity += Kopecks(random.within(1...50)) * 10_000
            note(.mismatch, "invoice", "total", nil, pair, "differs")
        case .statusDiffers:
            right.stage = left.state == .paid ? .sent : .paid
            note(.mismatch, "invoice", "status", nil, pair, "differs")
        }
    }
}
