/// Which rows of a table a block shows, and in which order.
struct TableSelection {
    private let block: TableBlock
    private let report: String

    init(_ block: TableBlock, _ report: String) {
        self.block = block
        self.report = report
    }

    /// The rows that fit, sorted, as many as may be.
    func rows(of table: ReportTable) throws(ReportError) -> ReportTable {
        guard !table.columns.isEmpty else { return table }
        var rows = table.rows
        for (column, values) in block.conditions.sorted(by: { $0.key < $1.key }) {
            let index = try table.place(of: column, in: block.table, report: report)
            rows.removeAll { !values.contains($0[index].key) }
        }
        if !block.order.isEmpty {
            var keys: [(index: Int, isDescending: Bool)] = []
            for order in block.order {
                keys.append(
                    (
                        try table.place(of: order.column, in: block.table, report: report),
                        order.isDescending
                    ))
            }
            // Rows that are alike stay in the query's order, so that the whole order is total.
            rows = rows.enumerated().sorted { one, other in
                for (index, isDescending) in keys {
                    let (a, b) = (one.element[index], other.element[index])
                    if a.comesBefore(b) { return !isDescending }
                    if b.comesBefore(a) { return isDescending }
                }
                return one.offset < other.offset
            }.map(\.element)
        }
        if let limit = block.rowCountMax { rows = Array(rows.prefix(limit)) }
        return table.with(rows: rows)
    }
}

extension ReportValue {
    /// Orders values of one column: what is absent first, then by size, days, or letters.
    func comesBefore(_ other: ReportValue) -> Bool {
        switch (self, other) {
        case (.text(let a), .text(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
        case (.integer(let a), .integer(let b)): a < b
        case (.date(let a), .date(let b)): a < b
        case (.instant(let a), .instant(let b)): a < b
        case (.boolean(let a), .boolean(let b)): !a && b
        default:
            if let a = number, let b = other.number { a < b } else { rank < other.rank }
        }
    }

    private var rank: Int {
        switch self {
        case .empty: 0
        case .notEnough: 1
        default: 2
        }
    }
}
