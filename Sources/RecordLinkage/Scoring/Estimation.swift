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
        /// What keys know of each pair, by its place: more than the labels, as pairs that a rule
        /// decides are for the model to learn from.
        var classes: [PairClass] = []
        /// How many pairs of records there are in all.
        var possible: Double
        /// How many matches there can be when nothing is doubled.
        var mostMatches: Double
        /// The places of the pairs that contend: those across the sides; `nil` when all do.
        var contending: [UInt32]?
        /// The places, among the contending ones, of the pairs that are counted; `nil` for all.
        ///
        /// A sample of all pairs of some records tells the shares as well as millions of pairs do.
        var counted: [UInt32]?
        /// The share that the counted pairs are of all that contend.
        var share = 1.0
        /// Whether only the counted pairs and their rivals are here.
        var isSample = false
    }

    /// What keys or persons know of a pair.
    enum PairClass: UInt8, Sendable {
        case unknown, match, relatives, apart
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
        let labelled = labelled(pairs)
        for iteration in 1...options.mostIterations {
            let weights = WeightTable(model, comparisons)
            let probabilities = expectation(pairs, labelled, weights, prior: model.prior)
            let other = nonMatches(random, weights, prior: model.prior)
            model = maximization(pairs, probabilities, random, other, model)
            model.iterations = iteration
            let matches = probabilities.matches
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
                    let isLast =
                        index + 1 == levels.count || levels[index + 1].group != scheme.group
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

    /// The places, among the contending pairs, of those whose label is known.
    private func labelled(_ pairs: Pairs) -> [(place: Int, isMatch: Bool)] {
        guard let contending = pairs.contending else {
            return pairs.labels.map { ($0.key, $0.value > 0.5) }
        }
        // Both in order: no label is looked for twice.
        var labelled: [(place: Int, isMatch: Bool)] = []
        var place = 0
        for (index, label) in pairs.labels.sorted(by: { $0.key < $1.key }) {
            while place < contending.count, contending[place] < index { place += 1 }
            guard place < contending.count, contending[place] == index else { continue }
            labelled.append((place, label > 0.5))
        }
        return labelled
    }

    private func expectation(
        _ pairs: Pairs, _ labelled: [(place: Int, isMatch: Bool)], _ weights: WeightTable,
        prior: Double
    ) -> Beliefs {
        let shift = Float(log2(prior / (1 - prior)))
        let width = comparisons.count
        let contending = pairs.contending ?? (0..<pairs.pairs.count).map { UInt32($0) }
        var odds: [Float] = pairs.vectors.cells.withUnsafeBufferPointer { cells in
            // Sendable because it is only read while this call lasts.
            nonisolated(unsafe) let cells = cells
            return Parallel.array(
                count: contending.count, chunk: 65536, threads: options.threads
            ) { range, odds in
                for place in range {
                    let start = Int(contending[place]) * width
                    let bits = weights.weight(cells[start..<start + width]) + shift
                    // Less than one in a million million changes no sum.
                    odds[place - range.lowerBound] = bits < -40 ? 0 : exp2(min(60, bits))
                }
            }
        }
        for (place, isMatch) in labelled { odds[place] = isMatch ? exp2(60) : 0 }
        var sums = [Double](repeating: 0, count: recordCount)
        for (place, index) in contending.enumerated() where odds[place] > 0 {
            let (pair, odd) = (pairs.pairs[Int(index)], Double(odds[place]))
            sums[Int(pair >> 32)] += odd
            sums[Int(pair & 0xFFFF_FFFF)] += odd
        }
        let (known, totals) = (odds, sums)
        let matching: [Double] = Parallel.array(
            count: contending.count, chunk: 65536, threads: options.threads
        ) { range, matching in
            for place in range {
                let odd = Double(known[place])
                let pair = pairs.pairs[Int(contending[place])]
                let rivals = max(totals[Int(pair >> 32)], totals[Int(pair & 0xFFFF_FFFF)])
                matching[place - range.lowerBound] = odd > 0 ? odd / (1 + rivals) : 0
            }
        }
        var beliefs = Beliefs(places: [], matching: [], others: [], matches: 0)
        let counted = pairs.counted ?? (0..<contending.count).map { UInt32($0) }
        beliefs.places.reserveCapacity(counted.count)
        beliefs.matching.reserveCapacity(counted.count)
        beliefs.others.reserveCapacity(counted.count)
        for place in counted {
            let other = 1 / (1 + Double(odds[Int(place)]))
            beliefs.places.append(contending[Int(place)])
            beliefs.matching.append(matching[Int(place)])
            beliefs.others.append(other * other)
        }
        beliefs.matches =
            pairs.isSample
            ? beliefs.matching.reduce(0, +) / pairs.share : matching.reduce(0, +)
        return beliefs
    }

    /// How probable each counted pair is to match in competition with its rivals, and how surely
    /// it does not match on its own evidence.
    ///
    /// Duplicates lose the competition but are no others. Doubt is squared for the others: the
    /// small doubts about a thousand matches are not ten non-matches, and would make themselves
    /// true from round to round.
    struct Beliefs: Sendable {
        /// Which pairs they are, by their place among all.
        var places: [UInt32]
        var matching: [Double]
        var others: [Double]
        /// Matches expected among all contending pairs.
        var matches: Double
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
}
