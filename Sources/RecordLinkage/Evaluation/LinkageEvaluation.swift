public import Records

/// How good a run was, told from pairs that are known to be the same thing.
///
/// Only measured here: nothing of the truth reaches the engine.
public struct LinkageEvaluation: Hashable, Sendable {
    /// Pairs of one zone and how many of them are right.
    public struct Share: Hashable, Sendable {
        /// How many pairs there are.
        public var count = 0
        /// How many of them are true.
        public var right = 0

        /// The share that is true; 1 where there is none.
        public var precision: Double { count == 0 ? 1 : Double(right) / Double(count) }
    }

    /// Compared pairs of about one probability, and what became of what it promised.
    public struct Bin: Hashable, Sendable {
        /// From which probability, included.
        public var from: Double
        /// Up to which, excluded but for the last.
        public var to: Double
        /// How many pairs, and how many of them are true.
        public var pairs = Share()
        /// The sum of their probabilities.
        public var promised = 0.0
    }

    /// Which of the true pairs a blocking rule brings together.
    public struct RuleRecall: Hashable, Sendable {
        /// The rule's name.
        public var rule: String
        /// True pairs that share one of its keys.
        public var sharing = 0
        /// Those of them whose key is not too frequent.
        public var found = 0
        /// Those of them that no other rule finds.
        public var alone = 0
    }

    /// True pairs both of whose records are there.
    public var truePairs = 0
    /// True pairs that were compared.
    public var comparedPairs = 0
    /// All links.
    public var links = Share()
    /// Links that stand by themselves.
    public var matchZone = Share()
    /// Links for review.
    public var reviewZone = Share()
    /// Pairs that just missed, for review.
    public var justMissed = Share()
    /// Compared pairs by their probability.
    public var reliability: [Bin] = []
    /// The blocking rules.
    public var rules: [RuleRecall] = []

    /// The share of true pairs that are linked.
    public var recall: Double {
        truePairs == 0 ? 1 : Double(links.right) / Double(truePairs)
    }

    /// The harmonic mean of precision and recall.
    public var f1: Double {
        let sum = links.precision + recall
        return sum == 0 ? 0 : 2 * links.precision * recall / sum
    }

    /// The mean distance between what was promised and what is true, weighed by pairs.
    public var calibrationError: Double {
        let all = reliability.reduce(0) { $0 + $1.pairs.count }
        guard all > 0 else { return 0 }
        return reliability.reduce(0) { $0 + abs($1.promised - Double($1.pairs.right)) }
            / Double(all)
    }
}

extension LinkageExplainer {
    /// Measures a run against pairs that are known to be the same thing.
    ///
    /// - Parameters:
    ///   - result: The run.
    ///   - truth: Every pair of a left and a right record that is one thing, duplicates included.
    /// - Returns: What was measured; pairs of unknown records are left out.
    /// - Complexity: O(records) for each blocking rule.
    public func evaluate(
        _ result: LinkageResult, truth: [(left: RecordID, right: RecordID)]
    ) -> LinkageEvaluation {
        let records = solution.prepared.records
        var pairs = Set<UInt64>()
        for (left, right) in truth {
            guard let first = records.find(left, on: .left),
                let second = records.find(right, on: .right)
            else { continue }
            pairs.insert(KeyDecisions.pair(first, second))
        }
        func isTrue(_ left: RecordID, _ right: RecordID) -> Bool {
            guard let first = records.find(left, on: .left),
                let second = records.find(right, on: .right)
            else { return false }
            return pairs.contains(KeyDecisions.pair(first, second))
        }
        var evaluation = LinkageEvaluation()
        evaluation.truePairs = pairs.count
        evaluation.comparedPairs = pairs.count { solution.candidates.contains($0) }
        let doubted = Set(result.review.filter { $0.doubt != .justMissed }.map(Pair.init))
        for link in result.links {
            let isRight = isTrue(link.left, link.right)
            evaluation.links.add(isRight)
            if doubted.contains(Pair(link)) {
                evaluation.reviewZone.add(isRight)
            } else {
                evaluation.matchZone.add(isRight)
            }
        }
        for pair in result.review where pair.doubt == .justMissed {
            evaluation.justMissed.add(isTrue(pair.left, pair.right))
        }
        evaluation.reliability = reliability(pairs)
        evaluation.rules = solution.candidates.recall(pairs.sorted(), solution.prepared)
        return evaluation
    }

    private struct Pair: Hashable {
        let left: RecordID
        let right: RecordID

        init(_ link: Link) { (left, right) = (link.left, link.right) }
        init(_ pair: ReviewPair) { (left, right) = (pair.left, pair.right) }
    }

    /// Tenths of probability, the last one divided further: there are most pairs in it.
    private static let borders = [
        0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99, 0.999, 1,
    ]

    private func reliability(_ truth: Set<UInt64>) -> [LinkageEvaluation.Bin] {
        var bins = zip(Self.borders, Self.borders.dropFirst()).map {
            LinkageEvaluation.Bin(from: $0, to: $1)
        }
        let boundary = UInt64(solution.prepared.records.leftCount)
        let width = solution.prepared.comparisons.count
        solution.vectors.cells.withUnsafeBufferPointer { cells in
            for (index, pair) in solution.candidates.pairs.enumerated()
            where pair >> 32 < boundary && pair & 0xFFFF_FFFF >= boundary {
                let (first, second) = (Int(pair >> 32), Int(pair & 0xFFFF_FFFF))
                let verdict = solution.judge(
                    first, second, cells[index * width..<(index + 1) * width])
                let probability = LinkageSolution.probability(
                    verdict.bits + grouping.competitionBits(first, second, verdict))
                let bin = (bins.lastIndex { $0.from <= probability }) ?? 0
                bins[bin].pairs.add(truth.contains(pair))
                bins[bin].promised += probability
            }
        }
        return bins
    }
}

extension LinkageEvaluation.Share {
    fileprivate mutating func add(_ isRight: Bool) {
        count += 1
        if isRight { right += 1 }
    }
}
