/// How far an order has come.
enum OrderState: UInt8, CaseIterable, Sendable {
    case draft, agreed, paid, shipped, closed, cancelled

    /// `Статус` of `Document_ЗаказКлиента`.
    var statusName: String {
        switch self {
        case .draft: "НеСогласован"
        case .agreed, .paid: "КОбеспечению"
        case .shipped: "КОтгрузке"
        case .closed, .cancelled: "Закрыт"
        }
    }

    /// The computed state, of `InformationRegister_СостоянияЗаказовКлиентов`.
    var stateName: String {
        switch self {
        case .draft: "Ожидается согласование"
        case .agreed: "КОбеспечению"
        case .paid: "Готов к отгрузке"
        case .shipped: "В процессе отгрузки"
        case .closed: "Закрыт"
        case .cancelled: "Отменен"
        }
    }

    /// The state after this one; the last ones stay.
    var next: OrderState {
        switch self {
        case .draft: .agreed
        case .agreed: .paid
        case .paid: .shipped
        case .shipped, .closed: .closed
        case .cancelled: .cancelled
        }
    }

    /// Whether the money has come.
    var isPaid: Bool { self == .paid || self == .shipped || self == .closed }
}

/// A line of an order, `Document_ЗаказКлиента.Товары`.
struct OrderLine: Sendable {
    /// The place of the product in ``InfobaseRecords/products``.
    var product: Int32
    /// The place in ``InfobaseRecords/characteristics``; -1 for none.
    var characteristic: Int32
    var quantity: Thousandths
    /// Before the discount; with or without VAT as the order says.
    var price: Kopecks
    /// `ПроцентРучнойСкидки`.
    var discountPercent: UInt8
    var vat: VATRate
    /// After the discount, with VAT, of one unit.
    var unitPriceWithVAT: Kopecks
    /// `Отменено`: does not count in the total.
    var isCancelled = false

    /// `СуммаСНДС`.
    var sumWithVAT: Kopecks { Arithmetic.sum(unitPriceWithVAT, quantity) }
    /// `СуммаНДС`.
    var vatSum: Kopecks { vat.included(in: sumWithVAT) }
    /// `Сумма`, as the order's prices are.
    func sum(priceIncludesVAT: Bool) -> Kopecks {
        priceIncludesVAT ? sumWithVAT : sumWithVAT - vatSum
    }
    /// `СуммаРучнойСкидки`.
    var discountSum: Kopecks {
        Arithmetic.share(Arithmetic.sum(price, quantity), percent: Int(discountPercent))
    }
}

/// A `Document_ЗаказКлиента` (`Document_ЗаказПокупателя` in УНФ).
struct CustomerOrder: Sendable {
    var key: GUID
    /// Which order it is: equal to ``Deal/order`` of the same one on the other side.
    var order: Int32
    var number: DocumentNumber
    /// Seconds since 1970.
    var date: UInt32
    /// The place of the counterparty in ``World/counterparties``.
    var counterparty: Int32
    /// `Контрагент_Key`.
    var counterpartyKey: GUID
    /// `Партнер_Key`.
    var partner: GUID
    /// `Соглашение_Key` and `Договор_Key`.
    var agreement: GUID
    /// Places of its lines in ``InfobaseRecords/orderLines``.
    var lines: Range<Int32>
    /// Of all its amounts.
    var currency = Currency.rouble
    /// `СуммаДокумента`, in hundredths of its currency, with VAT; cancelled lines left out.
    var total: Kopecks
    /// What was paid of it.
    var paid: Kopecks
    var state: OrderState
    var warehouse: Warehouse
    /// `ЦенаВключаетНДС`.
    var priceIncludesVAT: Bool
    var priceKind: PriceKind
    /// The place of the manager in ``InfobaseRecords/users``.
    var manager: UInt16
    /// When it is to be shipped and paid.
    var shipmentDate: UInt32
    /// `НомерПоДаннымКлиента`: the deal's id, left by an exchange; zero for none.
    var dealID: Int64
    var isPosted: Bool
    var isDeleted = false
    var version: UInt32 = 1

    /// The own firm, a place in ``InfobaseRecords/firms``.
    var firm: Int { Int(number.firm) }
}

/// A `Document_СчетНаОплатуПокупателю`, on the ground of an order, with its lines.
struct CustomerInvoice: Sendable {
    /// What 1C's register says of the payment.
    enum State: UInt8, Sendable {
        case unpaid, partlyPaid, paid, cancelled

        /// The value in `InformationRegister_СтатусыДокументов`.
        var name: String {
            switch self {
            case .unpaid: "НеОплачен"
            case .partlyPaid: "ОплаченЧастично"
            case .paid: "Оплачен"
            case .cancelled: "Отменен"
            }
        }
    }

    var key: GUID
    /// Which invoice it is: equal to ``SmartInvoice/invoice`` of the same one on the other side.
    var invoice: Int32
    var number: DocumentNumber
    var date: UInt32
    var payBefore: UInt32
    /// The place of its order in ``InfobaseRecords/orders``.
    var order: Int32
    /// That of its order.
    var currency: Currency
    var total: Kopecks
    var state: State
    var isPosted = true
    var isDeleted = false
    var version: UInt32 = 1
}
