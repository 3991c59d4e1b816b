/// Which rows of a list were seen, and in which pass over it last.
struct KeyLedger {
    private var passes: [RowKey: UInt32] = [:]
    private var current: UInt32 = 0

    /// How many different rows were seen in all passes.
    var count: Int { passes.count }

    /// Begins another pass.
    mutating func beginPass() { current += 1 }

    /// Makes room for rows that are announced.
    mutating func reserve(_ count: Int) { passes.reserveCapacity(count) }

    /// Notes a row.
    ///
    /// - Returns: Whether it was not seen in this pass, and whether it was not seen in any.
    mutating func note(_ key: RowKey) -> (isNewInPass: Bool, isNew: Bool) {
        let before = passes.updateValue(current, forKey: key)
        return (before != current, before == nil)
    }

    /// Whether a row was seen in this pass.
    func contains(_ key: RowKey) -> Bool { passes[key] == current }
}
