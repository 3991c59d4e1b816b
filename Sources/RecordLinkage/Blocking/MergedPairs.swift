/// All proposed pairs, each once, with the strength of everything that it has in common.
struct MergedPairs: Sendable {
    /// In order, in parts.
    struct Part: Sendable {
        var pairs: [UInt64] = []
        var strengths: [UInt8] = []
    }

    let parts: [Part]

    init(_ dealt: [Dealt], _ layout: PairLayout, threads: Int) {
        parts = Parallel.map(count: layout.bucketCount, chunk: 1, threads: threads) { range in
            let bucket = range.lowerBound
            var entries: [UInt64] = []
            entries.reserveCapacity(dealt.reduce(0) { $0 + $1[bucket].count })
            for part in dealt { entries.append(contentsOf: part[bucket]) }
            RadixSort.sort(&entries, bits: PairLayout.strengthBits, layout.bucketShift)
            var part = Part()
            part.pairs.reserveCapacity(entries.count)
            part.strengths.reserveCapacity(entries.count)
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
    }
}

/// Chooses the pairs that are among the strongest of either record; ties are kept, unless many.
struct StrongestPairs: Sendable {
    private let boundary: Int
    private let records: Int
    private let across: Int
    private let within: Int
    private let leavesOutWeak: Bool

    /// - Parameters:
    ///   - boundary: The first record of the right side.
    ///   - records: How many records there are.
    ///   - across: How many pairs across the sides a record keeps at least.
    ///   - within: How many of its own side.
    ///   - leavesOutWeak: Whether pairs are left out that are less than half as strong as both records'
    ///     strongest of the kind: such a pair can hardly win.
    init(
        boundary: Int, records: Int, across: Int, within: Int, leavesOutWeak: Bool = false
    ) {
        self.leavesOutWeak = leavesOutWeak
        self.boundary = boundary
        self.records = records
        self.across = across
        self.within = within
    }

    /// Chooses pairs.
    ///
    /// - Parameters:
    ///   - merged: Pairs with what they have in common.
    ///   - least: What each record keeps at least, as ``leastStrengths(_:threads:)`` gives it.
    ///   - threads: How many threads may work.
    /// - Returns: The pairs in order.
    func kept(of merged: MergedPairs, least: [UInt8], threads: Int) -> [UInt64] {
        let kept = Parallel.map(count: merged.parts.count, chunk: 4, threads: threads) { range in
            var kept: [UInt64] = []
            for part in merged.parts[range] {
                for (pair, strength) in zip(part.pairs, part.strengths) {
                    let isWithin = isWithin(pair)
                    let first = least[2 * Int(pair >> 32) + isWithin]
                    let second = least[2 * Int(pair & 0xFFFF_FFFF) + isWithin]
                    if strength >= min(first, second) { kept.append(pair) }
                }
            }
            return kept
        }
        var pairs: [UInt64] = []
        pairs.reserveCapacity(kept.reduce(0) { $0 + $1.count })
        for part in kept { pairs += part }
        return pairs
    }

    @inline(__always)
    private func isWithin(_ pair: UInt64) -> Int {
        (Int(pair >> 32) < boundary) == (Int(pair & 0xFFFF_FFFF) < boundary) ? 1 : 0
    }

    /// For each record, the least strength that it keeps: across the sides, then within its own.
    ///
    /// Each thread looks after some of the records and passes over all pairs.
    func leastStrengths(_ merged: MergedPairs, threads: Int) -> [UInt8] {
        let lanes = max(1, threads)
        let size = (records + lanes - 1) / lanes
        return Parallel.array(
            count: records, width: 2, chunk: max(1, size), threads: threads
        ) { range, least in
            var kept = KeptStrengths(
                across: TopStrengths(records: range.count, most: across),
                within: TopStrengths(records: range.count, most: within))
            for part in merged.parts {
                for (pair, strength) in zip(part.pairs, part.strengths) {
                    let isWithin = isWithin(pair) == 1
                    let first = Int(pair >> 32) - range.lowerBound
                    if first >= 0, first < range.count { kept.add(strength, first, isWithin) }
                    let second = Int(pair & 0xFFFF_FFFF) - range.lowerBound
                    if second >= 0, second < range.count { kept.add(strength, second, isWithin) }
                }
            }
            for place in 0..<range.count {
                least[2 * place] = kept.across.least(of: place, leavesOutWeak)
                least[2 * place + 1] = kept.within.least(of: place, leavesOutWeak)
            }
        }
    }
}

/// The strongest of each record, across the sides and within its own.
private struct KeptStrengths {
    var across: TopStrengths
    var within: TopStrengths

    @inline(__always)
    mutating func add(_ strength: UInt8, _ record: Int, _ isWithin: Bool) {
        if isWithin {
            within.add(strength, to: record)
        } else {
            across.add(strength, to: record)
        }
    }
}

/// The strongest few of the strengths that each of some records has.
private struct TopStrengths {
    private let most: Int
    /// For each record its strongest, in falling order; 0 where there are fewer.
    private var strengths: [UInt8]
    /// How many are as strong as the weakest of these, as far as it matters.
    private var ties: [UInt8]

    init(records: Int, most: Int) {
        self.most = most
        strengths = [UInt8](repeating: 0, count: records * most)
        ties = [UInt8](repeating: 0, count: records)
    }

    @inline(__always)
    mutating func add(_ strength: UInt8, to record: Int) {
        guard most > 0 else { return }
        let last = (record + 1) * most - 1
        let weakest = strengths[last]
        guard strength >= weakest else { return }
        if strength == weakest {
            if ties[record] < .max { ties[record] += 1 }
            return
        }
        var place = last
        while place > record * most, strengths[place - 1] < strength {
            strengths[place] = strengths[place - 1]
            place -= 1
        }
        strengths[place] = strength
        guard strengths[last] != weakest else { return }
        // All that are as strong as the new weakest are still here.
        var count: UInt8 = 0
        place = last
        while place >= record * most, strengths[place] == strengths[last] {
            count += 1
            place -= 1
        }
        ties[record] = count
    }

    /// The least strength that a record keeps; 0 when it keeps all.
    @inline(__always)
    func least(of record: Int, _ leavesOutWeak: Bool) -> UInt8 {
        guard most > 0 else { return 0 }
        let weakest = strengths[(record + 1) * most - 1]
        let half = leavesOutWeak ? strengths[record * most] / 2 : 0
        guard weakest > 0 else { return half }
        // So many that share no more than this are told apart by none of them.
        let hasManyTies = Int(ties[record]) > 3 * most && weakest < .max
        return max(hasManyTies ? weakest + 1 : weakest, half)
    }
}
