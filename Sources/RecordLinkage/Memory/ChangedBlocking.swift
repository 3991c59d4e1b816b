/// Candidates found again where something changed: those of the records that changed, and of all others
/// whose strongest candidates are not the same any more.
struct ChangedBlocking: Sendable {
    let rules: [RuleChanges]
    let records: RecordChanges
    /// What each record kept at least then: across the sides, then within its own.
    let leastThen: Frozen<UInt8>
    /// How the run that made the memory packed pairs, which says what a block of a size is worth.
    let layoutThen: PairLayout
    let isSingle: Bool
    let threads: Int

    private var layout: PairLayout { PairLayout(recordCount: records.jointCount) }

    // MARK: Who is concerned

    /// The records, changed ones included, whose candidates must be found again.
    ///
    /// A record that did not change keeps other candidates than before only where the strength of one of
    /// its pairs is another, and that pair, now or then, is about as strong as the least that it keeps; or
    /// where it came to share a value that decides with one record alone, or shares it so no more.
    func concerned() -> [Bool] {
        let found = parts(with: records.changedBase, records.isChanged) { changedPairs($0, $1, $2) }
        let then = MergedPairs(found.map(\.then), layout, threads: threads)
        let now = MergedPairs(found.map(\.now), layout, threads: threads)
        let others = Parallel.map(count: then.parts.count, chunk: 4, threads: threads) {
            range -> [UInt32] in
            range.flatMap { moved(then.parts[$0], now.parts[$0]) }
        }
        var isConcerned = records.isChanged
        for records in [found.flatMap(\.flipped)] + others {
            for record in records { isConcerned[Int(record)] = true }
        }
        return isConcerned
    }

    /// The unchanged records for which it matters that a pair is stronger or weaker than it was.
    private func moved(_ then: MergedPairs.Part, _ now: MergedPairs.Part) -> [UInt32] {
        var moved: [UInt32] = []
        var (i, j) = (0, 0)
        while i < then.pairs.count || j < now.pairs.count {
            let first = i < then.pairs.count ? then.pairs[i] : .max
            let second = j < now.pairs.count ? now.pairs[j] : .max
            let pair = min(first, second)
            var (before, after) = (UInt8(0), UInt8(0))
            if first == pair {
                before = then.strengths[i]
                i += 1
            }
            if second == pair {
                after = now.strengths[j]
                j += 1
            }
            guard before != after else { continue }
            let (a, b) = (Int(pair >> 32), Int(pair & 0xFFFF_FFFF))
            let isWithin = records.isLeft(a) == records.isLeft(b)
            for record in [a, b] where !records.isChanged[record] {
                let least = leastThen[2 * Int(records.baseOfNow[record]) + (isWithin ? 1 : 0)]
                if Int(max(before, after)) >= Int(least) - 1 { moved.append(UInt32(record)) }
            }
        }
        return moved
    }

    /// Looks at all blocks, those of all rules side by side.
    ///
    /// - Parameters:
    ///   - base: The records whose blocks are asked for, by their numbers then.
    ///   - joint: The same by the numbers of then and now.
    ///   - look: Takes a rule, a part of its blocks, and marks of the rule's items with such a record.
    /// - Returns: What was found, rule by rule, part by part.
    private func parts<Result: Sendable>(
        with base: Bits, _ joint: [Bool],
        _ look: @Sendable (_ rule: RuleChanges, _ part: Int, _ wanted: Bits) -> Result
    ) -> [Result] {
        let wanted = Parallel.map(count: rules.count, chunk: 1, threads: threads) {
            rules[$0.lowerBound].items(where: base, joint)
        }
        let parts = rules.enumerated().flatMap { place, rule in
            (0..<rule.partCount).map { (rule: place, part: $0) }
        }
        return Parallel.map(count: parts.count, chunk: 1, threads: threads) { range in
            let (rule, part) = parts[range.lowerBound]
            return look(rules[rule], part, wanted[rule])
        }
    }

    private struct Changed: Sendable {
        var then: Dealt
        var now: Dealt
        /// Records of blocks that passed a limit, either way.
        var flipped: [UInt32]
    }

    /// The pairs of changed records in the blocks of then and in those of now.
    private func changedPairs(_ rule: RuleChanges, _ part: Int, _ wanted: Bits) -> Changed {
        let (layout, limit) = (layout, rule.index.facts.limit)
        let isSure = rule.index.facts.isSure
        var (then, now, flipped) = ([UInt64](), [UInt64](), [UInt32]())
        rule.forEachBlock(part, with: wanted, of: records.isChanged) { block in
            let (wasLive, isLive) = (block.sizeThen <= limit, block.sizeNow <= limit)
            guard wasLive || isLive else { return }
            if wasLive != isLive
                || isSure && (block.sizeThen == 2) != (block.sizeNow == 2)
            {
                flipped += block.members.map(\.record)
            }
            let strength = layoutThen.strength(ofBlock: max(2, block.sizeThen))
            forEachPair(block.members, rule) { a, b in
                let entry = layout.entry(
                    UInt64(min(a.record, b.record)), UInt64(max(a.record, b.record)),
                    strength)
                if wasLive, a.isThen, b.isThen { then.append(entry) }
                if isLive, a.isNow, b.isNow { now.append(entry) }
            }
        }
        return Changed(then: deal(then), now: deal(now), flipped: flipped)
    }

    /// Hands over the pairs of a block with a record that is marked.
    @inline(__always)
    private func forEachPair(
        _ members: [RuleChanges.Member], _ rule: RuleChanges,
        _ body: (RuleChanges.Member, RuleChanges.Member) -> Void
    ) {
        let isOfValues = rule.index.facts.isOfValues
        for place in members.indices where members[place].isMarked {
            let first = members[place]
            for other in members.indices
            where other > place || (other < place && !members[other].isMarked) {
                let second = members[other]
                guard first.record != second.record, !isOfValues || first.item != second.item
                else { continue }
                body(first, second)
            }
        }
    }

    private func deal(_ entries: [UInt64]) -> Dealt {
        Dealt(entries, by: layout.bucketShift, count: layout.bucketCount)
    }

    // MARK: Candidates

    /// The candidates of the records concerned, by the numbers of now, in order.
    func candidates(of isConcerned: [Bool]) -> [UInt64] {
        let concernedBase = records.base(isConcerned, threads: threads)
        let found = parts(with: concernedBase, isConcerned) { pairs($0, $1, $2, of: isConcerned) }
        let merged = MergedPairs(found.map(\.pairs), layout, threads: threads)
        let strongest = StrongestPairs(
            boundary: records.nowLeft, records: records.jointCount, isSingle: isSingle)
        // Of the others what they keep is as it was.
        let asked = Bits(count: records.jointCount, threads: threads) { isConcerned[$0] }
        var least = strongest.leastStrengths(merged, of: asked, threads: threads)
        for record in 0..<records.nowCount where !isConcerned[record] {
            let base = Int(records.baseOfNow[record])
            least[2 * record] = leastThen[2 * base]
            least[2 * record + 1] = leastThen[2 * base + 1]
        }
        return CandidatePairs.joined(
            strongest.kept(of: merged, least: least, threads: threads),
            CandidatePairs.inOrder(found.flatMap(\.sure), layout), threads: threads)
    }

    private struct Found: Sendable {
        var pairs: Dealt
        /// Those that are looked at in any case.
        var sure: [UInt64]
    }

    /// The pairs of marked records in the blocks of now.
    private func pairs(
        _ rule: RuleChanges, _ part: Int, _ wanted: Bits, of isMarked: [Bool]
    ) -> Found {
        let (layout, limit) = (layout, rule.index.facts.limit)
        let isSure = rule.index.facts.isSure
        var (pairs, sure) = ([UInt64](), [UInt64]())
        rule.forEachBlock(part, with: wanted, of: isMarked) { block in
            guard block.sizeNow > 1, block.sizeNow <= limit else { return }
            if isSure, let pair = pairAlone(block) { sure.append(pair) }
            let strength = layoutThen.strength(ofBlock: max(2, block.sizeThen))
            forEachPair(block.members, rule) { a, b in
                guard a.isNow, b.isNow else { return }
                pairs.append(
                    layout.entry(
                        UInt64(min(a.record, b.record)), UInt64(max(a.record, b.record)), strength))
            }
        }
        return Found(pairs: deal(pairs), sure: sure)
    }

    /// The pair of a block that one left and one right record have alone now, one of them marked.
    private func pairAlone(_ block: RuleChanges.Block) -> UInt64? {
        guard block.sizeNow == 2 else { return nil }
        let members = block.members.filter(\.isNow)
        guard members.count == 2, members.contains(where: \.isMarked) else { return nil }
        let low = min(members[0].record, members[1].record)
        let high = max(members[0].record, members[1].record)
        guard low < records.nowLeft, high >= records.nowLeft else { return nil }
        return UInt64(low) << 32 | UInt64(high)
    }
}
