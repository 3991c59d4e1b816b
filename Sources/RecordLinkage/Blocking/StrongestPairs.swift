internal import Synchronization

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
    ///   - least: What each record keeps at least, as ``leastStrengths(_:of:threads:)`` gives it.
    ///   - threads: How many threads may work.
    /// - Returns: The pairs in order.
    func kept(of merged: MergedPairs, least: [UInt8], threads: Int) -> [UInt64] {
        let kept = Parallel.map(count: merged.parts.count, chunk: 4, threads: threads) { range in
            // Takes what is fetched, so that it is not left out as useless.
            var (kept, fetched) = ([UInt64](), UInt8(0))
            for part in merged.parts[range] {
                for start in stride(from: 0, to: part.pairs.count, by: Self.pairsFetched) {
                    let some = start..<min(part.pairs.count, start + Self.pairsFetched)
                    for index in some {
                        let pair = part.pairs[index]
                        fetched &+= least[2 * Int(pair & 0xFFFF_FFFF) + isWithin(pair)]
                    }
                    for index in some {
                        let (pair, strength) = (part.pairs[index], part.strengths[index])
                        let isWithin = isWithin(pair)
                        let first = least[2 * Int(pair >> 32) + isWithin]
                        let second = least[2 * Int(pair & 0xFFFF_FFFF) + isWithin]
                        if strength >= min(first, second) { kept.append(pair) }
                    }
                }
            }
            return (kept, fetched)
        }
        return Parallel.joined(kept.map(\.0), threads: threads)
    }

    /// So many pairs are fetched at once: their higher records stand anywhere in memory.
    static let pairsFetched = 64

    @inline(__always)
    private func isWithin(_ pair: UInt64) -> Int {
        (Int(pair >> 32) < boundary) == (Int(pair & 0xFFFF_FFFF) < boundary) ? 1 : 0
    }

    /// For each record, the least strength that it keeps: across the sides, then within its own.
    ///
    /// Each thread passes over some of the pairs; what they found of a record is then put together.
    ///
    /// - Parameters:
    ///   - merged: Pairs with what they have in common.
    ///   - asked: The records that are asked about, of the others it is 0; `nil` for all.
    ///   - threads: How many threads may work.
    /// - Returns: Two numbers a record.
    func leastStrengths(_ merged: MergedPairs, of asked: Bits? = nil, threads: Int) -> [UInt8] {
        strengths(merged, of: asked, threads: threads).least
    }

    /// The least strengths, and how many records keep none of their strongest across the sides, or within
    /// the only one, as too many are alike.
    func strengths(
        _ merged: MergedPairs, of asked: Bits? = nil, threads: Int
    ) -> (least: [UInt8], tiedRecords: Int) {
        // What many threads found takes a pass over all records to put together.
        let pairs = merged.parts.reduce(0) { $0 + $1.pairs.count }
        let lanes = pairs < 4 * records ? 1 : max(1, threads)
        let kept = Parallel.map(count: lanes, chunk: 1, threads: threads) { range in
            var kept = KeptStrengths(
                across: TopStrengths(records: records, most: across),
                within: TopStrengths(records: records, most: within))
            // Every so many parts: those of low records have more pairs.
            for index in stride(from: range.lowerBound, to: merged.parts.count, by: lanes) {
                let part = merged.parts[index]
                if let asked {
                    kept.add(part, isWithin: { isWithin($0) == 1 }, isAsked: { asked[$0] })
                } else {
                    kept.add(part, isWithin: { isWithin($0) == 1 }, isAsked: { _ in true })
                }
            }
            return kept
        }
        let tied = Atomic(0)
        let least: [UInt8] = Parallel.array(
            count: records, width: 2, chunk: 1 << 15, threads: threads
        ) { range, least in
            var (joined, first) = (kept[0], range.lowerBound)
            if lanes > 1 {
                first = 0
                joined = KeptStrengths(
                    across: TopStrengths(records: range.count, most: across),
                    within: TopStrengths(records: range.count, most: within))
                for lane in kept {
                    joined.across.take(lane.across, of: range)
                    joined.within.take(lane.within, of: range)
                }
            }
            let isAcross = across > 0
            var count = 0
            for place in 0..<range.count {
                least[2 * place] = joined.across.least(of: first + place, leavesOutWeak)
                least[2 * place + 1] = joined.within.least(of: first + place, leavesOutWeak)
                let losesAll =
                    isAcross
                    ? joined.across.losesAll(of: first + place)
                    : joined.within.losesAll(of: first + place)
                if losesAll { count += 1 }
            }
            tied.wrappingAdd(count, ordering: .relaxed)
        }
        return (least, tied.load(ordering: .relaxed))
    }
}
