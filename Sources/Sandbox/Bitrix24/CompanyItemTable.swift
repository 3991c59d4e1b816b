/// The same companies, as `crm.item.list` shows them: camel case, numbers as numbers.
struct CompanyItemTable: PortalTable {
    let world: World

    var name: String { "company" }
    var count: Int { world.companies.count }
    var columns: [PortalColumn] { Self.columns }
    var dialect: PortalDialect { .modern }
    var manners: PortalManners { .item }

    static let columns: [PortalColumn] = [
        PortalColumn("id", "integer"), PortalColumn("createdTime", "datetime"),
        PortalColumn("updatedTime", "datetime"), PortalColumn("createdBy", "user"),
        PortalColumn("updatedBy", "user"), PortalColumn("assignedById", "user"),
        PortalColumn("opened", "boolean"), PortalColumn("title"),
        PortalColumn("typeId", "crm_status"),
        PortalColumn("industry", "crm_status"), PortalColumn("employees", "crm_status"),
        PortalColumn("revenue", "integer"), PortalColumn("currencyId"), PortalColumn("comments"),
        PortalColumn("leadId", "integer"), PortalColumn("originatorId"), PortalColumn("originId"),
        PortalColumn("originVersion"), PortalColumn("hasPhone", "boolean"),
        PortalColumn("hasEmail", "boolean"), PortalColumn("hasImol", "boolean"),
        PortalColumn("isMyCompany", "boolean"), PortalColumn("categoryId", "integer"),
        PortalColumn("lastActivityBy", "user"), PortalColumn("lastActivityTime", "datetime"),
        PortalColumn("entityTypeId", "integer"), PortalColumn("ufCrm1cId"),
        PortalColumn("fm", "crm_multifield", "", isMultiple: true),
    ]

    /// Where the older table has the same value.
    private static let legacy: [Int: Int] = [
        0: 0, 1: 17, 2: 18, 3: 9, 4: 10, 5: 8, 6: 19, 7: 2, 8: 1, 9: 12, 10: 15, 12: 14, 13: 16,
        15: 21, 16: 22, 17: 23, 18: 5, 19: 6, 20: 7, 21: 20, 23: 48, 24: 49, 26: 51,
    ]

    func value(_ column: Int, at row: Int) -> PortalValue {
        switch column {
        case 11, 22: .integer(0)
        case 25: .integer(4)
        default:
            Self.legacy[column].map { CompanyTable(world: world).value($0, at: row) } ?? .null
        }
    }

    func writeMultiple(_ column: Int, at row: Int, to writer: inout ByteWriter) -> Bool {
        let company = world.companies[row]
        let values =
            company.phones.map { ("PHONE", $0.text) }
            + (company.email.isEmpty ? [] : [("EMAIL", company.email)])
        writer.byte(UInt8(ascii: "["))
        for (index, (type, value)) in values.enumerated() {
            if index > 0 { writer.byte(UInt8(ascii: ",")) }
            writer.raw("{\"id\":")
            writer.number(company.id * 10 + Int64(type == "PHONE" ? index : 5))
            writer.raw(",\"valueType\":\"WORK\",\"value\":")
            writer.string(value)
            writer.raw(",\"typeId\":\"\(type)\"}")
        }
        writer.byte(UInt8(ascii: "]"))
        return true
    }

    func owner(at row: Int) -> PortalOwner? {
        PortalOwner(table: "company", id: world.companies[row].id)
    }

    func lowerBound(_ column: Int, _ bound: Int64) -> Int? {
        column == 0 ? search(bound) { world.companies[$0].id } : nil
    }
}
