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
    /// What each record keeps at least: across the sides, then within its own.
    private(set) var leastStrengths: [UInt8] = []
    /// Records that keep none of their strongest candidates, as too many are alike.
    private(set) var tiedRecords = 0

    /// How many candidates on the other side, and on its own, a record keeps at least, those left out
    /// that have less than half in common of what its strongest has.
    static let mostAcross = 4
    static let mostWithin = 1
    /// The same where there is one side only, whose groups may be large; none is left out there.
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
    ///   - deciding: The fields that decide by themselves where one record a side has a value: such a
    ///     pair is looked at however much others have in common with its records.
    ///   - threads: How many threads may work.
    ///   - keep: Given the blocks of each rule, before their pairs are made.
    init(
        records: RecordList, rules: [(rule: BlockingRule, makers: [any KeyMaker])],
        similar: [(rule: BlockingRule, pairs: [UInt64])] = [], known: [UInt64],
        deciding: Set<FieldName> = [], threads: Int, keep: ((KeptRule) -> Void)? = nil
    ) {
        let layout = PairLayout(recordCount: records.count)
        let mostPairs = 100_000 + Self.mostPairsOfRule * records.count
        let wholes = Set(rules.map(\.rule).filter { $0.keys.count == 1 }.map(\.name))
        var (dealt, sure) = ([Dealt](), [UInt64]())
        for (rule, makers) in rules {
            // Equal values share every key with one error; the rule of whole values has them.
            let skipsEqual =
                rule.keys.count == 1 && rule.keys[0].transform == .oneError
                && wholes.contains(rule.keys[0].field.rawValue)
            let blocks = KeyBlocks(
                makers, layout, betweenValues: skipsEqual, threads: threads)
            var found = BlockingStatistics(rule: rule.name)
            let limit = rule.blockLimit(isOfTexts: makers.first is TextKeys)
            dealt += blocks.pairs(limit: limit, mostPairs: mostPairs, &found)
            let isSure = rule.isWhole(ofOneOf: deciding) && found.limit >= 2
            if isSure { sure += blocks.pairsAlone(across: UInt64(records.leftCount)) }
            keep?(
                KeptRule(
                    name: rule.name, limit: found.limit, isSure: isSure, blocks: blocks))
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
        let strongest = StrongestPairs(
            boundary: records.leftCount, records: records.count, isSingle: records.isSingle)
        (leastStrengths, tiedRecords) = strongest.strengths(merged, threads: threads)
        pairs = Self.joined(
            strongest.kept(of: merged, least: leastStrengths, threads: threads),
            Self.joined(known, Self.inOrder(sure, layout), threads: threads), threads: threads)
    }

    /// Pairs that were chosen elsewhere, in order.
    init(chosen pairs: [UInt64], statistics: [BlockingStatistics] = []) {
        self.pairs = pairs
        self.statistics = statistics
    }

    /// Pairs in order, each once.
    static func inOrder(_ pairs: [UInt64], _ layout: PairLayout) -> [UInt64] {
        var sorted = pairs
        RadixSort.sort(&sorted, bits: 0, layout.recordBits)
        RadixSort.sort(&sorted, bits: 32, 32 + layout.recordBits)
        var last: UInt64?
        return sorted.filter { pair in
            defer { last = pair }
            return pair != last
        }
    }
}

/// A blocking rule with its keys, handed over to be kept for a later night.
struct KeptRule {
    let name: String
    /// The most records of a block.
    let limit: Int
    /// Whether the pairs of blocks of one left and one right record are looked at in any case.
    let isSure: Bool
    let blocks: KeyBlocks
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
    /// Whether records share a block when they have the same value of one of these fields.
    fileprivate func isWhole(ofOneOf fields: Set<FieldName>) -> Bool {
        keys.count == 1 && keys[0].transform == .whole && fields.contains(keys[0].field)
    }

    /// The most records of a block: the less a key tells, the fewer.
    ///
    /// A name of many tells little by itself; a number of many can be that of a customer with as many
    /// orders.
    func blockLimit(isOfTexts: Bool) -> Int {
        if let largestBlock { return largestBlock }
        guard keys.count == 1, let key = keys.first else { return 60 }
        return switch key.transform {
        case .whole: isOfTexts ? 60 : 150
        case .oneError, .rareWord, .wordPair, .initials: 60
        default: 40
        }
    }
}

extension StrongestPairs {
    /// What records keep as a rule.
    ///
    /// - Parameters:
    ///   - boundary: The first record of the right side.
    ///   - records: How many records there are.
    ///   - isSingle: Whether there is one source only.
    init(boundary: Int, records: Int, isSingle: Bool) {
        self.init(
            boundary: boundary, records: records,
            across: isSingle ? 0 : CandidatePairs.mostAcross,
            within: isSingle ? CandidatePairs.mostOfOnlySide : CandidatePairs.mostWithin,
            leavesOutWeak: !isSingle)
    }
}
