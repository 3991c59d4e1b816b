internal import Collection

/// Rows of a related list for some owners, in the owners' order.
struct OwnedRows {
    /// All rows, one owner's behind another's.
    private(set) var rows: [JSONValue] = []
    /// Where each owner's rows end.
    private var ends: [Int] = []

    init(ownerCount: Int) {
        rows.reserveCapacity(ownerCount)
        ends.reserveCapacity(ownerCount)
    }

    /// Appends the rows of the next owner.
    mutating func append(_ rows: [JSONValue]) {
        self.rows += rows
        ends.append(self.rows.count)
    }

    /// Appends the only row of the next owner; `nil` when it has none.
    mutating func append(_ row: JSONValue?) {
        if let row { rows.append(row) }
        ends.append(rows.count)
    }

    /// The places of an owner's rows in ``rows``.
    ///
    /// - Parameter owner: The owner's number among those asked for.
    /// - Returns: The places; none for an owner without rows.
    func places(of owner: Int) -> Range<Int> {
        // Of a list without rows nothing is appended.
        guard owner < ends.count else { return 0..<0 }
        return (owner == 0 ? 0 : ends[owner - 1])..<ends[owner]
    }
}
