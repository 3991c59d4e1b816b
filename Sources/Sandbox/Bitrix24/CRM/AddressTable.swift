/// Addresses of legal details, which have no id and a paging that is a world of its own.
struct AddressTable: PortalTable {
    let world: World

    var name: String { "address" }
    var manners: PortalManners { .address }
    var count: Int { world.addresses.count }
    var columns: [PortalColumn] { Self.columns }
    var idColumn: Int? { nil }

    static let columns: [PortalColumn] = [
        PortalColumn("TYPE_ID", "integer", "Тип адреса"),
        PortalColumn("ENTITY_TYPE_ID", "integer", "Тип сущности"),
        PortalColumn("ENTITY_ID", "integer", "ID сущности"),
        PortalColumn("ADDRESS_1", "string", "Улица, дом"),
        PortalColumn("ADDRESS_2", "string", "Квартира, офис"),
        PortalColumn("CITY", "string", "Город"),
        PortalColumn("POSTAL_CODE", "string", "Почтовый индекс"), PortalColumn("REGION"),
        PortalColumn("PROVINCE", "string", "Область"), PortalColumn("COUNTRY", "string", "Страна"),
        PortalColumn("COUNTRY_CODE"), PortalColumn("LOC_ADDR_ID", "integer"),
        PortalColumn("ANCHOR_TYPE_ID", "integer"), PortalColumn("ANCHOR_ID", "integer"),
    ]

    func value(_ column: Int, at row: Int) -> PortalValue {
        let address = world.addresses[row]
        let notation = address.notation
        func text(_ value: String?) -> PortalValue { value.map { .text($0) } ?? .null }
        switch column {
        case 0: return .integer(Int64(address.type))
        case 1: return .integer(8)
        case 2: return .integer(address.requisiteID)
        case 3: return .text(address.address.streetLine(notation: notation))
        case 4: return text(address.address.officeLine(notation: notation))
        case 5: return .text(address.address.cityName(notation: notation))
        case 6: return .text(address.address.postalCode)
        case 7: return notation % 2 == 0 ? .null : .text("")
        case 8: return text(address.address.province)
        case 9: return .text(notation % 7 == 0 ? "Российская Федерация" : "Россия")
        case 11: return .integer(address.requisiteID * 2 + Int64(address.type))
        case 12: return .integer(address.isOfContact ? 3 : 4)
        case 13: return .integer(address.companyID)
        default: return .null
        }
    }

    func owner(at row: Int) -> PortalOwner? {
        let address = world.addresses[row]
        return PortalOwner(
            table: address.isOfContact ? "contact" : "company", id: address.companyID)
    }

    func lowerBound(_ column: Int, _ bound: Int64) -> Int? {
        switch column {
        case 2: search(bound) { world.addresses[$0].requisiteID }
        case 13: search(bound) { world.addresses[$0].companyID }
        default: nil
        }
    }
}
