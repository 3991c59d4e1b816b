import Records

/// How two records compare in one respect.
struct Outcome {
    /// The level, 0 the strongest; ``missing`` when a record has no value: no evidence.
    var level: UInt8
    /// How surprising the agreement is, in eighths of a bit; ``plain`` when it is not measured.
    var information: UInt8

    static let missing = Outcome(level: 255, information: 255)
    static let plain: UInt8 = 255
    /// The most that can be written: 31.75 bits.
    static let most: UInt8 = 254

    init(level: UInt8, information: UInt8 = Outcome.plain) {
        self.level = level
        self.information = information
    }

    /// An agreement of some bits of information.
    init(level: Int, bits: Float) {
        self.level = UInt8(level)
        information = UInt8(max(0, min(Float(Self.most), (bits * 8).rounded())))
    }
}

/// One level of a comparison as the model knows it.
struct LevelScheme: Sendable {
    /// The level's name in reasons: `exact`, `similar`.
    var name: String
    /// The sign in reasons: `=`, `≈`, `≠`.
    var sign: String
    /// Levels are distributed within their group: names of persons apart from names of firms.
    var group: Int
    /// Its share among matches before anything is learnt, within its group.
    var expected: Double
    /// Whether its weight follows from the information of the agreement alone.
    var isExact: Bool

    init(_ name: String, _ sign: String, expected: Double, group: Int = 0, isExact: Bool = false) {
        self.name = name
        self.sign = sign
        self.group = group
        self.expected = expected
        self.isExact = isExact
    }
}

/// Memory that one thread reuses from pair to pair.
final class Scratch {
    let distance = EditDistance()
    /// What ``BandedEditDistance`` works in.
    var rows = BandedEditDistance.Rows()
    /// The cells of a pair that is no candidate.
    var cells: [UInt16] = []
    /// Takes what ``PreparedComparison/fetch(_:_:)`` returns, so that it is not left out as useless.
    var fetched: UInt32 = 0

    init() {}
}

/// A comparison with all records prepared for it.
///
/// Records are numbered through both sides: the left ones first.
protocol PreparedComparison: Sendable {
    /// The comparison's name.
    var name: String { get }
    /// Its levels, strongest first within each group.
    var levels: [LevelScheme] { get }

    /// Compares two records.
    func compare(_ first: Int, _ second: Int, _ scratch: Scratch) -> Outcome

    /// Reads what comparing some pairs will ask for of one record of each.
    ///
    /// Records stand anywhere in memory. Read one after another, without anything between that depends
    /// on them, they are waited for all at once and not one by one.
    ///
    /// - Returns: Something that depends on all that was read.
    func fetch(_ pairs: UnsafeBufferPointer<UInt64>, _ half: PairHalf) -> UInt32

    /// Compares many pairs, writing a cell for each at a distance of `stride` cells.
    func compare(
        _ pairs: UnsafeBufferPointer<UInt64>, _ scratch: Scratch,
        into cells: UnsafeMutablePointer<UInt16>, stride: Int)

    /// The normalised value of a record, for an explanation.
    func normalizedText(_ record: Int) -> String
}

extension PreparedComparison {
    func fetch(_ pairs: UnsafeBufferPointer<UInt64>, _ half: PairHalf) -> UInt32 { 0 }

    func compare(
        _ pairs: UnsafeBufferPointer<UInt64>, _ scratch: Scratch,
        into cells: UnsafeMutablePointer<UInt16>, stride: Int
    ) {
        var place = cells
        for start in Swift.stride(from: 0, to: pairs.count, by: pairsFetched) {
            let some = UnsafeBufferPointer(
                rebasing: pairs[start..<min(pairs.count, start + pairsFetched)])
            // Candidates are in the order of their lower records, which then are at hand.
            if !isSorted(some) { scratch.fetched &+= fetch(some, .lower) }
            scratch.fetched &+= fetch(some, .higher)
            for pair in some {
                let outcome = compare(Int(pair >> 32), Int(pair & 0xFFFF_FFFF), scratch)
                place.pointee = UInt16(outcome.level) << 8 | UInt16(outcome.information)
                place += stride
            }
        }
    }
}

/// One record of a pair.
enum PairHalf {
    case lower, higher

    @inline(__always)
    func record(of pair: UInt64) -> Int {
        Int(self == .lower ? pair >> 32 : pair & 0xFFFF_FFFF)
    }
}

/// Whether pairs are in the order of their lower records.
private func isSorted(_ pairs: UnsafeBufferPointer<UInt64>) -> Bool {
    for place in 1..<max(1, pairs.count) where pairs[place] >> 32 < pairs[place - 1] >> 32 {
        return false
    }
    return true
}

/// So many pairs are fetched at once: what they need fits the innermost cache.
private let pairsFetched = 64
