internal import Foundation

/// Pairs of relatives as the model knows them: two things that share more than chance gives them.
///
/// A firm and its branch have name, number and e-mail in common. Two classes, matches and pairs at
/// random, have no room for them: what repeats itself in relatives counts as often as it is repeated,
/// and they pass for matches.
public struct Relatives: Hashable, Sendable, Codable {
    /// The share of each level among relatives that have both values, within its group; by
    /// comparison, then by level.
    public var shares: [[Double]]
    /// The probability that a left and a right record taken at random are relatives.
    public var prior: Double
    /// The same for two left records.
    public var leftPrior: Double
    /// The same for two right records.
    public var rightPrior: Double
}

/// What relatives take from the evidence of a pair.
struct RelativesTable: Sendable {
    /// log2(share among relatives / m), by comparison, whether names agree, and level.
    private let table: Frozen<Float>
    private let context: NameContext
    private let shifts: (left: Float, right: Float, across: Float)

    /// - Returns: `nil` when the model knows no relatives.
    init?(_ model: FittedModel, _ comparisons: [any PreparedComparison]) {
        guard let relatives = model.relatives else { return nil }
        context = NameContext(comparisons)
        var table = [Float](repeating: 0, count: comparisons.count << 9)
        for (index, shares) in relatives.shares.enumerated() {
            let learnt = model.comparisons[index]
            let given = learnt.levelsGivenName.isEmpty ? learnt.levels : learnt.levelsGivenName
            for (level, share) in shares.enumerated() {
                table[index << 9 | level] = Float(log2(share / learnt.levels[level].m))
                table[index << 9 | 1 << 8 | level] = Float(log2(share / given[level].m))
            }
        }
        self.table = Frozen(table)
        func shift(_ prior: Double) -> Float { Float(log2(prior / (1 - prior))) }
        shifts = (
            shift(relatives.leftPrior), shift(relatives.rightPrior), shift(relatives.prior)
        )
    }

    /// Which records a pair is of.
    enum Sides {
        case left, right, across
    }

    /// How much likelier a pair looks among relatives than among matches, in bits; the rarity of
    /// values is the same for both.
    @inline(__always)
    func surplus(_ cells: UnsafeBufferPointer<UInt16>.SubSequence) -> Float {
        var (sum, place) = (Float(0), context.bit(cells) >> 8)
        for cell in cells {
            sum += table[place | Int(cell >> 8)]
            place += 1 << 9
        }
        return sum
    }

    /// What relatives take from the weight of a pair, in bits, 0 or less.
    ///
    /// The odds of a match are m / (u + share of relatives · r / u's): the weight against pairs at
    /// random is lowered by how much of the rest relatives make up.
    @inline(__always)
    func correction(
        _ cells: UnsafeBufferPointer<UInt16>.SubSequence, weight: Float, _ sides: Sides
    ) -> Float {
        let shift =
            switch sides {
            case .left: shifts.left
            case .right: shifts.right
            case .across: shifts.across
            }
        return Self.correction(weight + surplus(cells) + shift)
    }

    /// −log2(1 + odds of relatives against pairs at random).
    @inline(__always)
    static func correction(_ bits: Float) -> Float {
        if bits < -8 { return 0 }
        return bits > 24 ? -bits : -log2(1 + exp2(bits))
    }
}
