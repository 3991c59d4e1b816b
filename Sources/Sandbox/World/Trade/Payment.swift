/// Money that came: `Document_ПоступлениеБезналичныхДенежныхСредств` or
/// `Document_ПриходныйКассовыйОрдер`.
struct MoneyReceipt: Sendable {
    /// A line of `РасшифровкаПлатежа`.
    struct Settlement: Sendable {
        /// The place of the order in ``InfobaseRecords/orders``; -1 for an advance.
        var order: Int32
        var amount: Kopecks
        var vat: VATRate
    }

    var key: GUID
    /// Which payment it is: equal to ``PortalPayment/payment`` of the same one on the other side.
    var payment: Int32
    /// Cash, not bank.
    var isCash: Bool
    var number: DocumentNumber
    /// Seconds since 1970.
    var date: UInt32
    /// `НомерВходящегоДокумента`: the number of the customer's payment order; zero for cash.
    var incomingNumber: UInt32
    /// `ДатаВходящегоДокумента`.
    var incomingDate: UInt32
    /// The place of the counterparty in ``World/counterparties``.
    var counterparty: Int32
    var counterpartyKey: GUID
    /// The counterparty's account, a place in ``InfobaseRecords/bankAccounts``; -1 for cash.
    var bankAccount: Int32
    var currency = Currency.rouble
    /// `СуммаДокумента`, in hundredths of its currency.
    var amount: Kopecks
    /// The first line of the settlement.
    var settlement: Settlement
    /// A second one, an advance, of some.
    var advance: Settlement?
    /// How the purpose is written.
    var purposeKind: UInt8
    /// The number of the order that the purpose names.
    var orderNumber: DocumentNumber
    var orderDate: UInt32
    var isPosted = true
    var isDeleted = false
    var version: UInt32 = 1

    /// The lines of `РасшифровкаПлатежа`.
    var settlements: [Settlement] { [settlement] + (advance.map { [$0] } ?? []) }

    /// The number that both sides know: the customer's payment order, the own number for cash.
    var voucherNumber: String { isCash ? number.text : String(incomingNumber) }

    /// `НазначениеПлатежа`.
    var purpose: String {
        let order = "\(orderNumber.text) от \(Moment.russianDate(orderDate))"
        let vat = settlement.vat.included(in: amount)
        let tax = vat == 0 ? "Без НДС" : "В т.ч. НДС \(Arithmetic.text(vat))"
        return switch purposeKind % 3 {
        case 0: "Оплата по счету № \(order). \(tax)"
        case 1: "Оплата за товар по заказу \(order) г. \(tax) руб."
        default: "Опл. по сч. \(orderNumber.text)"
        }
    }
}

/// A payment of the portal, of a deal or of a smart invoice.
struct PortalPayment: Sendable {
    /// What is paid: the portal's entity types.
    enum Owner: Int64, Sendable {
        case deal = 2
        case invoice = 31

        /// The name of the owners' table.
        var table: String { self == .deal ? "deal" : "invoice" }
    }

    var id: Int64
    /// Which payment it is: equal to ``MoneyReceipt/payment`` of the same one on the other side.
    var payment: Int32
    var owner: Owner
    var ownerID: Int64
    /// Which of its owner's payments it is, from 1: `accountNumber` is `<order>/<n>`.
    var place: UInt8
    var isPaid = true
    /// `datePaid`.
    var paidAt: UInt32
    /// `payVoucherNum`: empty where nobody filled it in.
    var voucherNumber: String
    /// `payVoucherDate`.
    var voucherDate: UInt32
    var isCash: Bool
    var currency: Currency
    var sum: Kopecks
    /// The company that paid; zero for none.
    var companyID: Int64
    /// The 1C reference.
    var xmlID: GUID?
    var paidBy: UInt16

    /// `accountNumber`.
    var accountNumber: String { "\(ownerID)/\(place)" }
    /// The order of the online shop that the portal made for its owner.
    var order: PortalOrder { PortalOrder(owner: owner, ownerID: ownerID) }
    /// `paySystemId`.
    var paySystemID: Int64 { isCash ? 6 : 2 }
    /// `paySystemName`.
    var paySystemName: String { isCash ? "Наличные" : "Счёт для юрлиц" }
}

/// An order of the online shop, which the portal makes by itself for a deal or an invoice that is paid.
struct PortalOrder: Hashable, Sendable {
    var owner: PortalPayment.Owner
    var ownerID: Int64

    /// `orderId`: even for deals, odd for invoices.
    var id: Int64 { 2 * ownerID + (owner == .deal ? 0 : 1) }
}
