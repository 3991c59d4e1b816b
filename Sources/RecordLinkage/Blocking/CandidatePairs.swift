import Records

/// The pairs that are worth comparing, each once, in the order of their records.
struct CandidatePairs: Sendable {
    /// The lower record's number in the high half, the higher one's in the low half.
    private(set) var pairs: [UInt64] = []
    /// What each rule contributed.
    private(set) var statistics: [BlockingStatistics] = []

    /// Collects the pairs of all rules.
    ///
    /// - Parameters:
    ///   - records: Both sides.
    ///   - rules: The rules with the makers of their keys.
    ///   - known: Pairs that are looked at anyway: explicit links and verdicts.
    ///   - threads: How many threads may work.
    init(
        records: RecordList, rules: [(rule: BlockingRule, makers: [any KeyMaker])],
        known: [UInt64], threads: Int
    ) {
        pairs = known
        let recordBits = max(1, Int.bitWidth - (records.count - 1).leadingZeroBitCount)
        for (rule, makers) in rules {
            var keys = Self.keys(records.count, makers, recordBits: recordBits, threads: threads)
            RadixSort.sort(&keys, bits: recordBits, 64)
            statistics.append(
                emit(keys, recordBits: recordBits, rule: rule, limit: rule.blockLimit))
        }
        sortAndUnique(recordBits: recordBits)
    }

    /// All keys of a rule: the key's high bits above the record's number.
    private static func keys(
        _ count: Int, _ makers: [any KeyMaker], recordBits: Int, threads: Int
    ) -> [UInt64] {
        let recordMask = (UInt64(1) << UInt64(recordBits)) - 1
        let chunks = Parallel.map(count: count, chunk: 8192, threads: threads) { range in
            var keys: [UInt64] = []
            keys.reserveCapacity(range.count * 4)
            var own: [UInt64] = []
            var parts = [[UInt64]](repeating: [], count: makers.count)
            for record in range {
                for (index, maker) in makers.enumerated() {
                    parts[index].removeAll(keepingCapacity: true)
                    maker.keys(of: record, into: &parts[index])
                }
                combine(parts, into: &own)
                for key in own { keys.append(key & ~recordMask | UInt64(record)) }
            }
            return keys
        }
        var keys: [UInt64] = []
        keys.reserveCapacity(chunks.reduce(0) { $0 + $1.count })
        for chunk in chunks { keys.append(contentsOf: chunk) }
        return keys
    }

    /// One key of each part, in all combinations.
    private static func combine(_ parts: [[UInt64]], into keys: inout [UInt64]) {
        keys.removeAll(keepingCapacity: true)
        keys.append(contentsOf: parts[0])
        for part in parts.dropFirst() {
            let before = keys
            keys.removeAll(keepingCapacity: true)
            for first in before { for second in part { keys.append(StableHash.of(first, second)) } }
        }
        if keys.count > 1 { keys.sort() }
    }

    /// Makes the pairs of every block that is not too large.
    private mutating func emit(
        _ keys: [UInt64], recordBits: Int, rule: BlockingRule, limit: Int
    ) -> BlockingStatistics {
        var statistics = BlockingStatistics(rule: rule.name)
        let recordMask = (UInt64(1) << UInt64(recordBits)) - 1
        var block: [UInt64] = []
        var start = 0
        while start < keys.count {
            let key = keys[start] >> UInt64(recordBits)
            var end = start
            block.removeAll(keepingCapacity: true)
            while end < keys.count, keys[end] >> UInt64(recordBits) == key {
                let record = keys[end] & recordMask
                if block.last != record { block.append(record) }
                end += 1
            }
            start = end
            guard block.count > 1 else { continue }
            guard block.count <= limit else {
                statistics.skippedBlocks += 1
                continue
            }
            statistics.blocks += 1
            for (index, first) in block.enumerated() {
                for second in block[(index + 1)...] { pairs.append(first << 32 | second) }
            }
            statistics.pairs += block.count * (block.count - 1) / 2
        }
        return statistics
    }

    private mutating func sortAndUnique(recordBits: Int) {
        RadixSort.sort(&pairs, bits: 0, recordBits)
        RadixSort.sort(&pairs, bits: 32, 32 + recordBits)
        var kept = 0
        for index in pairs.indices where index == 0 || pairs[index] != pairs[kept - 1] {
            pairs[kept] = pairs[index]
            kept += 1
        }
        pairs.removeLast(pairs.count - kept)
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
