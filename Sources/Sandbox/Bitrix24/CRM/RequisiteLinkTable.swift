/// Which legal details an invoice was made out to and from; rows without ids.
struct RequisiteLinkTable: PortalTable {
    let world: World

    var name: String { "requisitelink" }
    var count: Int { world.portal.smartInvoices.count }
    var columns: [PortalColumn] { Self.columns }
    var idColumn: Int? { nil }
    var manners: PortalManners { .mapped }

    static let columns = PortalColumn.columns(
        """
        !ENTITY_TYPE_ID integer Тип объекта
        !ENTITY_ID integer ID объекта
        !REQUISITE_ID integer ID реквизита
        !BANK_DETAIL_ID integer ID банковских реквизитов
        !MC_REQUISITE_ID integer ID реквизита моей компании
        !MC_BANK_DETAIL_ID integer ID банковских реквизитов моей компании
        """)

    func value(_ column: Int, at row: Int) -> PortalValue {
        let invoice = world.portal.smartInvoices[row]
        switch column {
        case 0: return .integer(31)
        case 1: return .integer(invoice.id)
        case 2: return .integer(requisite(of: invoice.companyID))
        case 3: return .integer(bankDetail(of: requisite(of: invoice.companyID)))
        case 4: return .integer(requisite(of: invoice.myCompanyID))
        default: return .integer(bankDetail(of: requisite(of: invoice.myCompanyID)))
        }
    }

    /// The first requisite of a company; 0 when it has none.
    private func requisite(of company: Int64) -> Int64 {
        let table = RequisiteTable(world: world)
        guard company > 0, let row = table.lowerBound(2, company), row < table.count,
            world.requisites[row].companyID == company
        else { return 0 }
        return world.requisites[row].id
    }

    private func bankDetail(of requisite: Int64) -> Int64 {
        let table = BankDetailTable(world: world)
        guard requisite > 0, let row = table.lowerBound(1, requisite), row < table.count,
            world.portal.bankDetails[row].requisiteID == requisite
        else { return 0 }
        return world.portal.bankDetails[row].id
    }

    func lowerBound(_ column: Int, _ bound: Int64) -> Int? {
        column == 1 ? search(bound) { world.portal.smartInvoices[$0].id } : nil
    }

    func owner(at row: Int) -> PortalOwner? {
        PortalOwner(table: "invoice", id: world.portal.smartInvoices[row].id)
    }
}
