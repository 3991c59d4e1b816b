/// Payments of one deal or invoice, as `crm.item.payment.list` shows them, or of all, with what else is
/// kept of them, as `sale.payment.list` does.
struct PaymentTable: PortalTable {
    /// By id.
    let payments: [PortalPayment]
    /// Whether they are all that there are, shown with everything.
    var isWhole = false

    var name: String { "payment" }
    var count: Int { payments.count }
    var columns: [PortalColumn] { isWhole ? Self.shopColumns : Self.columns }
    var dialect: PortalDialect { .modern }
    var manners: PortalManners { PortalManners(hasSetPrefixes: false) }

    static let columns = PortalColumn.columns(
        """
        -id integer ID
        -accountNumber string Номер
        paid boolean Оплачен
        -datePaid datetime Дата оплаты
        -empPaidId user Кто отметил оплату
        paySystemId integer Платёжная система
        sum double Сумма
        -currency crm_currency Валюта
        -paySystemName string Название платёжной системы
        """)

    static let shopColumns =
        columns
        + PortalColumn.columns(
            """
            -orderId integer Заказ
            companyId integer Компания
            externalPayment boolean Внешняя оплата
            isReturn boolean Возврат
            payVoucherDate datetime Дата документа оплаты
            payVoucherNum string Номер документа оплаты
            -paySystemIsCash boolean Оплата наличными
            xmlId string Внешний код
            """)

    func value(_ column: Int, at row: Int) -> PortalValue {
        let payment = payments[row]
        // Those of the shop begin with the others.
        switch Self.shopColumns[column].name {
        case "id": return .integer(payment.id)
        case "accountNumber": return .text(payment.accountNumber)
        case "paid": return .flag(payment.isPaid)
        case "datePaid": return payment.isPaid ? .moment(payment.paidAt) : .null
        case "empPaidId": return payment.isPaid ? .integer(Int64(payment.paidBy)) : .null
        case "paySystemId": return .integer(payment.paySystemID)
        case "sum": return .money(payment.sum)
        case "currency": return .text(payment.currency.code)
        case "paySystemName": return .text(payment.paySystemName)
        case "orderId": return .integer(payment.order.id)
        case "companyId": return payment.companyID == 0 ? .null : .integer(payment.companyID)
        case "externalPayment", "isReturn": return .flag(false)
        case "payVoucherDate":
            return payment.voucherNumber.isEmpty ? .null : .moment(payment.voucherDate)
        case "payVoucherNum": return .text(payment.voucherNumber)
        case "paySystemIsCash": return .flag(payment.isCash)
        case "xmlId": return .text(payment.xmlID?.text ?? Self.ownMark(payment.id))
        default: return .null
        }
    }

    /// What the portal writes as `xmlId` where nobody else gave one.
    private static func ownMark(_ id: Int64) -> String {
        "bx_" + String(RandomSource.mix(UInt64(id)), radix: 16).prefix(13)
    }

    func lowerBound(_ column: Int, _ bound: Int64) -> Int? {
        column == 0 ? search(bound) { payments[$0].id } : nil
    }

    func owner(at row: Int) -> PortalOwner? {
        PortalOwner(table: payments[row].owner.table, id: payments[row].ownerID)
    }
}
