import Foundation
internal import Records

extension Estimation {
    /// Learns the shares of all levels from how probable each pair is to match.
    func maximization(
        _ pairs: Pairs, _ beliefs: Beliefs, _ random: PairVectors, _ other: [Double],
        _ model: FittedModel
    ) -> FittedModel {
        var learnt = model
        let width = comparisons.count
        let cells = pairs.vectors.cells
        let context = NameContext(comparisons)
        let tallies = Parallel.map(count: width, chunk: 1, threads: options.threads) { range in
            let index = range.lowerBound
            var tallies = Tallies(comparisons[index].levels.count)
            tallies.add(cells, width, index, beliefs, context, times: 1 / pairs.share)
            tallies.add(random: random.cells, width, index, other)
            return tallies
        }
        for (index, comparison) in comparisons.enumerated() {
            let tally = tallies[index]
            let scale = Scale(possible: pairs.possible, sample: Double(other.count))
            let levels = levels(
                comparison, tally, isBlocked: isBlocked[index], scale: scale)
            learnt.comparisons[index].levels = levels
            if context.root != nil, context.root != index {
                learnt.comparisons[index].levelsGivenName = levelsGivenName(
                    comparison, tally.given, outside: levels)
            }
        }
        learnt.prior = min(0.5, max(1, beliefs.matches) / max(2, pairs.possible))
        return learnt
    }

    /// How many pairs there are, and how many random ones were drawn.
    private struct Scale {
        var possible: Double
        var sample: Double
    }

    /// How many pairs the shares expected beforehand weigh.
    private static let priorPairs = 10.0
    /// So many random pairs on a level give its share well enough.
    private static let enoughPairs = 20.0
    /// How many pairs the shares outside the context weigh within it.
    private static let contextPairs = 20.0

    private func levels(
        _ comparison: any PreparedComparison, _ tallies: Tallies, isBlocked: Bool, scale: Scale
    ) -> [FittedModel.Level] {
        let schemes = comparison.levels
        let tally = tallies.all
        var levels: [FittedModel.Level] = []
        for (index, scheme) in schemes.enumerated() {
            let group = schemes.indices.filter { schemes[$0].group == scheme.group }
            let expected = group.reduce(0) { $0 + schemes[$1].expected }
            let matches = group.reduce(0) { $0 + tally.match[$1] }
            let m =
                (tally.match[index] + Self.priorPairs * scheme.expected / expected)
                / (matches + Self.priorPairs)
            let drawn = max(1, group.reduce(0) { $0 + tallies.random[$1] })
            let inGroup = max(1, scale.possible * drawn / max(1, scale.sample))
            let isRare = tallies.random[index] < Self.enoughPairs && isBlocked
            var u = (tallies.random[index] + 0.5) / (drawn + 0.5 * Double(group.count))
            if isRare { u = min(u, (tally.other[index] + 0.5) / inGroup) }
            var level = level(scheme, tally, index, m: m, u: u)
            if isRare {
                level.rarityCorrections = tally.corrections(
                    index, scheme, level, matches: matches, others: inGroup)
            }
            levels.append(level)
        }
        keepOrder(&levels, schemes)
        return levels
    }

    /// All pairs whose names agree are candidates, so that candidates tell both shares.
    private func levelsGivenName(
        _ comparison: any PreparedComparison, _ tally: Tally, outside: [FittedModel.Level]
    ) -> [FittedModel.Level] {
        let schemes = comparison.levels
        var levels: [FittedModel.Level] = []
        for (index, scheme) in schemes.enumerated() {
            let group = schemes.indices.filter { schemes[$0].group == scheme.group }
            let matches = group.reduce(0) { $0 + tally.match[$1] }
            let others = group.reduce(0) { $0 + tally.other[$1] }
            let m =
                (tally.match[index] + Self.contextPairs * outside[index].m)
                / (matches + Self.contextPairs)
            let u =
                (tally.other[index] + Self.contextPairs * outside[index].u)
                / (others + Self.contextPairs)
            var level = level(scheme, tally, index, m: m, u: u)
            level.rarityCorrections = tally.corrections(
                index, scheme, level, matches: matches, others: others + Self.contextPairs)
            levels.append(level)
        }
        keepOrder(&levels, schemes)
        return levels
    }

    private func level(
        _ scheme: LevelScheme, _ tally: Tally, _ index: Int, m: Double, u: Double
    ) -> FittedModel.Level {
        var average: Double?
        if tally.surprise[index] > 0 {
            average = -log2(tally.surprise[index] / tally.match[index])
        }
        let weight = scheme.isExact ? average.map { log2(m) + $0 } : nil
        return FittedModel.Level(
            name: scheme.name, m: m, u: u, weightBits: weight ?? log2(m / u),
            averageInformation: average, pairs: tally.count[index])
    }

    /// A weaker agreement never speaks louder than a stronger one of the same group: neighbours
    /// that are in the wrong order share the weight of both together.
    private func keepOrder(_ levels: inout [FittedModel.Level], _ schemes: [LevelScheme]) {
        struct Pool {
            var range: Range<Int>
            var m: Double
            var u: Double
            var bits: Double { log2(m / u) }
        }
        var pools: [Pool] = []
        for (index, level) in levels.enumerated() {
            // What an exact agreement is worth follows from its information, as an equivalent u.
            let u = level.m * exp2(-level.weightBits)
            pools.append(Pool(range: index..<index + 1, m: level.m, u: u))
            while pools.count > 1, let last = pools.last,
                schemes[last.range.lowerBound].group
                    == schemes[last.range.lowerBound - 1].group,
                last.bits > pools[pools.count - 2].bits
            {
                pools.removeLast()
                pools[pools.count - 1].range =
                    pools[pools.count - 1].range.lowerBound..<last.range.upperBound
                pools[pools.count - 1].m += last.m
                pools[pools.count - 1].u += last.u
            }
        }
        for pool in pools where pool.range.count > 1 {
            for index in pool.range { levels[index].weightBits = pool.bits }
        }
    }
}
