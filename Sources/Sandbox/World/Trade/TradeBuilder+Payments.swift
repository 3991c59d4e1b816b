extension TradeBuilder {
    /// Makes the invoice of an order, when it has one, on both sides.
    mutating func makeInvoice(
        of order: CustomerOrder, _ deal: Deal, _ books: inout Books, random: inout RandomSource
    ) {
        guard order.state != .draft, random.chance(0.6) else { return }
        let date = order.date + UInt32(random.below(86_400))
        let left = CustomerInvoice(
            key: KeySpace.invoice.key(Int(order.order), seed: seed), invoice: order.order,
            number: books.invoices.next(firm: order.number.firm, at: date), date: date,
            payBefore: date + 5 * 86_400, order: order.order, total: order.total,
            state: order.state == .cancelled ? .cancelled : order.state.isPaid ? .paid : .unpaid)
        infobase.invoices.append(left)
        let isLinked = random.chance(0.7)
        portal.smartInvoices.append(
            SmartInvoice(
                id: Int64(2 * order.order + 7), invoice: order.order,
                accountNumber: random.chance(0.85) ? left.number : nil,
                deal: Int32(portal.deals.count - 1), dealID: deal.id, companyID: deal.companyID,
                contactID: deal.contactID, myCompanyID: infobase.firms[order.firm].companyID,
                stage: left.state == .paid ? .paid : left.state == .cancelled ? .declined : .sent,
                opportunity: left.total, taxValue: deal.taxValue, beginDate: date,
                closeDate: left.payBefore, createdAt: date + 600, modifiedAt: deal.modifiedAt,
                assignedBy: deal.assignedBy, xmlID: isLinked ? left.key : nil,
                variation: UInt8(random.below(256))))
    }

    /// Makes the payments of an order, when it was paid, on both sides.
    mutating func makePayments(of order: CustomerOrder, _ deal: Deal, _ books: inout Books) {
        guard order.paid > 0 else { return }
        var random = KeySpace.receipt.random(Int(order.order), seed: seed)
        let hasInvoice = infobase.invoices.last?.order == order.order
        let first = Int32(portal.payments.count)
        let isSplit = random.chance(0.15) && order.paid > 1000
        let half = order.paid / 200 * 100
        let amounts: [Kopecks] = isSplit ? [half, order.paid - half] : [order.paid]
        for (part, amount) in amounts.enumerated() {
            let left = receipt(of: order, part, amount, &books, random: &random)
            infobase.receipts.append(left)
            portal.payments.append(
                payment(of: left, deal, hasInvoice: hasInvoice, part, random: &random))
        }
        let places = first..<Int32(portal.payments.count)
        if hasInvoice {
            portal.smartInvoices[portal.smartInvoices.count - 1].payments = places
        } else {
            portal.deals[portal.deals.count - 1].payments = places
        }
    }

    private func receipt(
        of order: CustomerOrder, _ part: Int, _ amount: Kopecks, _ books: inout Books,
        random: inout RandomSource
    ) -> MoneyReceipt {
        let index = 2 * Int(order.order) + part
        let isCash = random.chance(0.1)
        let date = order.date + UInt32(random.within(1...9) + 10 * part) * 86_400
        let number =
            isCash
            ? books.cash.next(firm: order.number.firm, at: date)
            : books.bank.next(firm: order.number.firm, at: date)
        let vat: VATRate = infobase.orderLines[Int(order.lines.lowerBound)].vat
        // Some pay a round sum; what is above the order is an advance.
        let rounded = (amount + 99_999) / 100_000 * 100_000
        let advance = part == 0 && rounded > amount && random.chance(0.04) ? rounded - amount : 0
        return MoneyReceipt(
            key: KeySpace.receipt.key(index, seed: seed), payment: Int32(index), isCash: isCash,
            number: number, date: date,
            incomingNumber: isCash ? 0 : UInt32(random.within(1...9999)),
            incomingDate: date - UInt32(random.below(2)) * 86_400,
            counterparty: order.counterparty, counterpartyKey: order.counterpartyKey,
            bankAccount: isCash ? -1 : books.accountOf[order.counterparty] ?? -1,
            amount: amount + advance,
            settlement: MoneyReceipt.Settlement(order: order.order, amount: amount, vat: vat),
            advance: advance > 0
                ? MoneyReceipt.Settlement(order: -1, amount: advance, vat: vat) : nil,
            purposeKind: UInt8(random.below(3)), orderNumber: order.number, orderDate: order.date)
    }

    private func payment(
        of left: MoneyReceipt, _ deal: Deal, hasInvoice: Bool, _ part: Int,
        random: inout RandomSource
    ) -> PortalPayment {
        let order = Int64(left.settlement.order)
        let hasVoucher = random.chance(0.85)
        return PortalPayment(
            id: 4 * order + 2 * Int64(part) + 3, payment: left.payment,
            owner: hasInvoice ? .invoice : .deal,
            ownerID: hasInvoice ? 2 * order + 7 : deal.id, place: UInt8(part + 1),
            paidAt: left.date, voucherNumber: hasVoucher ? left.voucherNumber : "",
            voucherDate: left.incomingDate, isCash: left.isCash, sum: left.amount,
            companyID: deal.companyID, xmlID: random.chance(0.6) ? left.key : nil,
            paidBy: deal.assignedBy)
    }
}
