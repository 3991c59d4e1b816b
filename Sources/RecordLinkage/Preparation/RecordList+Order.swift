import Records

extension RecordList {
    /// Records are moved in pieces of so many.
    private static let pieceSize = 1 << 15

    /// Puts the records of both sides in order.
    ///
    /// They are moved in pieces of both, as one side may be much the larger; what is in order already
    /// stays where it is.
    ///
    /// - Parameters:
    ///   - tables: Both sides.
    ///   - threads: How many threads may work.
    /// - Returns: The left one, then the right one.
    static func inOrder(
        _ tables: [RecordTable], threads: Int
    ) -> (left: RecordTable, right: RecordTable) {
        let (left, right) = Parallel.both(threads: threads) {
            sorted(tables[0])
        } _: {
            sorted(tables[1])
        }
        let orders = [left, right]
        guard threads > 1 else {
            return (tables[0].reordered(left), tables[1].reordered(right))
        }
        var pieces: [(side: Int, rows: ArraySlice<UInt32>)] = []
        for (side, order) in orders.enumerated() where !tables[side].isWhole(order) {
            for start in stride(from: 0, to: order.count, by: pieceSize) {
                pieces.append((side, order[start..<min(order.count, start + pieceSize)]))
            }
        }
        let moved = Parallel.map(
            count: pieces.count, chunk: 1, threads: threads
        ) { [pieces] range in
            let (side, rows) = pieces[range.lowerBound]
            return (side: side, table: tables[side].reordered(Array(rows)))
        }
        @Sendable func joined(_ side: Int) -> RecordTable {
            let parts = moved.filter { $0.side == side }.map(\.table)
            return parts.isEmpty ? tables[side] : RecordTable(joining: parts)
        }
        return Parallel.both(threads: threads) {
            joined(0)
        } _: {
            joined(1)
        }
    }
}
