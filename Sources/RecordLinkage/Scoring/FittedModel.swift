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
    }

    /// One comparison.
    public struct Comparison: Hashable, Sendable, Codable {
        /// The comparison's name.
        public var name: String
        /// Its levels, strongest first within each group.
        public var levels: [Level]
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
}

/// The model as tables: the weight of a cell by one look-up.
struct WeightTable: Sendable {
    private let table: Frozen<Float>

    /// Makes the tables of a model.
    init(_ model: FittedModel, _ comparisons: [any PreparedComparison]) {
        var table = [Float](repeating: 0, count: comparisons.count << 16)
        for (index, comparison) in comparisons.enumerated() {
            let learnt = model.comparisons[index].levels
            for (level, scheme) in comparison.levels.enumerated() {
                for information in 0..<256 {
                    table[index << 16 | level << 8 | information] = Self.weight(
                        learnt[level], scheme, information: UInt8(information))
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
        if scheme.isExact { return Float(log2(level.m) + bits) }
        let surplus = bits - (level.averageInformation ?? bits)
        let adjusted = min(adjustment.upperBound, max(adjustment.lowerBound, surplus))
        return Float(level.weightBits + adjusted)
    }

    /// The weight of one cell in bits.
    @inline(__always)
    func weight(_ comparison: Int, _ cell: UInt16) -> Float {
        table[comparison << 16 | Int(cell)]
    }

    /// The weight of a pair in bits, without prior.
    @inline(__always)
    func weight(_ cells: UnsafeBufferPointer<UInt16>.SubSequence) -> Float {
        var (sum, index) = (Float(0), 0)
        for cell in cells {
            sum += table[index << 16 | Int(cell)]
            index += 1
        }
        return sum
    }
}
