/// How each pair compares in every respect: the input of the model, two bytes a comparison.
struct PairVectors: Sendable {
    /// Level in the high byte, information in the low one, comparison by comparison.
    var cells: [UInt16] = []
    let width: Int

    /// Compares pairs on several threads.
    ///
    /// - Parameters:
    ///   - pairs: Two record numbers each, the lower in the high half.
    ///   - prepared: The comparisons.
    ///   - threads: How many threads may work.
    init(_ pairs: [UInt64], _ prepared: PreparedLinkage, threads: Int) {
        width = prepared.comparisons.count
        let chunks = Parallel.map(count: pairs.count, chunk: 16384, threads: threads) { range in
            let scratch = Scratch()
            var cells: [UInt16] = []
            cells.reserveCapacity(range.count * prepared.comparisons.count)
            for index in range {
                let (first, second) = (Int(pairs[index] >> 32), Int(pairs[index] & 0xFFFF_FFFF))
                prepared.appendVector(first, second, scratch, to: &cells)
            }
            return cells
        }
        cells.reserveCapacity(pairs.count * width)
        for chunk in chunks { cells.append(contentsOf: chunk) }
    }
}

extension PreparedLinkage {
    /// Appends the cells of one pair.
    func appendVector(
        _ first: Int, _ second: Int, _ scratch: Scratch, to cells: inout [UInt16]
    ) {
        let start = cells.count
        for comparison in comparisons {
            let outcome = comparison.compare(first, second, scratch)
            cells.append(UInt16(outcome.level) << 8 | UInt16(outcome.information))
        }
        for (index, implying) in impliedBy.enumerated() {
            if let implying, cells[start + implying] >> 8 == 0 { cells[start + index] = .max }
        }
    }
}
