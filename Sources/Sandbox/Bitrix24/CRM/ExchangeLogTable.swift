/// The exchange's own journal, which its developers keep in a smart process of the portal.
struct ExchangeLogTable: PortalTable {
    /// The number of the smart process; the portal's administrator gives such kinds numbers from 128.
    static let entityTypeID: Int64 = 1_042

    let world: World

    var name: String { "exchange_log" }
    var count: Int { world.operations.count }
    var columns: [PortalColumn] { Self.columns }
    var dialect: PortalDialect { .modern }
    var manners: PortalManners { .item }

    static let columns = PortalColumn.columns(
        """
        -id integer ID
        xmlId string Внешний код
        title string Название
        -createdBy user Кем создан
        -updatedBy user Кем обновлён
        -createdTime datetime Когда создан
        -updatedTime datetime Когда обновлён
        categoryId crm_category Воронка
        opened boolean Доступен для всех
        assignedById user Ответственный
        ufCrm7Operation string Операция
        ufCrm7ObjectType string Вид объекта
        ufCrm7Source string Откуда
        ufCrm7Target string Куда
        ufCrm7ObjectId string Объект
        ufCrm7Status string Состояние
        ufCrm7ErrorCode string Код ошибки
        ufCrm7Duration integer Длительность, мс
        ufCrm7Details string Подробности
        -entityTypeId integer Тип
        """)

    func value(_ column: Int, at row: Int) -> PortalValue {
        let operation = world.operations[row]
        switch Self.columns[column].name {
        case "id": return .integer(operation.id)
        case "title":
            return .text("\(operation.action.rawValue) \(operation.object.rawValue)")
        case "createdBy", "updatedBy", "assignedById": return .integer(1)
        case "createdTime", "updatedTime":
            return .moment(UInt32(operation.timestamp / 1_000))
        case "categoryId": return .integer(11)
        case "opened": return .flag(true)
        case "ufCrm7Operation": return .text(operation.action.rawValue)
        case "ufCrm7ObjectType": return .text(operation.object.rawValue)
        case "ufCrm7Source": return .text(operation.source)
        case "ufCrm7Target": return .text(operation.target)
        case "ufCrm7ObjectId": return .text(operation.objectID)
        case "ufCrm7Status": return .text(operation.status)
        case "ufCrm7ErrorCode": return .optional(operation.failure?.rawValue)
        case "ufCrm7Duration": return .integer(Int64(operation.durationMilliseconds))
        case "ufCrm7Details": return .text(operation.details)
        case "entityTypeId": return .integer(Self.entityTypeID)
        default: return .null
        }
    }

    func lowerBound(_ column: Int, _ bound: Int64) -> Int? {
        column == 0 ? search(bound) { world.operations[$0].id } : nil
    }

    func owner(at row: Int) -> PortalOwner? {
        PortalOwner(table: "exchange_log", id: world.operations[row].id)
    }
}
