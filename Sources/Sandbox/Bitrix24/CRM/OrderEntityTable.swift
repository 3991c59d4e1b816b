/// Which deal or invoice each order of the online shop belongs to, as `crm.orderentity.list` shows it.
struct OrderEntityTable: PortalTable {
    /// By id.
    let orders: [PortalOrder]

    var name: String { Self.name }
    var count: Int { orders.count }
    var columns: [PortalColumn] { Self.columns }
    var dialect: PortalDialect { .modern }
    var manners: PortalManners { PortalManners(isWholeUncounted: true) }

    static let name = "orderentity"

    static let columns = PortalColumn.columns(
        """
        -orderId integer Заказ
        -ownerId integer Объект CRM
        -ownerTypeId integer Тип объекта CRM
        """)

    func value(_ column: Int, at row: Int) -> PortalValue {
        let order = orders[row]
        return switch column {
        case 0: .integer(order.id)
        case 1: .integer(order.ownerID)
        default: .integer(order.owner.rawValue)
        }
    }

    func lowerBound(_ column: Int, _ bound: Int64) -> Int? {
        column == 0 ? search(bound) { orders[$0].id } : nil
    }

    func owner(at row: Int) -> PortalOwner? {
        PortalOwner(table: orders[row].owner.table, id: orders[row].ownerID)
    }
}
