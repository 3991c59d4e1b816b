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
