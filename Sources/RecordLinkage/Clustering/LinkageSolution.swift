internal import Foundation
internal import Records

/// A fitted model over prepared records, from which decisions and explanations follow.
///
/// A class, so that threads that judge millions of pairs do not count references to its parts.
final class LinkageSolution: Sendable {
    let definition: LinkageDefinition
    let prepared: PreparedLinkage
    let keys: KeyDecisions
    let candidates: CandidatePairs
    let vectors: PairVectors
    let model: FittedModel
    let learning: LearningOutcome
    let options: LinkageOptions
    let weights: WeightTable
    /// What relatives take from the evidence; `nil` where none are known.
    let relatives: RelativesTable?
    /// What is known of the two sides, where rivals are weighed.
    let sides: Competition.Sides?
    /// How many records have no counterpart, where it is known from the run that taught the model.
    let alone: Competition.Alone?
    /// By comparison and level, what a reason says of it before its bits: `name ≈ `.
    let labels: [[[UInt8]]]
    private let places: PairPlaces
    private let shifts: (left: Float, right: Float, across: Float)

    init(
        definition: LinkageDefinition, prepared: PreparedLinkage, keys: KeyDecisions,
        candidates: CandidatePairs, vectors: PairVectors, model: FittedModel,
        learning: LearningOutcome, options: LinkageOptions, alone: Competition.Alone? = nil
    ) {
        self.alone = alone
        self.learning = learning
        self.definition = definition
        self.prepared = prepared
        self.keys = keys
        self.candidates = candidates
        self.vectors = vectors
        self.model = model
        self.options = options
        weights = WeightTable(model, prepared.comparisons)
        relatives = RelativesTable(model.relatives)
        sides =
            Self.competes(definition, prepared, model)
            ? Competition.Sides(model, hasDuplicates: !options.isOneToOne) : nil
        labels = prepared.comparisons.map { comparison in
            comparison.levels.map { Array("\(comparison.name) \($0.sign) ".utf8) }
        }
        places = PairPlaces(candidates.pairs, records: prepared.records.count)
        func shift(_ prior: Double) -> Float { Float(log2(prior / (1 - prior))) }
        shifts = (shift(model.leftPrior), shift(model.rightPrior), shift(model.prior))
    }

    /// Whether the odds of a pair depend on its rivals.
    ///
    /// How many records have a counterpart must have been learnt; and whether texts chose each other
    /// says already what rivals say.
    private static func competes(
        _ definition: LinkageDefinition, _ prepared: PreparedLinkage, _ model: FittedModel
    ) -> Bool {
        model.hasBorrowedShares != true && definition.assignment == .oneToOne
            && !prepared.records.isSingle
            && !prepared.comparisons.contains { $0 is SimilarTextComparison }
    }

    /// The prior of a pair in bits, by the sides of its records.
    func priorBits(_ first: Int, _ second: Int) -> Float {
        let boundary = prepared.records.leftCount
        if second < boundary { return shifts.left }
        return first >= boundary ? shifts.right : shifts.across
    }

    /// What is known about a pair: the decision of a key or person, weight and log odds in bits.
    struct Verdict {
        var decision: KeyDecisions.Decision?
        var weight: Float
        var bits: Float
        /// What relatives took from the weight, in bits.
        var relatives: Float = 0
    }

    /// A rule moves the odds at least this far.
    private static let ruleBits: Float = 12
    /// An explicit id moves the odds at least this far, whatever else speaks against it.
    private static let explicitBits: Float = 30
    /// What an explicit id adds to the rest, so that of two records with one id the likelier is
    /// heard first.
    private static let explicitGain: Float = 40
    /// Evidence beyond this is not counted twice when several members are heard.
    static let mostBits: Float = 25

    /// What is less likely to match is not looked at for relatives.
    private static let leastBitsOfRelatives: Float = -25

    /// What relatives take from the weight of a pair, in bits, 0 or less.
    private func relativesBits(
        _ first: Int, _ second: Int, _ cells: UnsafeBufferPointer<UInt16>.SubSequence,
        weight: Float
    ) -> Float {
        guard let relatives else { return 0 }
        let boundary = prepared.records.leftCount
        let sides: RelativesTable.Sides =
            second < boundary ? .left : first >= boundary ? .right : .across
        return relatives.correction(cells, weight: weight, sides)
    }

    func judge(
        _ first: Int, _ second: Int, _ cells: UnsafeBufferPointer<UInt16>.SubSequence
    ) -> Verdict {
        let prior = priorBits(first, second)
        var (weight, taken) = (weights.weight(cells), Float(0))
        if weight + prior > Self.leastBitsOfRelatives {
            taken = relativesBits(first, second, cells, weight: weight)
            weight += taken
        }
        var bits = weight + prior
        let weights = weights
        let decision = keys.decision(first, second) { fields in
            let comparedFields = prepared.comparedFields
            return comparedFields.indices
                .filter { !comparedFields[$0].contains(where: fields.contains) }
                .map { Double(weights.weight($0, in: cells)) }
        }
        switch decision {
        case .verdict(true), .explicit:
            bits = max(bits + Self.explicitGain, Self.explicitBits)
        case .rule: bits = max(bits, Self.ruleBits)
        case .verdict(false), .distinct: bits = -60
        case nil: break
        }
        return Verdict(decision: decision, weight: weight, bits: bits, relatives: taken)
    }

    /// The same for a pair that need not be a candidate.
    func judge(_ first: Int, _ second: Int, _ scratch: Scratch) -> Verdict {
        let (low, high) = (min(first, second), max(first, second))
        return withCells(low, high, scratch) { judge(low, high, $0[...]) }
    }

    /// Hands over how two records compare: as was found when they were candidates, or anew.
    func withCells<Result>(
        _ low: Int, _ high: Int, _ scratch: Scratch,
        _ body: (UnsafeBufferPointer<UInt16>) -> Result
    ) -> Result {
        let width = prepared.comparisons.count
        if let place = places.place(of: KeyDecisions.pair(low, high), in: candidates.pairs) {
            return vectors.cells.withUnsafeBufferPointer {
                body(UnsafeBufferPointer(rebasing: $0[place * width..<(place + 1) * width]))
            }
        }
        scratch.cells.removeAll(keepingCapacity: true)
        prepared.appendVector(low, high, scratch, to: &scratch.cells)
        return scratch.cells.withUnsafeBufferPointer(body)
    }

    /// Whether two records of one side that carry the same id of the other are two things.
    ///
    /// That they carry it makes it as likely as not that they are duplicates, and one of the ids
    /// wrong; all else that is known must then speak for them, eight to one.
    func isDoubleClaim(_ first: Int, _ second: Int, _ verdict: Verdict) -> Bool {
        let boundary = prepared.records.leftCount
        return (first < boundary) == (second < boundary) && verdict.decision == nil
            && verdict.weight < Self.leastOfClaimers
    }

    private static let leastOfClaimers: Float = 3

    /// Log odds in bits as probability.
    static func probability(_ bits: Float) -> Double {
        1 / (1 + exp2(min(60, max(-60, -Double(bits)))))
    }
}
