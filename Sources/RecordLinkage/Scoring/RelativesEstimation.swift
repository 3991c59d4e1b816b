internal import Foundation

/// Learns what relatives look like, as a third class beside matches and pairs at random.
///
/// It starts from pairs that keys tell apart although they share another key, as branches do: their
/// label is known. Pairs without such keys are added as far as they look like them, by expectation
/// maximisation with the other two classes held.
struct RelativesEstimation {
    let comparisons: [any PreparedComparison]
    let threads: Int

    /// So many known relatives tell what relatives look like.
    static let fewestKnown = 30
    /// How many pairs an even distribution over the levels weighs.
    private static let priorPairs = 10.0
    private static let mostIterations = 15
    /// Pairs of lower log odds to match are no matter, whatever else they are.
    private static let leastBits: Float = -12

    /// A pair that may be one of relatives.
    private struct Suspect: Sendable {
        /// Where its cells begin.
        var start: Int
        /// Log odds of a match against pairs at random; `nil` where it is known to be of relatives.
        var bits: Float?
    }

    /// Adds relatives to a model, where enough are known.
    ///
    /// - Parameters:
    ///   - known: The places of pairs that are known to be relatives, in order.
    ///   - pairs: What the model was learnt from.
    ///   - model: The model; its priors within the sides are not changed.
    func learn(_ known: [Int], _ pairs: Estimation.Pairs, _ model: inout FittedModel) {
        let suspects = suspects(Set(known), pairs, model)
        let knownCount = suspects.count { $0.bits == nil }
        guard knownCount >= Self.fewestKnown else { return }
        let matches = model.prior * pairs.possible * pairs.share
        var counts = Counts(comparisons)
        pairs.vectors.cells.withUnsafeBufferPointer { cells in
            for suspect in suspects where suspect.bits == nil {
                counts.add(cells[suspect.start..<suspect.start + comparisons.count], 1)
            }
        }
        for _ in 1...Self.mostIterations {
            let prior = min(0.5, counts.pairs / (pairs.possible * pairs.share))
            model.relatives = Relatives(
                shares: shares(counts), prior: prior, leftPrior: prior, rightPrior: prior)
            guard let table = RelativesTable(model, comparisons) else { return }
            let before = counts.pairs
            counts = expectation(
                suspects, pairs.vectors.cells, table, shift: Float(log2(before / matches)))
            if abs(counts.pairs - before) <= 0.002 * before { break }
        }
    }

    private func suspects(
        _ known: Set<Int>, _ pairs: Estimation.Pairs, _ model: FittedModel
    ) -> [Suspect] {
        let width = comparisons.count
        let weights = WeightTable(model, comparisons)
        let shift = Float(log2(model.prior / (1 - model.prior)))
        let contending = pairs.contending ?? pairs.pairs.indices.map { UInt32($0) }
        let counted = pairs.counted ?? contending.indices.map { UInt32($0) }
        return Parallel.map(count: counted.count, chunk: 65536, threads: threads) { range in
            pairs.vectors.cells.withUnsafeBufferPointer { cells in
                range.compactMap { place -> Suspect? in
                    let index = Int(contending[Int(counted[place])])
                    let start = index * width
                    if let label = pairs.labels[index] {
                        let isKnown = label < 0.5 && known.contains(index)
                        return isKnown ? Suspect(start: start, bits: nil) : nil
                    }
                    let bits = weights.weight(cells[start..<start + width]) + shift
                    return bits > Self.leastBits ? Suspect(start: start, bits: bits) : nil
                }
            }
        }.flatMap { $0 }
    }

    /// How many relatives are expected, and on which levels.
    private func expectation(
        _ suspects: [Suspect], _ cells: [UInt16], _ table: RelativesTable, shift: Float
    ) -> Counts {
        let width = comparisons.count
        let parts = Parallel.map(count: suspects.count, chunk: 8192, threads: threads) { range in
            var counts = Counts(comparisons)
            cells.withUnsafeBufferPointer { cells in
                for suspect in suspects[range] {
                    let own = cells[suspect.start..<suspect.start + width]
                    guard let bits = suspect.bits else {
                        counts.add(own, 1)
                        continue
                    }
                    let match = exp2(Double(min(60, bits)))
                    let relatives = match * exp2(Double(min(60, table.surplus(own) + shift)))
                    let probability = relatives / (1 + match + relatives)
                    if probability > 1e-4 { counts.add(own, probability) }
                }
            }
            return counts
        }
        return parts.reduce(into: Counts(comparisons)) { $0.add($1) }
    }

    /// Sums over pairs, by comparison and level.
    private struct Counts: Sendable {
        var pairs = 0.0
        var levels: [[Double]]

        init(_ comparisons: [any PreparedComparison]) {
            levels = comparisons.map { [Double](repeating: 0, count: $0.levels.count) }
        }

        mutating func add(
            _ cells: UnsafeBufferPointer<UInt16>.SubSequence, _ probability: Double
        ) {
            pairs += probability
            for (index, cell) in cells.enumerated() {
                let level = Int(cell >> 8)
                if level < levels[index].count { levels[index][level] += probability }
            }
        }

        mutating func add(_ other: Counts) {
            pairs += other.pairs
            for index in levels.indices {
                for level in levels[index].indices {
                    levels[index][level] += other.levels[index][level]
                }
            }
        }
    }

    private func shares(_ counts: Counts) -> [[Double]] {
        comparisons.enumerated().map { index, comparison in
            let (schemes, counted) = (comparison.levels, counts.levels[index])
            return schemes.indices.map { level in
                let group = schemes.indices.filter { schemes[$0].group == schemes[level].group }
                let sum = group.reduce(0) { $0 + counted[$1] }
                return (counted[level] + Self.priorPairs / Double(group.count))
                    / (sum + Self.priorPairs)
            }
        }
    }
}
