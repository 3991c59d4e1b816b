/// Presets of legal details.
struct PresetTable: PortalTable {
    var name: String { "preset" }
    var manners: PortalManners { .mapped }
    var count: Int { Requisite.Preset.allCases.count }
    var columns: [PortalColumn] { Self.columns }

    static let columns: [PortalColumn] = [
        PortalColumn("ID", "integer"), PortalColumn("ENTITY_TYPE_ID", "integer"),
        PortalColumn("COUNTRY_ID", "integer"), PortalColumn("DATE_CREATE", "datetime"),
        PortalColumn("DATE_MODIFY", "datetime"), PortalColumn("CREATED_BY_ID", "user"),
        PortalColumn("MODIFY_BY_ID", "user"), PortalColumn("NAME"), PortalColumn("XML_ID"),
        PortalColumn("ACTIVE", "char"), PortalColumn("SORT", "integer"),
    ]

    func value(_ column: Int, at row: Int) -> PortalValue {
        let preset = Requisite.Preset.allCases[row]
        switch column {
        case 0: return .integer(Int64(preset.rawValue))
        case 1: return .integer(8)
        case 2: return .integer(1)
        case 3: return .moment(1_400_000_000)
        case 4: return .text("")
        case 5: return .integer(0)
        case 7: return .text(preset.title)
        case 8: return .text("#CRM_REQUISITE_PRESET_DEF_RU_\(preset.rawValue)#")
        case 9: return .flag(true)
        case 10: return .integer(500 + Int64(row) * 10)
        default: return .null
        }
    }

    func lowerBound(_ column: Int, _ bound: Int64) -> Int? {
        column == 0 ? search(bound) { Int64($0 + 1) } : nil
    }
}
