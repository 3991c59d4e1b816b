extension TradeBuilder {
    /// Makes the payments of an order on both sides.
    mutating func makePayments(
        _ draft: OrderDraft, _ order: Int, _ index: Int, _ fates: FateTable<PaymentFate>,
        _ hasSmartInvoice: Bool, random: inout RandomSource
    ) {
        let planned = fates.planned(index)
        let fate = planned == nil ? nil : fates.fate(index).fate
        let paid = draft.left.paid
        let isSplit = planned == nil && random.chance(0.15) && paid > 1000
        let half = paid / 200 * 100
        let amounts: [Kopecks] = isSplit ? [half, paid - half] : [paid]
        for (part, amount) in amounts.enumerated() {
            var left = receipt(draft.left, order, index, part, amount, planned, random: &random)
            var right = payment(
                of: left, draft.right, index, hasSmartInvoice, part, planned, random: &random)
            spoil(&left, &right, index, fate, fates)
            if fate != .missingLeft { infobase.receipts.append(left) }
            if fate == .duplicateLeft { infobase.receipts.append(secondReceipt(left, index)) }
            if planned == nil && random.chance(0.01) { addForgottenReceipt(left, index, part) }
            guard fate != .missingRight else { continue }
            portal.payments.append(right)
            if fate == .duplicateRight {
                right.id = paymentID(index, copy: 1)
                right.place += 1
                right.xmlID = nil
                portal.payments.append(right)
            }
        }
    }

    private func receiptKey(_ index: Int, part: Int = 0, copy: Int = 0) -> GUID {
        KeySpace.receipt.key(2 * index + part, copy: copy, seed: seed)
    }

    private func paymentID(_ index: Int, part: Int = 0, copy: Int = 0) -> Int64 {
        Int64(4 * index + 2 * part + copy + 3)
    }

    private func receipt(
        _ order: CustomerOrder, _ place: Int, _ index: Int, _ part: Int, _ amount: Kopecks,
        _ planned: PaymentFate?, random: inout RandomSource
    ) -> MoneyReceipt {
        let isCash = random.chance(0.1)
        let date = order.date + UInt32(random.within(1...9) + 10 * part) * 86_400
        let vat = infobase.orderLines[Int(infobase.orders[place].lines.lowerBound)].vat
        // Some pay a round sum; what is above the order is an advance.
        let rounded = (amount + 99_999) / 100_000 * 100_000
        let isRounded = part == 0 && planned == nil && random.chance(0.04)
        let advance = isRounded ? rounded - amount : 0
        return MoneyReceipt(
            key: receiptKey(index, part: part), payment: Int32(2 * index + part), isCash: isCash,
            // Numbers follow the order's, so that a later payment renumbers no other.
            number: DocumentNumber(
                firm: order.number.firm, sequence: 2 * order.number.sequence + UInt32(part)),
            date: date, incomingNumber: isCash ? 0 : UInt32(random.within(1...9999)),
            incomingDate: date - UInt32(random.below(2)) * 86_400,
            counterparty: order.counterparty, counterpartyKey: order.counterpartyKey,
            bankAccount: isCash ? -1 : accountOf[Int(order.counterparty)],
            currency: order.currency, amount: amount + advance,
            settlement: MoneyReceipt.Settlement(order: Int32(place), amount: amount, vat: vat),
            advance: advance > 0
                ? MoneyReceipt.Settlement(order: -1, amount: advance, vat: vat) : nil,
            purposeKind: UInt8(random.below(3)), orderNumber: order.number, orderDate: order.date)
    }

    private func payment(
        of left: MoneyReceipt, _ deal: Deal, _ index: Int, _ hasSmartInvoice: Bool, _ part: Int,
        _ planned: PaymentFate?, random: inout RandomSource
    ) -> PortalPayment {
        let hasVoucher = random.chance(0.85) || planned != nil
        // A payment of which something differs is still found by the link.
        let isLinked =
            random.chance(0.6) || planned?.canBeMended == true || planned == .partner
        return PortalPayment(
            id: paymentID(index, part: part), payment: left.payment,
            owner: hasSmartInvoice ? .invoice : .deal,
            ownerID: hasSmartInvoice ? smartInvoiceID(index) : deal.id, place: UInt8(part + 1),
            paidAt: left.date, voucherNumber: hasVoucher ? left.voucherNumber : "",
            voucherDate: left.incomingDate, isCash: left.isCash,
            currency: left.currency, sum: left.amount,
            companyID: deal.companyID, xmlID: isLinked ? left.key : nil, paidBy: deal.assignedBy)
    }

    private mutating func spoil(
        _ left: inout MoneyReceipt, _ right: inout PortalPayment, _ index: Int,
        _ fate: PaymentFate?, _ fates: FateTable<PaymentFate>
    ) {
        let pair = Concerned([left.key], [right.id])
        switch fate {
        case nil, .partner: break
        case .missingLeft:
            right.xmlID = nil
            note(.missing, "payment", nil, .left, Concerned([], [right.id]), "not_in_1c")
        case .missingRight:
            note(.missing, "payment", nil, .right, Concerned([left.key], []), "not_in_crm")
        case .duplicateLeft:
            note(
                .duplicate, "payment", nil, .left,
                Concerned([left.key, receiptKey(index, copy: 1)], [right.id]), "posted_twice")
        case .duplicateRight:
            note(
                .duplicate, "payment", nil, .right,
                Concerned([left.key], [right.id, paymentID(index, copy: 1)]), "kept_twice")
        case .amountDiffers:
            right.sum += Arithmetic.share(right.sum, percent: 5) + 100
            note(.mismatch, "payment", "amount", nil, pair, "differs")
        case .dateDiffers:
            right.paidAt += 4 * 86_400
            note(.mismatch, "payment", "date", nil, pair, "differs")
        case .linkToNowhere:
            right.xmlID = KeySpace.receipt.key(2 * index, seed: ~seed)
            noteBrokenLink("payment", to: nil, own: left.key, from: right.id)
        case .linkToDeleted:
            left.isDeleted = true
            left.isPosted = false
            right.xmlID = left.key
            noteBrokenLink("payment", to: left.key, own: left.key, from: right.id)
        case .linkClaimedTwice:
            guard let partner = fates.partners[index] else { return }
            right.xmlID = receiptKey(partner)
            noteClaimedTwice(
                "payment", claimed: receiptKey(partner), own: left.key, by: right.id,
                partner: paymentID(partner), fields: ["number", "amount", "date", "purpose"])
        case .invalidAmount:
            right.sum = 0
            note(.invalid, "payment", "amount", .right, pair, "not_above_zero")
            note(.mismatch, "payment", "amount", nil, pair, "consequence", isRequired: false)
        }
    }

    /// The same payment posted again, under another number.
    private func secondReceipt(_ left: MoneyReceipt, _ index: Int) -> MoneyReceipt {
        var copy = left
        copy.key = receiptKey(index, copy: 1)
        copy.number.sequence = 900_000 + UInt32(index) % 90_000
        return copy
    }

    /// A receipt that was marked as deleted in 1C and never was in the portal.
    private mutating func addForgottenReceipt(_ left: MoneyReceipt, _ index: Int, _ part: Int) {
        var copy = left
        copy.key = receiptKey(index, part: part, copy: 2)
        copy.number.sequence = 800_000 + UInt32(index) % 90_000
        copy.payment = -1
        copy.isPosted = false
        copy.isDeleted = true
        infobase.receipts.append(copy)
    }

    /// A payment that the portal waits for: not one that came.
    mutating func addExpectedPayment(_ draft: OrderDraft, _ index: Int) {
        let first = Int32(portal.payments.count)
        portal.payments.append(
            PortalPayment(
                id: paymentID(index), payment: -1, owner: .invoice,
                ownerID: smartInvoiceID(index), place: 1, isPaid: false, paidAt: 0,
                voucherNumber: "", voucherDate: 0, isCash: false,
                currency: draft.left.currency, sum: draft.left.total,
                companyID: draft.right.companyID, xmlID: nil, paidBy: 0))
        for place in portal.smartInvoices.indices.suffix(2)
        where portal.smartInvoices[place].id == smartInvoiceID(index) {
            portal.smartInvoices[place].payments = first..<first + 1
        }
    }
}
