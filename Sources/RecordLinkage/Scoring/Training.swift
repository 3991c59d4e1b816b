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
    var isSingle: Bool { prepared.records.rightCount == 0 }

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
        let random = PairVectors(
            RandomPairs.of(
                records, count: options.randomPairs, seed: options.seed, threads: options.threads),
            prepared, threads: options.threads)
        let most = isSingle ? left / 4 : min(left, right)
        let pairs = learningPairs(possible: possible, mostMatches: most)
        var model = estimation.fit(pairs, random: random)
        RelativesEstimation(
            comparisons: prepared.comparisons,
            addresses: keys.hasDistinctions || !isSingle ? nil : ConfirmedAddresses(prepared),
            threads: options.threads
        ).learn(pairs, &model)
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
    /// Where more pairs contend, those that are counted and their rivals do: the rounds of a table of any
    /// size then take the same time, and the number of matches is told by a sample of some forty thousand.
    private static let mostContending = 1_000_000

    /// Pairs across the sides, or within the only one.
    private func learningPairs(possible: Double, mostMatches: Double) -> Estimation.Pairs {
        let boundary = UInt64(prepared.records.leftCount)
        let contending = Parallel.map(
            count: candidates.pairs.count, chunk: 65536, threads: options.threads
        ) { range in
            range.compactMap { index -> UInt32? in
                let pair = candidates.pairs[index]
                let crosses = pair >> 32 < boundary && pair & 0xFFFF_FFFF >= boundary
                return crosses || isSingle ? UInt32(index) : nil
            }
        }.flatMap { $0 }
        var pairs = Estimation.Pairs(
            pairs: candidates.pairs, vectors: vectors, labels: [:], possible: possible,
            mostMatches: mostMatches, contending: contending)
        if contending.count > Self.mostCounted { sample(&pairs, contending) }
        label(&pairs)
        return pairs
    }

    /// Says of the pairs that contend what keys and persons know.
    private func label(_ pairs: inout Estimation.Pairs) {
        struct Part: Sendable {
            var labels: [(Int, Double)] = []
            var classes: [Estimation.PairClass] = []
        }
        let contending = pairs.contending ?? []
        let parts = Parallel.map(
            count: contending.count, chunk: 65536, threads: options.threads
        ) { range in
            var part = Part()
            part.classes.reserveCapacity(range.count)
            for index in contending[range].lazy.map(Int.init) {
                let pair = candidates.pairs[index]
                let (first, second) = (Int(pair >> 32), Int(pair & 0xFFFF_FFFF))
                let decision = keys.decision(first, second, otherWeights: { _ in [] })
                switch decision {
                case .verdict(let isSame): part.labels.append((index, isSame ? 1 : 0))
                case .explicit: part.labels.append((index, 1))
                case .distinct: part.labels.append((index, 0))
                case .rule, nil: break
                }
                part.classes.append(keys.pairClass(first, second, decision))
            }
            return part
        }
        pairs.labels = Dictionary(uniqueKeysWithValues: parts.lazy.flatMap(\.labels))
        pairs.classes = .init(repeating: .unknown, count: candidates.pairs.count)
        for (index, known) in zip(contending, parts.lazy.flatMap(\.classes)) {
            pairs.classes[Int(index)] = known
        }
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
        if contending.count > Self.mostContending {
            pairs.leaveOutStrangers(records: prepared.records.count)
        }
    }
}

extension PairVectors {
    init(cells: [UInt16], width: Int) {
        self.cells = cells
        self.width = width
    }
}
