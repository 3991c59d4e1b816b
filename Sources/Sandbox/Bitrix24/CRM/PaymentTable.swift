/// Payments of one deal or invoice, as `crm.item.payment.list` shows them.
struct PaymentTable: PortalTable {
    let payments: [PortalPayment]

    var name: String { "payment" }
    var count: Int { payments.count }
    var columns: [PortalColumn] { Self.columns }
    var dialect: PortalDialect { .modern }
    var manners: PortalManners { PortalManners(hasSetPrefixes: false) }
    var isWhole: Bool { false }

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

    func value(_ column: Int, at row: Int) -> PortalValue {
        let payment = payments[row]
        switch Self.columns[column].name {
        case "id": return .integer(payment.id)
        case "accountNumber": return .text(payment.accountNumber)
        case "paid": return .flag(payment.isPaid)
        case "datePaid": return payment.isPaid ? .moment(payment.paidAt) : .null
        case "empPaidId": return payment.isPaid ? .integer(Int64(payment.paidBy)) : .null
        case "paySystemId": return .integer(payment.paySystemID)
        case "sum": return .money(payment.sum)
        case "currency": return .text(payment.currency.code)
        case "paySystemName": return .text(payment.paySystemName)
        default: return .null
        }
    }

    func lowerBound(_ column: Int, _ bound: Int64) -> Int? {
        column == 0 ? search(bound) { payments[$0].id } : nil
    }

    func owner(at row: Int) -> PortalOwner? {
        PortalOwner(
            table: payments[row].owner == .deal ? "deal" : "invoice", id: payments[row].ownerID)
    }
}
