import Records

/// The column of an unknown table that is the id of its rows.
enum IDColumn {
    /// Chooses a column.
    ///
    /// A column that is called an id may repeat a value now and then: the rows are told of when they are
    /// read. Without such a header a column must have a value of its own in every row, codes before
    /// texts, as a text is what is to be compared.
    ///
    /// - Parameter table: The columns.
    /// - Returns: `nil` where none can be the id.
    static func choose(_ table: [ColumnProfile]) -> ColumnProfile? {
        let ranked = table.enumerated().compactMap { place, column in
            rank(column).map { (rank: $0, place: place, column: column) }
        }
        return ranked.min { ($0.rank, $0.place) < ($1.rank, $1.place) }?.column
    }

    /// The lower, the likelier; `nil` where it cannot be.
    private static func rank(_ column: ColumnProfile) -> Int? {
        guard column.rowCount > 0, column.filledCount == column.rowCount else { return nil }
        let kind = column.headerWords.idKind
        guard column.isUnique else {
            guard kind != .none, isNearlyUnique(column) else { return nil }
            return kind == .id ? 2 : 8
        }
        if kind == .id { return 0 }
        switch column.type {
        case .code where !column.isRunningNumber: return kind == .code ? 1 : 3
        case .code: return 4
        case _ where column.wordsPerValue < 1.5 && !column.isAmount: return 5
        default: return 6
        }
    }

    /// Whether a value comes twice now and then at most, in the whole table: of many rows not all were
    /// looked at, and two that share a value are seldom both among some.
    private static func isNearlyUnique(_ column: ColumnProfile) -> Bool {
        let repeated = Double(column.filledCount - column.distinctCount)
        let seen = Double(column.rowCount) / Double(max(1, column.tableRows))
        return repeated * 50 <= Double(column.filledCount) * seen && column.distinctCount > 1
    }
}
