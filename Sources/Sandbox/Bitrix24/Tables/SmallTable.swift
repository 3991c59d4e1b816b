/// A short list that is put together anew for each call.
struct SmallTable: PortalTable {
    let name: String
    let columns: [PortalColumn]
    let rows: [[PortalValue]]
    var dialect = PortalDialect.legacy
    var manners = PortalManners.mapped

    init(
        _ name: String, _ columns: [PortalColumn], dialect: PortalDialect = .legacy,
        manners: PortalManners = .mapped, rows: [[PortalValue]]
    ) {
        self.name = name
        self.columns = columns
        self.dialect = dialect
        self.manners = manners
        self.rows = rows
    }

    var count: Int { rows.count }
    var isWhole: Bool { false }
    func value(_ column: Int, at row: Int) -> PortalValue { rows[row][column] }

    func lowerBound(_ column: Int, _ bound: Int64) -> Int? {
        guard column == idColumn else { return nil }
        return search(bound) { id(at: $0) ?? 0 }
    }
}
