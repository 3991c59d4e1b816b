import Foundation
internal import Records

/// What was learnt from the data: enough to repeat every weight and to show it in a report.
public struct FittedModel: Hashable, Sendable, Codable {
    /// What one level of a comparison is worth.
    public struct Level: Hashable, Sendable, Codable {
        /// The level's name.
        public var name: String
        /// Its share among matching pairs that have both values, within its group.
        public var m: Double
        /// Its share among other pairs, within its group.
        public var u: Double
        /// Bits for a match on this level with average information, negative against it.
        public var weightBits: Double
        /// The average information of agreements on this level, in bits, where it is measured.
        public var averageInformation: Double?
        /// How many candidate pairs stand on this level.
        public var pairs: Int
        /// What is added to the weight by the information of the agreement, a step a bit from 0;
        /// empty where the data gave no reason.
        public var rarityCorrections: [Double] = []
    }

    /// One comparison.
    public struct Comparison: Hashable, Sendable, Codable {
        /// The comparison's name.
        public var name: String
        /// Its levels, strongest first within each group.
        public var levels: [Level]
        /// The same where the names already agree, learnt apart; empty where it is not learnt.
        ///
        /// An e-mail made of the name tells little more than the name does.
        public var levelsGivenName: [Level] = []
    }

    /// The comparisons in the order of the definition.
    public var comparisons: [Comparison]
    /// The probability that a left and a right record taken at random are the same thing.
    public var prior: Double
    /// The same for two left records.
    public var leftPrior: Double
    /// The same for two right records.
    public var rightPrior: Double
    /// How many rounds the estimation took.
    public var iterations: Int
    /// Whether it came to rest before the limit.
    public var hasConverged: Bool
    /// The seed of the random pairs.
    public var seed: UInt64
    /// How many left records it was learnt from.
    public var leftRecords = 0
    /// How many right records it was learnt from; 0 where there is one source.
    public var rightRecords = 0
    /// Where the weights come from.
    public var origin = Origin.trained
    /// Whether its shares of records with a counterpart or a duplicate are those of other data than it is
    /// used for; `nil` where they were learnt.
    public var hasBorrowedShares: Bool?
    /// What pairs of relatives look like; `nil` where too few are known.
    public var relatives: Relatives?

    /// Where the weights of a model come from.
    public enum Origin: String, Hashable, Sendable, Codable, CaseIterable {
        /// Learnt from the records that were linked.
        case trained
        /// Learnt from other records, or from these on another day.
        case reused
        /// Shipped with the program, because these records cannot teach one.
        case shipped
        /// Expected beforehand and hardly moved by the few records there are; nothing was shipped.
        case assumed
    }
}

/// The model as tables: the weight of a cell by one look-up.
struct WeightTable: Sendable {
    /// Two tables for each comparison: where the names do not agree, and where they do.
    private let table: Frozen<Float>
    private let context: NameContext

    /// Makes the tables of a model.
    init(_ model: FittedModel, _ comparisons: [any PreparedComparison]) {
        context = NameContext(comparisons)
        var table = [Float](repeating: 0, count: comparisons.count << 17)
        for (index, comparison) in comparisons.enumerated() {
            let learnt = model.comparisons[index]
            let given = learnt.levelsGivenName.isEmpty ? learnt.levels : learnt.levelsGivenName
            for (level, scheme) in comparison.levels.enumerated() {
                for information in 0..<256 {
                    let place = index << 17 | level << 8 | information
                    table[place] = Self.weight(
                        learnt.levels[level], scheme, information: UInt8(information))
                    table[place | 1 << 16] = Self.weight(
                        given[level], scheme, information: UInt8(information))
                }
            }
        }
        self.table = Frozen(table)
    }

    /// The least and the most that the rarity of a value adds on a level that is only similar.
    private static let adjustment = -7.0...7.0

    private static func weight(
        _ level: FittedModel.Level, _ scheme: LevelScheme, information: UInt8
    ) -> Float {
        guard information != Outcome.plain else { return Float(level.weightBits) }
        let bits = Double(information) / 8
        let correction =
            level.rarityCorrections.isEmpty ? 0 : level.rarityCorrections[Int(information) / 8]
        return Float(formula(level, scheme, bits: bits) + correction)
    }

    /// What theory gives for an agreement of some bits of information.
    static func formula(_ level: FittedModel.Level, _ scheme: LevelScheme, bits: Double) -> Double {
        if scheme.isExact { return log2(level.m) + bits }
        let surplus = bits - (level.averageInformation ?? bits)
        return level.weightBits + min(adjustment.upperBound, max(adjustment.lowerBound, surplus))
    }

    /// The weight of one cell of a pair in bits.
    @inline(__always)
    func weight(
        _ comparison: Int, in cells: UnsafeBufferPointer<UInt16>.SubSequence
    ) -> Float {
        let place = comparison << 17 | context.bit(cells)
        return table[place | Int(cells[cells.startIndex + comparison])]
    }

    /// The weight of a pair in bits, without prior.
    @inline(__always)
    func weight(_ cells: UnsafeBufferPointer<UInt16>.SubSequence) -> Float {
        var (sum, place) = (Float(0), context.bit(cells))
        for cell in cells {
            sum += table[place | Int(cell)]
            place += 1 << 17
        }
        return sum
    }
}

/// Whether the names of a pair agree: what other fields are worth depends on it.
///
/// Fields of two different firms of one name, or of a firm and its branch, agree far more often
/// than those of any two firms. The names are the root of a tree of dependences, each other
/// comparison hangs on them.
struct NameContext: Sendable {
    /// The comparison of the names; `nil` when the entity has none.
    let root: Int?
    private let agrees: Frozen<Bool>

    init(_ comparisons: [any PreparedComparison]) {
        root = comparisons.firstIndex { $0 is NameComparison }
        var agrees = [Bool](repeating: false, count: 256)
        if let root {
            // The three strongest levels of each group.
            var place = [Int: Int]()
            for (level, scheme) in comparisons[root].levels.enumerated() {
                agrees[level] = place[scheme.group, default: 0] < 3
                place[scheme.group, default: 0] += 1
            }
        }
        self.agrees = Frozen(agrees)
    }

    /// Whether the names agree.
    @inline(__always)
    func isGiven(_ cell: UInt16) -> Bool { agrees[Int(cell >> 8)] }

    /// The bit that chooses the table.
    @inline(__always)
    func bit(_ cells: UnsafeBufferPointer<UInt16>.SubSequence) -> Int {
        guard let root else { return 0 }
        return isGiven(cells[cells.startIndex + root]) ? 1 << 16 : 0
    }
}
