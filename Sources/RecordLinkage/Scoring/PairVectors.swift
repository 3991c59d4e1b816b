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
        cells = pairs.withUnsafeBufferPointer { pairs in
            // Sendable because it is only read while this call lasts.
            nonisolated(unsafe) let pairs = pairs
            return Parallel.array(
                count: pairs.count, width: width, chunk: 16384, threads: threads
            ) { range, cells in
                prepared.compare(UnsafeBufferPointer(rebasing: pairs[range]), into: cells)
            }
        }
    }
}

extension PreparedLinkage {
    /// Writes the cells of some pairs, pair by pair.
    func compare(
        _ pairs: UnsafeBufferPointer<UInt64>, into cells: UnsafeMutablePointer<UInt16>
    ) {
        let width = comparisons.count
        let scratch = Scratch()
        // Comparison by comparison, so that each keeps its columns in the cache.
        for (index, comparison) in comparisons.enumerated() {
            comparison.compare(pairs, scratch, into: cells + index, stride: width)
        }
        for (index, implying) in impliedBy.enumerated() {
            guard let implying else { continue }
            for start in stride(from: 0, to: pairs.count * width, by: width)
            where cells[start + implying] >> 8 == 0 { cells[start + index] = .max }
        }
    }

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
