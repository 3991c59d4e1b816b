import Records

/// The pairs that are worth comparing, each once, in the order of their records.
///
/// Every rule proposes the pairs of its blocks; what a pair has in common is added up over all
/// rules in bits of information, and each record keeps its strongest candidates. Candidates are
/// therefore bounded by the number of records, however much the rules overlap.
struct CandidatePairs: Sendable {
    /// The lower record's number in the high half, the higher one's in the low half.
    private(set) var pairs: [UInt64] = []
    /// What each rule contributed.
    private(set) var statistics: [BlockingStatistics] = []

    /// How many candidates on the other side, and on its own, a record keeps at least.
    static let mostAcross = 6
    static let mostWithin = 3
    /// The same where there is one side only, whose groups may be large.
    static let mostOfOnlySide = 16
    /// A rule proposes at most so many pairs a record.
    private static let mostPairsOfRule = 24

    /// Collects the pairs of all rules.
    ///
    /// - Parameters:
    ///   - records: Both sides.
    ///   - rules: The rules with the makers of their keys.
    ///   - similar: Rules whose pairs were found by similarity.
    ///   - known: Pairs that are looked at anyway, in order: explicit links and verdicts.
    ///   - threads: How many threads may work.
    init(
        records: RecordList, rules: [(rule: BlockingRule, makers: [any KeyMaker])],
        similar: [(rule: BlockingRule, pairs: [UInt64])] = [], known: [UInt64], threads: Int
    ) {
        let layout = PairLayout(recordCount: records.count)
        let mostPairs = 100_000 + Self.mostPairsOfRule * records.count
        let wholes = Set(rules.map(\.rule).filter { $0.keys.count == 1 }.map(\.name))
        var dealt: [Dealt] = []
        for (rule, makers) in rules {
            // Equal values share every key with one error; the rule of whole values has them.
            let skipsEqual =
                rule.keys.count == 1 && rule.keys[0].transform == .oneError
                && wholes.contains(rule.keys[0].field.rawValue)
            let blocks = KeyBlocks(makers, layout, skipsEqual: skipsEqual, threads: threads)
            var found = BlockingStatistics(rule: rule.name)
            dealt += blocks.pairs(limit: rule.blockLimit, mostPairs: mostPairs, &found)
            statistics.append(found)
        }
        for (rule, pairs) in similar {
            // As strong as a key that two records share: similarity has chosen already.
            let strength = layout.strength(ofBlock: 2)
            let entries = pairs.map { layout.entry($0 >> 32, $0 & 0xFFFF_FFFF, strength) }
            dealt.append(Dealt(entries, by: layout.bucketShift, count: layout.bucketCount))
            var found = BlockingStatistics(rule: rule.name)
            (found.blocks, found.pairs) = (pairs.count, pairs.count)
            statistics.append(found)
        }
        let merged = MergedPairs(dealt, layout, threads: threads)
        dealt = []
        let within = records.rightCount == 0 ? Self.mostOfOnlySide : Self.mostWithin
        pairs = Self.joined(
            merged.strongest(
                boundary: records.leftCount, across: Self.mostAcross, within: within), known)
    }

    /// Two sorted lists as one, each pair once.
    private static func joined(_ pairs: [UInt64], _ known: [UInt64]) -> [UInt64] {
        guard !known.isEmpty else { return pairs }
        var joined: [UInt64] = []
        joined.reserveCapacity(pairs.count + known.count)
        var place = 0
        for pair in pairs {
            while place < known.count, known[place] < pair {
                joined.append(known[place])
                place += 1
            }
            if place < known.count, known[place] == pair { place += 1 }
            joined.append(pair)
        }
        return joined + known[place...]
    }
}

/// All proposed pairs, each once, with the strength of everything that it has in common.
private struct MergedPairs: Sendable {
    private let pairs: [UInt64]
    private let strengths: [UInt8]
    private let recordCount: Int

    init(_ dealt: [Dealt], _ layout: PairLayout, threads: Int) {
        struct Part: Sendable {
            var pairs: [UInt64] = []
            var strengths: [UInt8] = []
        }
        let parts = Parallel.map(count: layout.bucketCount, chunk: 1, threads: threads) { range in
            let bucket = range.lowerBound
            var entries: [UInt64] = []
            entries.reserveCapacity(dealt.reduce(0) { $0 + $1[bucket].count })
            for part in dealt { entries.append(contentsOf: part[bucket]) }
            RadixSort.sort(&entries, bits: PairLayout.strengthBits, layout.bucketShift)
            var part = Part()
            var index = 0
            while index < entries.count {
                let pair = layout.pair(entries[index])
                var strength = 0
                while index < entries.count, layout.pair(entries[index]) == pair {
                    strength += layout.strength(entries[index])
                    index += 1
                }
                part.pairs.append(pair)
                part.strengths.append(UInt8(min(255, strength)))
            }
            return part
        }
        recordCount = layout.recordCount
        var (pairs, strengths) = ([UInt64](), [UInt8]())
        pairs.reserveCapacity(parts.reduce(0) { $0 + $1.pairs.count })
        strengths.reserveCapacity(pairs.capacity)
        for part in parts {
            pairs += part.pairs
            strengths += part.strengths
        }
        (self.pairs, self.strengths) = (pairs, strengths)
    }

    /// The pairs that are among the strongest of either record; ties are kept, unless many.
    func strongest(boundary: Int, across: Int, within: Int) -> [UInt64] {
        let least = leastStrengths(boundary: boundary, across: across, within: within)
        var kept: [UInt64] = []
        kept.reserveCapacity(pairs.count)
        for (index, pair) in pairs.enumerated() {
            let (first, second) = Self.places(pair, boundary)
            if strengths[index] >= min(least[first], least[second]) { kept.append(pair) }
        }
        return kept
    }

    /// For each record, the least strength that it keeps: across the sides, then within its own.
    private func leastStrengths(boundary: Int, across: Int, within: Int) -> [UInt8] {
        var starts = [Int](repeating: 0, count: 2 * recordCount + 1)
        for pair in pairs {
            let (first, second) = Self.places(pair, boundary)
            starts[first + 1] += 1
            starts[second + 1] += 1
        }
        for index in 0..<2 * recordCount { starts[index + 1] += starts[index] }
        var places = starts
        var own = [UInt8](repeating: 0, count: 2 * pairs.count)
        for (index, pair) in pairs.enumerated() {
            let (first, second) = Self.places(pair, boundary)
            own[places[first]] = strengths[index]
            own[places[second]] = strengths[index]
            places[first] += 1
            places[second] += 1
        }
        var least = [UInt8](repeating: 0, count: 2 * recordCount)
        var counts = [Int](repeating: 0, count: 256)
        for place in least.indices {
            let most = place & 1 == 0 ? across : within
            let range = starts[place]..<starts[place + 1]
            guard range.count > most else { continue }
            for strength in own[range] { counts[Int(strength)] += 1 }
            var (rest, strength) = (most, 255)
            while rest > counts[strength], strength > 0 {
                rest -= counts[strength]
                strength -= 1
            }
            // So many that share no more than this are told apart by none of them.
            if counts[strength] > 3 * most { strength += 1 }
            least[place] = UInt8(min(255, strength))
            for strength in own[range] { counts[Int(strength)] = 0 }
        }
        return least
    }

    /// Where the two records of a pair keep what they have in common.
    @inline(__always)
    private static func places(_ pair: UInt64, _ boundary: Int) -> (Int, Int) {
        let (first, second) = (Int(pair >> 32), Int(pair & 0xFFFF_FFFF))
        let isWithin = (first < boundary) == (second < boundary) ? 1 : 0
        return (2 * first + isWithin, 2 * second + isWithin)
    }
}

/// What a blocking rule contributed.
public struct BlockingStatistics: Hashable, Sendable, Codable {
    /// The rule's name.
    public var rule: String
    /// Blocks of two or more records.
    public var blocks = 0
    /// Blocks left out as too large.
    public var skippedBlocks = 0
    /// Pairs in the blocks, those of other rules included.
    public var pairs = 0
    /// The most records that a block might have.
    public var limit = 0
    /// The records of the largest block.
    public var largestBlock = 0
}

extension BlockingRule {
    /// The most records of a block: the less a key tells, the fewer.
    var blockLimit: Int {
        if let largestBlock { return largestBlock }
        guard keys.count == 1, let key = keys.first else { return 60 }
        return switch key.transform {
        case .whole: 150
        case .oneError, .rareWord, .wordPair, .initials: 60
        default: 40
        }
    }
}
