/// The distinct values of all records as the things that have keys, and who has each value.
///
/// Values that are one error apart are looked for among values and not among records: each value's
/// keys are made once, however many records have it, and pairs of equal values do not come up.
struct KeyedValues: Sendable {
    let table: FrozenTable
    /// Where the records of each value begin among ``owners``; one more than values at least.
    let starts: Frozen<UInt32>
    let owners: Frozen<UInt32>

    /// - Parameters:
    ///   - table: The values.
    ///   - counts: How many records have each value.
    ///   - records: How many records there are.
    ///   - forEachValue: Hands over the numbers of a record's values.
    init(
        _ table: FrozenTable, counts: Frozen<UInt32>, records: Int,
        _ forEachValue: (_ record: Int, _ take: (UInt32) -> Void) -> Void
    ) {
        self.table = table
        var starts = [UInt32](repeating: 0, count: table.count + 2)
        for value in 0..<table.count { starts[value + 2] = counts[value] }
        for value in 0..<table.count { starts[value + 2] += starts[value + 1] }
        var owners = [UInt32](repeating: 0, count: Int(starts[table.count + 1]))
        var last = [UInt32](repeating: TextTable.none, count: table.count)
        for record in 0..<records {
            forEachValue(record) { value in
                guard last[Int(value)] != UInt32(record) else { return }
                last[Int(value)] = UInt32(record)
                owners[Int(starts[Int(value) + 1])] = UInt32(record)
                starts[Int(value) + 1] += 1
            }
        }
        self.starts = Frozen(starts)
        self.owners = Frozen(owners)
    }

    var count: Int { table.count }

    /// The records that have a value, in order.
    @inline(__always)
    func owners(of value: UInt64) -> UnsafeBufferPointer<UInt32> {
        owners[Int(starts[Int(value)])..<Int(starts[Int(value) + 1])]
    }
}
