internal import Foundation

/// Pairs of relatives as the model knows them: two things that share more than chance gives them.
///
/// A firm and its branch have name, number and e-mail in common. Two classes, matches and pairs at
/// random, have no room for them: what repeats itself in relatives counts as often as it is repeated,
/// and they pass for matches.
public struct Relatives: Hashable, Sendable, Codable {
    /// How much more often each level comes up among relatives than among matches, in bits; by
    /// comparison, then by level.
    public var levelBits: [[Double]]
    /// The probability that a left and a right record taken at random are relatives.
    public var prior: Double
    /// The same for two left records.
    public var leftPrior: Double
    /// The same for two right records.
    public var rightPrior: Double
}

/// What relatives take from the evidence of a pair, by a few loads.
struct RelativesTable: Sendable {
    /// The bits of each level, 256 a comparison; 0 where a record has no value.
    private let table: Frozen<Float>
    private let shifts: (left: Float, right: Float, across: Float)

    /// - Returns: `nil` when there are no relatives to tell matches from.
    init?(_ relatives: Relatives?) {
        guard let relatives else { return nil }
        var table = [Float](repeating: 0, count: relatives.levelBits.count << 8)
        for (index, bits) in relatives.levelBits.enumerated() {
            for (level, bits) in bits.enumerated() { table[index << 8 | level] = Float(bits) }
        }
        self.table = Frozen(table)
        func shift(_ prior: Double) -> Float { Float(log2(prior / (1 - prior))) }
        shifts = (
            shift(relatives.leftPrior), shift(relatives.rightPrior), shift(relatives.prior)
        )
    }

    /// Of which records a pair is.
    enum Sides {
        case left, right, across
    }

    /// How much likelier a pair is among relatives than among matches, in bits; the rarity of a value
    /// is the same for both.
    @inline(__always)
    func surplus(_ cells: UnsafeBufferPointer<UInt16>.SubSequence) -> Float {
        var (sum, place) = (Float(0), 0)
        for cell in cells {
            sum += table[place | Int(cell >> 8)]
            place += 1 << 8
        }
        return sum
    }

    /// What relatives take from the weight of a pair, in bits, 0 or less.
    ///
    /// Matches are weighed against pairs at random; of all that is no match relatives make up a part,
    /// by which the weight is too high.
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
        // The odds of relatives against pairs at random.
        let bits = weight + surplus(cells) + shift
        if bits < -8 { return 0 }
        return bits > 24 ? -bits : -log2(1 + exp2(bits))
    }
}
