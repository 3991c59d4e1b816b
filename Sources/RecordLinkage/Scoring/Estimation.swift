import Foundation
internal import Records

/// Learns m, u and the prior by expectation maximisation, after Fellegi and Sunter.
///
/// Matches are looked for among the candidate pairs; what non-matches look like is learnt from
/// random pairs, so that the choice of candidates does not colour it. Known pairs (explicit ids,
/// verdicts, rules) keep their labels. In the expectation step a record's candidates compete: at
/// most one of them can be the match, which keeps frequent values from passing for matches and the
/// two classes from changing places.
struct Estimation {
    /// Pairs to learn from.
    struct Pairs {
        var pairs: [UInt64]
        var vectors: PairVectors
        /// 1 for known matches, 0 for known non-matches, `nil` elsewhere; by the pair's place.
        var labels: [Int: Double]
        /// How many pairs of records there are in all.
        var possible: Double
        /// How many matches there can be when nothing is doubled.
        var mostMatches: Double
    }

    let comparisons: [any PreparedComparison]
    let recordCount: Int
    let options: LinkageOptions
    /// Comparisons whose own values are blocked on: their rare levels are all among candidates.
    let isBlocked: [Bool]

    /// Learns from candidate pairs and random pairs.
    func fit(_ pairs: Pairs, random: PairVectors) -> FittedModel {
        var model = start(pairs)
        var previous = -1.0
        for iteration in 1...options.mostIterations {
            let weights = WeightTable(model, comparisons)
            let probabilities = expectation(pairs, weights, prior: model.prior)
            let other = nonMatches(random, weights, prior: model.prior)
            model = maximization(pairs, probabilities, random, other, model)
            model.iterations = iteration
            let matches = probabilities.reduce(0, +)
            if abs(matches - previous) <= 1e-4 * max(1, matches) {
                model.hasConverged = true
                break
            }
            previous = matches
        }
        return model
    }

    /// The expected shares before anything is learnt; u from the other extreme.
    private func start(_ pairs: Pairs) -> FittedModel {
        let learnt = comparisons.map { comparison in
            let levels = comparison.levels
            let count = Double(levels.count)
            return FittedModel.Comparison(
                name: comparison.name,
                levels: levels.enumerated().map { index, scheme in
                    let isLast = index + 1 == levels.count || levels[index + 1].group != scheme.group
                    let u = isLast ? 0.9 : 0.1 * pow(0.2, count - Double(index))
                    return FittedModel.Level(
                        name: scheme.name, m: scheme.expected, u: u,
                        weightBits: log2(scheme.expected / u), averageInformation: nil, pairs: 0)
                })
        }
        let prior = 0.5 * pairs.mostMatches / max(1, pairs.possible)
        return FittedModel(
            comparisons: learnt, prior: prior, leftPrior: prior, rightPrior: prior, iterations: 0,
            hasConverged: false, seed: options.seed)
    }

    // MARK: Expectation

    private func expectation(_ pairs: Pairs, _ weights: WeightTable, prior: Double) -> [Double] {
        let shift = log2(prior / (1 - prior))
        let width = comparisons.count
        let cells = pairs.vectors.cells
        let chunks = Parallel.map(
            count: pairs.pairs.count, chunk: 65536, threads: options.threads
        ) { range in
            cells.withUnsafeBufferPointer { cells in
                range.map { index -> Double in
                    let weight = weights.weight(cells[index * width..<(index + 1) * width])
                    return exp2(min(60, max(-60, Double(weight) + shift)))
                }
            }
        }
        var odds = Array(chunks.joined())
        for (index, label) in pairs.labels { odds[index] = label > 0.5 ? exp2(60) : 0 }
        var sums = [Double](repeating: 0, count: recordCount)
        for (pair, odd) in zip(pairs.pairs, odds) {
            sums[Int(pair >> 32)] += odd
            sums[Int(pair & 0xFFFF_FFFF)] += odd
        }
        for (index, pair) in pairs.pairs.enumerated() {
            let rivals = max(sums[Int(pair >> 32)], sums[Int(pair & 0xFFFF_FFFF)])
            odds[index] /= 1 + rivals
        }
        return odds
    }

    /// How probable it is that each random pair is not a match.
    private func nonMatches(
        _ random: PairVectors, _ weights: WeightTable, prior: Double
    ) -> [Double] {
        let shift = Float(log2(prior / (1 - prior)))
        let width = comparisons.count
        guard width > 0 else { return [] }
        return random.cells.withUnsafeBufferPointer { cells in
            (0..<cells.count / width).map { index in
                let weight = weights.weight(cells[index * width..<(index + 1) * width]) + shift
                return weight < -20 ? 1 : 1 / (1 + exp2(min(60, Double(weight))))
            }
        }
    }

    // MARK: Maximization

    /// What stands on each level of one comparison.
    private struct Tally: Sendable {
        var match: [Double]
        var surprise: [Double]
        var candidate: [Double]
        var count: [Int]
        var random: [Double]

        init(_ levels: Int) {
            match = .init(repeating: 0, count: levels)
            surprise = match
            candidate = match
            random = match
            count = .init(repeating: 0, count: levels)
        }

        /// Counts candidate pairs by how probably they match.
        mutating func add(
            _ cells: [UInt16], _ width: Int, _ comparison: Int, _ probabilities: [Double]
        ) {
            let levels = count.count
            var place = comparison
            for probability in probabilities {
                let cell = cells[place]
                place += width
                let level = Int(cell >> 8)
                guard level < levels else { continue }
                match[level] += probability
                candidate[level] += 1 - probability
                count[level] += 1
                surprise[level] += probability * Self.surprises[Int(cell & 0xFF)]
            }
        }

        /// Counts random pairs by how probably they do not.
        mutating func add(
            random cells: [UInt16], _ width: Int, _ comparison: Int, _ probabilities: [Double]
        ) {
            let levels = count.count
            var place = comparison
            for probability in probabilities {
                let level = Int(cells[place] >> 8)
                place += width
                if level < levels { random[level] += probability }
            }
        }

        /// The probability of a coincidence by its information; none where it is not measured.
        private static let surprises: [Double] = (0..<256).map {
            $0 == 255 ? 0 : exp2(-Double($0) / 8)
        }
    }

    private func maximization(
        _ pairs: Pairs, _ probabilities: [Double], _ random: PairVectors, _ other: [Double],
        _ model: FittedModel
    ) -> FittedModel {
        var learnt = model
        let width = comparisons.count
        let cells = pairs.vectors.cells
        let tallies = Parallel.map(count: width, chunk: 1, threads: options.threads) { range in
            var tally = Tally(comparisons[range.lowerBound].levels.count)
            tally.add(cells, width, range.lowerBound, probabilities)
            tally.add(random: random.cells, width, range.lowerBound, other)
            return tally
        }
        for (index, comparison) in comparisons.enumerated() {
            learnt.comparisons[index].levels = levels(
                comparison, tallies[index], isBlocked: isBlocked[index],
                possible: pairs.possible, sample: Double(other.count))
        }
        let matches = probabilities.reduce(0, +)
        learnt.prior = min(0.5, max(1, matches) / max(2, pairs.possible))
        return learnt
    }

    /// How many pairs the shares expected beforehand weigh.
    private static let priorPairs = 10.0
    /// So many random pairs on a level give its share well enough.
    private static let enoughPairs = 20.0

    private func levels(
        _ comparison: any PreparedComparison, _ tally: Tally, isBlocked: Bool, possible: Double,
        sample: Double
    ) -> [FittedModel.Level] {
        let schemes = comparison.levels
        var levels: [FittedModel.Level] = []
        for (index, scheme) in schemes.enumerated() {
            let group = schemes.indices.filter { schemes[$0].group == scheme.group }
            let expected = group.reduce(0) { $0 + schemes[$1].expected }
            let matches = group.reduce(0) { $0 + tally.match[$1] }
            let m =
                (tally.match[index] + Self.priorPairs * scheme.expected / expected)
                / (matches + Self.priorPairs)
            let drawn = max(1, group.reduce(0) { $0 + tally.random[$1] })
            var u = (tally.random[index] + 0.5) / (drawn + 0.5 * Double(group.count))
            if tally.random[index] < Self.enoughPairs, isBlocked {
                let inGroup = possible * drawn / max(1, sample)
                u = min(u, (tally.candidate[index] + 0.5) / max(1, inGroup))
            }
            var average: Double?
            if tally.surprise[index] > 0 {
                average = -log2(tally.surprise[index] / tally.match[index])
            }
            let weight = scheme.isExact && average != nil ? log2(m) + (average ?? 0) : log2(m / u)
            levels.append(
                FittedModel.Level(
                    name: scheme.name, m: m, u: u, weightBits: weight,
                    averageInformation: average, pairs: tally.count[index]))
        }
        keepOrder(&levels, schemes)
        return levels
    }

    /// A weaker agreement never speaks louder than a stronger one of the same group.
    private func keepOrder(_ levels: inout [FittedModel.Level], _ schemes: [LevelScheme]) {
        for index in levels.indices.dropFirst()
        where schemes[index].group == schemes[index - 1].group {
            levels[index].weightBits = min(
                levels[index].weightBits, levels[index - 1].weightBits)
        }
    }
}
