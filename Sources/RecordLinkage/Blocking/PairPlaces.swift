/// Where the pairs of each record stand in a sorted list of pairs.
struct PairPlaces: Sendable {
    /// By the lower record of a pair; one more than records.
    private let starts: Frozen<UInt32>

    /// - Parameters:
    ///   - pairs: The pairs in order, the lower record in the high half.
    ///   - records: How many records there are.
    init(_ pairs: [UInt64], records: Int) {
        var starts = [UInt32](repeating: 0, count: records + 1)
        for pair in pairs { starts[Int(pair &>> 32) + 1] += 1 }
        for record in 0..<records { starts[record + 1] += starts[record] }
        self.starts = Frozen(starts)
    }

    /// The place of a pair; `nil` when it is not in the list.
    ///
    /// - Complexity: O(pairs of the lower record).
    @inline(__always)
    func place(of pair: UInt64, in pairs: [UInt64]) -> Int? {
        let lower = Int(pair &>> 32)
        for place in Int(starts[lower])..<Int(starts[lower + 1]) where pairs[place] >= pair {
            return pairs[place] == pair ? place : nil
        }
        return nil
    }
}
