internal import Foundation

/// Learns what relatives look like, as a third class beside matches and pairs at random.
///
/// It starts from pairs that keys tell apart although they share another key, as branches do: their
/// label is known. Pairs without such keys are added as far as they look like them, by expectation
/// maximisation; what a level is worth against pairs at random is held.
struct RelativesEstimation {
    let comparisons: [any PreparedComparison]
    /// Tells relatives where keys do not; `nil` where keys do, or where nothing can.
    let addresses: ConfirmedAddresses?
    let threads: Int

    /// So many known relatives tell what relatives look like.
    private static let fewestKnown = 30
    /// How many pairs an even distribution over the levels weighs.
    private static let priorPairs = 10.0
    private static let mostIterations = 15
    /// Pairs of lower log odds to match are no matter, whatever else they are.
    private static let leastBits: Float = -12

    /// Adds relatives to a model, where enough are known.
    ///
    /// - Parameters:
    ///   - pairs: What the model was learnt from.
    ///   - model: The model; what it knows of matches is not changed.
    func learn(_ pairs: Estimation.Pairs, _ model: inout FittedModel) {
        guard
            addresses != nil
                || pairs.classes.count(where: { $0 == .relatives }) >= Self.fewestKnown
        else { return }
        let suspects = suspects(pairs, model)
        let known = suspects.count { $0.known == .relatives || $0.isLikely }
        guard known >= Self.fewestKnown else { return }
        // At first only what is known to be of relatives is, and all else that is likely matches.
        var counts = expectation(suspects, pairs.vectors.cells, nil, shift: -.infinity)
        let possible = pairs.possible * pairs.share
        for _ in 1...Self.mostIterations {
            let prior = min(0.5, counts.relatives.pairs / possible)
            let relatives = Relatives(
                levelBits: levelBits(counts), prior: prior, leftPrior: prior, rightPrior: prior)
            model.relatives = relatives
            let before = counts.relatives.pairs
            counts = expectation(
                suspects, pairs.vectors.cells, RelativesTable(relatives),
                shift: Float(log2(before / max(1, counts.matches.pairs))))
            if abs(counts.relatives.pairs - before) <= 0.002 * before { break }
        }
    }

    /// A pair that may be one of relatives.
    private struct Suspect: Sendable {
        /// Where its cells begin.
        var start: Int
        /// Log odds of a match against pairs at random.
        var bits: Float
        var known: Estimation.PairClass
        /// Whether it is taken for relatives at first.
        var isLikely = false
    }

    private func suspects(_ pairs: Estimation.Pairs, _ model: FittedModel) -> [Suspect] {
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
                    let known = pairs.classes[index]
                    guard known != .apart else { return nil }
                    let own = cells[start..<start + width]
                    let bits = weights.weight(own) + shift
                    guard known == .relatives || bits > Self.leastBits else { return nil }
                    var suspect = Suspect(start: start, bits: bits, known: known)
                    if known == .unknown, bits > 0, let addresses {
                        let pair = pairs.pairs[index]
                        suspect.isLikely = addresses.areApart(
                            Int(pair >> 32), Int(pair & 0xFFFF_FFFF), own)
                    }
                    return suspect
                }
            }
        }.flatMap { $0 }
    }

    /// How many matches and relatives are expected, and on which levels.
    private func expectation(
        _ suspects: [Suspect], _ cells: [UInt16], _ table: RelativesTable?, shift: Float
    ) -> Counts {
        let width = comparisons.count
        let parts = Parallel.map(count: suspects.count, chunk: 8192, threads: threads) { range in
            var counts = Counts(comparisons)
            cells.withUnsafeBufferPointer { cells in
                for suspect in suspects[range] {
                    let own = cells[suspect.start..<suspect.start + width]
                    switch suspect.known {
                    case .match: counts.matches.add(own, 1)
                    case .relatives: counts.relatives.add(own, 1)
                    case .unknown where table == nil && suspect.isLikely:
                        counts.relatives.add(own, 1)
                    case .unknown, .apart:
                        let match = exp2(Double(min(60, suspect.bits)))
                        let surplus = (table?.surplus(own) ?? 0) + shift
                        let relatives = match * exp2(Double(min(60, surplus)))
                        counts.matches.add(own, match / (1 + match + relatives))
                        counts.relatives.add(own, relatives / (1 + match + relatives))
                    }
                }
            }
            return counts
        }
        return parts.reduce(into: Counts(comparisons)) { sum, part in
            sum.matches.add(part.matches)
            sum.relatives.add(part.relatives)
        }
    }

    private struct Counts: Sendable {
        var matches: LevelCounts
        var relatives: LevelCounts

        init(_ comparisons: [any PreparedComparison]) {
            matches = LevelCounts(comparisons)
            relatives = matches
        }
    }

    private func levelBits(_ counts: Counts) -> [[Double]] {
        comparisons.enumerated().map { index, comparison in
            let schemes = comparison.levels
            return schemes.indices.map { level in
                let group = schemes.indices.filter { schemes[$0].group == schemes[level].group }
                func share(_ counts: LevelCounts) -> Double {
                    let counted = counts.levels[index]
                    let sum = group.reduce(0) { $0 + counted[$1] }
                    return (counted[level] + Self.priorPairs / Double(group.count))
                        / (sum + Self.priorPairs)
                }
                return log2(share(counts.relatives) / share(counts.matches))
            }
        }
    }
}

/// Expected pairs, by comparison and level.
private struct LevelCounts: Sendable {
    var pairs = 0.0
    var levels: [[Double]]

    init(_ comparisons: [any PreparedComparison]) {
        levels = comparisons.map { [Double](repeating: 0, count: $0.levels.count) }
    }

    mutating func add(_ cells: UnsafeBufferPointer<UInt16>.SubSequence, _ probability: Double) {
        guard probability > 1e-4 else { return }
        pairs += probability
        for (index, cell) in cells.enumerated() {
            let level = Int(cell >> 8)
            if level < levels[index].count { levels[index][level] += probability }
        }
    }

    mutating func add(_ other: LevelCounts) {
        pairs += other.pairs
        for index in levels.indices {
            for level in levels[index].indices {
                levels[index][level] += other.levels[index][level]
            }
        }
    }
}
