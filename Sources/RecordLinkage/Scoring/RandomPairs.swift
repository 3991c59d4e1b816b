/// Random pairs of a left and a right record, or of two of the only side, chosen by their ids.
///
/// Every right record has marks on a ring, and a draw takes the record whose mark comes next after a
/// place that the left record's id says. A record more, or one fewer, therefore changes the pairs that it
/// is in and hardly any other: what a model learns does not move from one night to the next but by what
/// has changed.
///
/// Source: D. Karger et al., *Consistent hashing and random trees*, STOC 1997, pp. 654–663,
/// <https://doi.org/10.1145/258533.258660>.
enum RandomPairs {
    /// A mark is a piece of a hash above the record's number.
    private static let recordMask: UInt64 = 0xFFFF_FFFF
    /// Of fewer records than this each has several marks: by one alone those before which there is a
    /// large gap would be drawn many times.
    private static let fewRecords = 1 << 16
    private static let marksOfFew = 16

    /// Draws pairs.
    ///
    /// - Parameters:
    ///   - records: Both sides, or the only one.
    ///   - count: How many draws there are; those that meet one record twice give no pair.
    ///   - seed: Another seed draws other pairs.
    ///   - threads: How many threads may work.
    /// - Returns: The lower record in the high half; in an order that depends on the ids alone.
    /// - Complexity: O(records + count · log records).
    static func of(_ records: RecordList, count: Int, seed: UInt64, threads: Int) -> [UInt64] {
        let lefts = 0..<records.leftCount
        let rights = records.rightCount == 0 ? lefts : records.leftCount..<records.count
        guard !lefts.isEmpty, !rights.isEmpty else { return [] }
        let drawing = Array(
            marks(of: lefts, records, each: 1, seed: seed, threads: threads).prefix(count))
        let ring = marks(
            of: rights, records, each: rights.count < fewRecords ? marksOfFew : 1, seed: ~seed,
            threads: threads)
        return Parallel.map(count: count, chunk: 8192, threads: threads) { range in
            range.compactMap { draw -> UInt64? in
                let own = drawing[draw % drawing.count]
                let turn = UInt64(draw / drawing.count)
                let first = own & recordMask
                let second = next(after: StableHash.of(own & ~recordMask, turn), ring) & recordMask
                return first == second ? nil : min(first, second) << 32 | max(first, second)
            }
        }.flatMap { $0 }
    }

    /// The marks of some records, so many each, in order.
    private static func marks(
        of range: Range<Int>, _ records: RecordList, each: Int, seed: UInt64, threads: Int
    ) -> [UInt64] {
        var marks: [UInt64] = Parallel.array(
            count: range.count, width: each, chunk: 8192, threads: threads
        ) { places, own in
            for place in places {
                let record = range.lowerBound + place
                let id = StableHash.of(records.id(record), seed: seed)
                for mark in 0..<each {
                    own[(place - places.lowerBound) * each + mark] =
                        StableHash.of(id, UInt64(mark)) & ~recordMask | UInt64(record)
                }
            }
        }
        // Equal ones keep the order of their records.
        RadixSort.sort(&marks, bits: 32, 64)
        return marks
    }

    /// The first mark from a place on; after the last one comes the first.
    private static func next(after place: UInt64, _ ring: [UInt64]) -> UInt64 {
        let place = place & ~recordMask
        var (low, high) = (0, ring.count)
        while low < high {
            let middle = (low + high) / 2
            if ring[middle] < place { low = middle + 1 } else { high = middle }
        }
        return ring[low == ring.count ? 0 : low]
    }
}
