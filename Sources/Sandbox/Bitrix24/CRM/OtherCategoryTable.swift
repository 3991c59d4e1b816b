/// Contacts or companies of `crm.item.list` with a few of another category behind them, which the older
/// lists do not show: the counterparties of smart documents.
struct OtherCategoryTable<Base: PortalTable>: PortalTable {
    private let base: Base
    private let category: Int?

    init(_ base: Base) {
        self.base = base
        category = base.column(named: "categoryId")
    }

    var name: String { base.name }
    var columns: [PortalColumn] { base.columns }
    var count: Int { base.count + min(3, base.count) }
    var dialect: PortalDialect { base.dialect }
    var idColumn: Int? { base.idColumn }
    var manners: PortalManners { base.manners }
    var isWhole: Bool { base.isWhole }

    func value(_ column: Int, at row: Int) -> PortalValue {
        guard row >= base.count else { return base.value(column, at: row) }
        // Far above the ids of the others, whatever the size of the world.
        if column == idColumn { return .integer(1_000_000_000 + Int64(row)) }
        if column == category { return .integer(7) }
        return base.value(column, at: row - base.count)
    }

    func writeMultiple(_ column: Int, at row: Int, to writer: inout ByteWriter) -> Bool {
        base.writeMultiple(column, at: row < base.count ? row : row - base.count, to: &writer)
    }

    func lowerBound(_ column: Int, _ bound: Int64) -> Int? {
        column == idColumn ? search(bound) { id(at: $0) ?? 0 } : nil
    }

    func owner(at row: Int) -> PortalOwner? { row < base.count ? base.owner(at: row) : nil }
}
