/// A funnel of deals.
enum Funnel: UInt8, CaseIterable, Sendable {
    case sales, wholesale, online, requests

    /// `CATEGORY_ID`.
    var id: Int64 {
        switch self {
        case .sales: 0
        case .wholesale: 1
        case .online: 3
        case .requests: 7
        }
    }

    var title: String {
        switch self {
        case .sales: "Общая"
        case .wholesale: "Оптовые продажи"
        case .online: "Интернет-магазин"
        case .requests: "Обращения"
        }
    }

    /// The stages in their order.
    var stages: [Stage] { self == .requests ? [.new, .preparation, .won, .lose] : Stage.allCases }

    /// A stage of a funnel.
    enum Stage: UInt8, CaseIterable, Sendable {
        case new, preparation, prepaymentInvoice, executing, finalInvoice, won, lose, apology

        /// `S` won, `F` lost, `P` in process.
        var semantics: String {
            switch self {
            case .won: "S"
            case .lose, .apology: "F"
            default: "P"
            }
        }

        /// The name that a fresh portal gives it.
        var title: String {
            switch self {
            case .new: "Новая"
            case .preparation: "Подготовка документов"
            case .prepaymentInvoice: "Счёт на предоплату"
            case .executing: "В работе"
            case .finalInvoice: "Финальный счёт"
            case .won: "Сделка успешна"
            case .lose: "Сделка провалена"
            case .apology: "Анализ причины провала"
            }
        }

        /// The code, which is `STAGE_ID` in funnel 0.
        var code: String {
            switch self {
            case .new: "NEW"
            case .preparation: "PREPARATION"
            case .prepaymentInvoice: "PREPAYMENT_INVOICE"
            case .executing: "EXECUTING"
            case .finalInvoice: "FINAL_INVOICE"
            case .won: "WON"
            case .lose: "LOSE"
            case .apology: "APOLOGY"
            }
        }
    }

    /// `STAGE_ID`: `NEW` in funnel 0, `C1:NEW` in others, where the column was once too short for
    /// the longest code.
    func stageID(_ stage: Stage) -> String {
        guard self != .sales else { return stage.code }
        return "C\(id):" + (stage == .prepaymentInvoice ? "PREPAYMENT_INVOIC" : stage.code)
    }
}

extension OrderState {
    /// The stage of a deal that means the same.
    var stage: Funnel.Stage {
        switch self {
        case .draft: .new
        case .agreed: .prepaymentInvoice
        case .paid: .executing
        case .shipped: .finalInvoice
        case .closed: .won
        case .cancelled: .lose
        }
    }
}

/// A product row of a deal.
struct DealRow: Sendable {
    var id: Int64
    /// A product or offer of the portal; zero for a row of free text.
    var productID: Int64
    /// The place of that product in ``PortalRecords/products``; -1 for a row of free text.
    var product: Int32
    /// The place of 1C's product in ``InfobaseRecords/products``, for the name of a free row; -1
    /// when 1C has none.
    var infobaseProduct: Int32
    var quantity: Thousandths
    /// `PRICE`: of one unit, after the discount, with VAT.
    var price: Kopecks
    /// `PRICE_BRUTTO`: of one unit, before the discount, with VAT.
    var priceBeforeDiscount: Kopecks
    var discountPercent: UInt8
    /// `TAX_RATE`.
    var vat: VATRate
    /// `TAX_INCLUDED`.
    var isVATIncluded: Bool
    var measure: Measure

    /// `PRICE_EXCLUSIVE`: ``price`` without VAT.
    var priceExclusive: Kopecks { price - vat.included(in: price) }
    /// `PRICE_NETTO`: ``priceBeforeDiscount`` without VAT.
    var priceNetto: Kopecks { priceBeforeDiscount - vat.included(in: priceBeforeDiscount) }
    /// `DISCOUNT_SUM`, without VAT.
    var discountSum: Kopecks { priceNetto - priceExclusive }
    /// What the row adds to the deal.
    var sum: Kopecks { Arithmetic.sum(price, quantity) }
    /// The VAT in ``sum``.
    var vatSum: Kopecks { vat.included(in: sum) }
}

/// A deal of the portal.
struct Deal: Sendable {
    /// How its title is written.
    enum Title: UInt8, Sendable { case orderAndDate, orderOnly, dealNumber, request }

    var id: Int64
    /// Which order it is: equal to ``CustomerOrder/order`` of the same one on the other side; -1
    /// for a deal that never became one.
    var order: Int32
    var titleKind: Title
    var funnel: Funnel
    var stage: Funnel.Stage
    /// `CURRENCY_ID`.
    var currency = Currency.rouble
    /// `OPPORTUNITY`, in hundredths of its currency.
    var opportunity: Kopecks
    /// `IS_MANUAL_OPPORTUNITY`: the amount does not follow the rows.
    var isManualOpportunity = false
    /// `TAX_VALUE`.
    var taxValue: Kopecks
    /// A user field: what was paid, as an exchange reports it.
    var paid: Kopecks
    /// Zero for none.
    var companyID: Int64
    /// Zero for none.
    var contactID: Int64
    /// Places of its rows in ``PortalRecords/dealRows``.
    var rows: Range<Int32>
    /// Places of its payments in ``PortalRecords/payments``; those of its invoice are not here.
    var payments: Range<Int32> = 0..<0
    /// `BEGINDATE`: the order's date.
    var beginDate: UInt32
    /// `CLOSEDATE`.
    var closeDate: UInt32
    var createdAt: UInt32
    var modifiedAt: UInt32
    var assignedBy: UInt16
    /// The number of the order in 1C, kept in a user field and in titles.
    var orderNumber: DocumentNumber?
    /// Whether the user field holds ``orderNumber``.
    var showsOrderNumber = true
    /// The 1C reference in `ORIGIN_ID`.
    var origin: GUID?
    /// The 1C reference in `UF_CRM_1C_ID`.
    var userFieldOrigin: GUID?
    /// A template, not a sale.
    var isRecurring = false
    /// The store that the rows are sold from.
    var warehouse: Warehouse
    /// The own firm, a place in ``InfobaseRecords/firms``.
    var firm: UInt8
    var variation: UInt8

    var stageID: String { funnel.stageID(stage) }
    var isClosed: Bool { stage.semantics != "P" }

    /// `TITLE`.
    var title: String {
        let number = orderNumber?.text ?? ""
        return switch titleKind {
        case .orderAndDate: "Заказ клиента \(number) от \(Moment.russianDate(beginDate))"
        case .orderOnly: "Заказ \(number)"
        case .dealNumber: "Сделка #\(id)"
        case .request: "Обращение с сайта \(id)"
        }
    }
}

/// A smart invoice of the portal (entity type 31).
struct SmartInvoice: Sendable {
    /// A stage; the category that a portal gives invoices is 3 here.
    enum Stage: String, CaseIterable, Sendable {
        case new = "N"
        case sent = "S"
        case paid = "P"
        case declined = "D"

        var title: String {
            switch self {
            case .new: "Новый"
            case .sent: "Отправлен"
            case .paid: "Оплачен"
            case .declined: "Не оплачен"
            }
        }
        var semantics: String {
            switch self {
            case .paid: "S"
            case .declined: "F"
            default: "P"
            }
        }
    }

    /// `categoryId`.
    static let category: Int64 = 3

    var id: Int64
    /// Which invoice it is: equal to ``CustomerInvoice/invoice`` of the same one on the other side.
    var invoice: Int32
    /// `accountNumber`: the number in 1C where an exchange made it, the id otherwise.
    var accountNumber: DocumentNumber?
    /// The place of its deal in ``PortalRecords/deals``; its rows are the invoice's rows; -1 for
    /// none.
    var deal: Int32
    /// `parentId2`; zero for none.
    var dealID: Int64
    var companyID: Int64
    var contactID: Int64
    /// `mycompanyId`.
    var myCompanyID: Int64
    var stage: Stage
    var currency: Currency
    var opportunity: Kopecks
    var taxValue: Kopecks
    var beginDate: UInt32
    /// `closedate`: pay before.
    var closeDate: UInt32
    var createdAt: UInt32
    var modifiedAt: UInt32
    var assignedBy: UInt16
    /// The 1C reference.
    var xmlID: GUID?
    /// Places of its payments in ``PortalRecords/payments``.
    var payments: Range<Int32> = 0..<0
    var variation: UInt8

    /// `DT31_3:P`.
    var stageID: String { "DT31_\(Self.category):\(stage.rawValue)" }
    /// `accountNumber` as it is shown.
    var accountNumberText: String { accountNumber?.text ?? String(id) }
    /// `title`.
    var title: String { "Счет #\(accountNumberText)" }
}
