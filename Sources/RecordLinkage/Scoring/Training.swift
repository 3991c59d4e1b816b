internal import Foundation
internal import Records

/// Chooses what the model learns from, and learns the priors of the three kinds of pairs.
struct Training {
    let prepared: PreparedLinkage
    let candidates: CandidatePairs
    let vectors: PairVectors
    let keys: KeyDecisions
    let options: LinkageOptions

    init(
        _ prepared: PreparedLinkage, _ candidates: CandidatePairs, _ vectors: PairVectors,
        _ keys: KeyDecisions, _ options: LinkageOptions
    ) {
        self.prepared = prepared
        self.candidates = candidates
        self.vectors = vectors
        self.keys = keys
        self.options = options
    }

    /// Whether there is only one source.
    private var isSingle: Bool { prepared.records.rightCount == 0 }

    /// How many pairs of records there are: across the sides, or within the only one.
    var possiblePairs: Double {
        let records = prepared.records
        let (left, right) = (Double(records.leftCount), Double(records.rightCount))
        return isSingle ? left * (left - 1) / 2 : left * right
    }

    func fit() -> FittedModel {
        let records = prepared.records
        let (left, right) = (Double(records.leftCount), Double(records.rightCount))
        let possible = possiblePairs
        let estimation = Estimation(
            comparisons: prepared.comparisons, recordCount: records.count, options: options,
            isBlocked: isBlocked())
        let random = PairVectors(randomPairs(), prepared, threads: options.threads)
        let most = isSingle ? left / 4 : min(left, right)
        var model = estimation.fit(
            learningPairs(possible: possible, mostMatches: most), random: random)
        fitSidePriors(&model)
        (model.leftRecords, model.rightRecords) = (records.leftCount, records.rightCount)
        return model
    }

    /// Comparisons one of whose fields is blocked on by itself.
    private func isBlocked() -> [Bool] {
        prepared.comparedFields.map { fields in
            prepared.blocking.contains {
                $0.rule.keys.count == 1 && fields.contains($0.rule.keys[0].field)
            }
        }
    }

    /// About so many pairs are counted; the others only contend.
    private static let mostCounted = 200_000

    /// Pairs across the sides, or within the only one.
    private func learningPairs(possible: Double, mostMatches: Double) -> Estimation.Pairs {
        let boundary = UInt64(prepared.records.leftCount)
        struct Part: Sendable {
            var labels: [(Int, Double)] = []
            var contending: [UInt32] = []
        }
        let parts = Parallel.map(
            count: candidates.pairs.count, chunk: 65536, threads: options.threads
        ) { range in
            var part = Part()
            for index in range {
                let pair = candidates.pairs[index]
                let crosses = pair >> 32 < boundary && pair & 0xFFFF_FFFF >= boundary
                guard crosses || isSingle else { continue }
                switch keys.decision(
                    Int(pair >> 32), Int(pair & 0xFFFF_FFFF), otherWeights: { _ in [] })
                {
                case .verdict(let isSame): part.labels.append((index, isSame ? 1 : 0))
                case .explicit: part.labels.append((index, 1))
                case .distinct: part.labels.append((index, 0))
                case .rule, nil: break
                }
                part.contending.append(UInt32(index))
            }
            return part
        }
        let contending = parts.flatMap(\.contending)
        let labels = Dictionary(uniqueKeysWithValues: parts.lazy.flatMap(\.labels))
        var pairs = Estimation.Pairs(
            pairs: candidates.pairs, vectors: vectors, labels: labels, possible: possible,
            mostMatches: mostMatches, contending: contending)
        if contending.count > Self.mostCounted { sample(&pairs, contending) }
        return pairs
    }

    /// Chooses all pairs of some records, by a hash of their ids.
    private func sample(_ pairs: inout Estimation.Pairs, _ contending: [UInt32]) {
        let share = Double(Self.mostCounted) / Double(contending.count)
        let most = UInt64(share * Double(UInt32.max))
        var (counted, last, isChosen) = ([UInt32](), UInt64.max, false)
        for (place, index) in contending.enumerated() {
            let first = pairs.pairs[Int(index)] >> 32
            if first != last {
                let id = prepared.records.id(Int(first))
                isChosen = StableHash.of(id, seed: options.seed) >> 32 < most
                last = first
            }
            if isChosen { counted.append(UInt32(place)) }
        }
        guard !counted.isEmpty else { return }
        pairs.share = Double(counted.count) / Double(contending.count)
        pairs.counted = counted
    }

    /// Random pairs by a seeded sequence; the same for the same sizes and seed.
    private func randomPairs() -> [UInt64] {
        let records = prepared.records
        guard records.count > 1 else { return [] }
        let (left, right) = (UInt64(records.leftCount), UInt64(records.rightCount))
        var pairs: [UInt64] = []
        pairs.reserveCapacity(options.randomPairs)
        guard isSingle || (left > 0 && right > 0) else { return [] }
        for index in 0..<UInt64(options.randomPairs) {
            let first = StableHash.of(options.seed, index << 1) % left
            var second = StableHash.of(options.seed, index << 1 | 1) % (isSingle ? left : right)
            if !isSingle { second += left }
            if first != second { pairs.append(min(first, second) << 32 | max(first, second)) }
        }
        return pairs
    }

    /// How probable duplicates are within each side: the same evidence, another prior.
    private func fitSidePriors(_ model: inout FittedModel) {
        guard !isSingle else {
            model.leftPrior = model.prior
            model.rightPrior = model.prior
            return
        }
        let weights = WeightTable(model, prepared.comparisons)
        let boundary = UInt64(prepared.records.leftCount)
        model.leftPrior = sidePrior(weights, Double(prepared.records.leftCount)) { pair in
            pair & 0xFFFF_FFFF < boundary
        }
        model.rightPrior = sidePrior(weights, Double(prepared.records.rightCount)) { pair in
            pair >> 32 >= boundary
        }
    }

    private func sidePrior(
        _ weights: WeightTable, _ count: Double, where isWithin: @Sendable (UInt64) -> Bool
    ) -> Double {
        let possible = max(1, count * (count - 1) / 2)
        let width = prepared.comparisons.count
        let bits = Parallel.map(
            count: candidates.pairs.count, chunk: 65536, threads: options.threads
        ) { range in
            var bits: [Float] = []
            vectors.cells.withUnsafeBufferPointer { cells in
                for index in range {
                    let pair = candidates.pairs[index]
                    guard isWithin(pair) else { continue }
                    let weight = weights.weight(cells[index * width..<(index + 1) * width])
                    // A pair against which all speaks adds nothing to what is expected.
                    guard weight > 0 else { continue }
                    switch keys.decision(
                        Int(pair >> 32), Int(pair & 0xFFFF_FFFF), otherWeights: { _ in [] })
                    {
                    case .distinct, .verdict: continue
                    default: bits.append(weight)
                    }
                }
            }
            return bits
        }.flatMap { $0 }
        var prior = 0.02 * count / possible
        for _ in 0..<10 {
            let shift = Float(log2(prior / (1 - prior)))
            let expected = bits.reduce(0.0) {
                $0 + Double(1 / (1 + exp2(min(60, max(-60, -$1 - shift)))))
            }
            // Never none: a source without duplicates today may have one tomorrow.
            prior = min(0.25 * count, max(0.5, expected)) / possible
        }
        return min(0.5, prior)
    }
}

extension PairVectors {
    init(cells: [UInt16], width: Int) {
        self.cells = cells
        self.width = width
    }
}
