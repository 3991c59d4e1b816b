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
            pairs.withUnsafeBufferPointer { pairs in
                prepared.vectors(UnsafeBufferPointer(rebasing: pairs[range]))
            }
        }
        cells.reserveCapacity(pairs.count * width)
        for chunk in chunks { cells.append(contentsOf: chunk) }
    }
}

extension PreparedLinkage {
    /// The cells of some pairs, pair by pair.
    func vectors(_ pairs: UnsafeBufferPointer<UInt64>) -> [UInt16] {
        let width = comparisons.count
        let scratch = Scratch()
        return [UInt16](unsafeUninitializedCapacity: pairs.count * width) { cells, count in
            count = pairs.count * width
            guard let base = cells.baseAddress, count > 0 else { return }
            // Comparison by comparison, so that each keeps its columns in the cache.
            for (index, comparison) in comparisons.enumerated() {
                comparison.compare(pairs, scratch, into: base + index, stride: width)
            }
            for (index, implying) in impliedBy.enumerated() {
                guard let implying else { continue }
                for start in stride(from: 0, to: count, by: width)
                where cells[start + implying] >> 8 == 0 { cells[start + index] = .max }
            }
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
