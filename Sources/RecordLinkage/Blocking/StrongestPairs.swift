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
    ///   - least: What each record keeps at least, as ``leastStrengths(_:threads:)`` gives it.
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
    fileprivate static let pairsFetched = 64

    @inline(__always)
    private func isWithin(_ pair: UInt64) -> Int {
        (Int(pair >> 32) < boundary) == (Int(pair & 0xFFFF_FFFF) < boundary) ? 1 : 0
    }

    /// For each record, the least strength that it keeps: across the sides, then within its own.
    ///
    /// Each thread passes over some of the pairs; what they found of a record is then put together.
    func leastStrengths(_ merged: MergedPairs, threads: Int) -> [UInt8] {
        strengths(merged, threads: threads).least
    }

    /// The least strengths, and how many records keep none of their strongest across the sides, or within
    /// the only one, as too many are alike.
    func strengths(
        _ merged: MergedPairs, threads: Int
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
                kept.add(merged.parts[index], isWithin: { isWithin($0) == 1 })
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

/// The strongest of each record, across the sides and within its own.
private struct KeptStrengths {
    var across: TopStrengths
    var within: TopStrengths
    /// Takes what is fetched, so that it is not left out as useless.
    private var fetched: UInt8 = 0

    init(across: TopStrengths, within: TopStrengths) {
        (self.across, self.within) = (across, within)
    }

    @inline(__always)
    mutating func add(_ part: MergedPairs.Part, isWithin: (UInt64) -> Bool) {
        let fetches = StrongestPairs.pairsFetched
        for start in stride(from: 0, to: part.pairs.count, by: fetches) {
            let some = start..<min(part.pairs.count, start + fetches)
            // They stand anywhere in memory, and are waited for all at once.
            for index in some {
                let (pair, second) = (part.pairs[index], Int(part.pairs[index] & 0xFFFF_FFFF))
                fetched &+= isWithin(pair) ? within.fetch(second) : across.fetch(second)
            }
            for index in some {
                let (pair, strength) = (part.pairs[index], part.strengths[index])
                let isWithin = isWithin(pair)
                add(strength, Int(pair >> 32), isWithin)
                add(strength, Int(pair & 0xFFFF_FFFF), isWithin)
            }
        }
    }

    @inline(__always)
    private mutating func add(_ strength: UInt8, _ record: Int, _ isWithin: Bool) {
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
    /// A row for each record: its strongest in falling order, 0 where there are fewer, then how many
    /// are as strong as the weakest of these, as far as it matters.
    private var rows: [UInt8]
    private let width: Int

    init(records: Int, most: Int) {
        self.most = most
        width = most + 1
        rows = [UInt8](repeating: 0, count: most > 0 ? records * (most + 1) : 0)
    }

    /// Reads the row of a record, which is then at hand when something is added to it.
    @inline(__always)
    func fetch(_ record: Int) -> UInt8 { most > 0 ? rows[record * width] : 0 }

    @inline(__always)
    mutating func add(_ strength: UInt8, to record: Int) {
        guard most > 0 else { return }
        let (first, ties) = (record * width, record * width + most)
        let last = ties - 1
        let weakest = rows[last]
        guard strength >= weakest else { return }
        if strength == weakest {
            if rows[ties] < .max { rows[ties] += 1 }
            return
        }
        var place = last
        while place > first, rows[place - 1] < strength {
            rows[place] = rows[place - 1]
            place -= 1
        }
        rows[place] = strength
        guard rows[last] != weakest else { return }
        // All that are as strong as the new weakest are still here.
        var count: UInt8 = 0
        place = last
        while place >= first, rows[place] == rows[last] {
            count += 1
            place -= 1
        }
        rows[ties] = count
    }

    /// Takes in what was found elsewhere of some records, which have the numbers from 0 here.
    mutating func take(_ other: TopStrengths, of records: Range<Int>) {
        guard most > 0 else { return }
        for record in records {
            let own = record - records.lowerBound
            let listed = other.rows[record * width..<record * width + most]
            for strength in listed where strength > 0 { add(strength, to: own) }
            // Those that were as strong as the weakest in the list, and are not in it.
            let weakest = other.rows[record * width + most - 1]
            guard weakest > 0, rows[own * width + most - 1] == weakest else { continue }
            let unlisted =
                Int(other.rows[record * width + most]) - listed.count { $0 == weakest }
            rows[own * width + most] = UInt8(min(255, Int(rows[own * width + most]) + unlisted))
        }
    }

    /// The least strength that a record keeps; 0 when it keeps all.
    @inline(__always)
    func least(of record: Int, _ leavesOutWeak: Bool) -> UInt8 {
        guard most > 0 else { return 0 }
        let (first, ties) = (record * width, record * width + most)
        let weakest = rows[ties - 1]
        let half = leavesOutWeak ? rows[first] / 2 : 0
        guard weakest > 0 else { return half }
        return max(hasManyTies(first) ? weakest + 1 : weakest, half)
    }

    /// Whether so many are as strong as the weakest that none of them is told apart by it.
    @inline(__always)
    private func hasManyTies(_ first: Int) -> Bool {
        Int(rows[first + most]) > 3 * most && rows[first + most - 1] < .max
    }

    /// Whether these are the strongest of a record, too.
    @inline(__always)
    func losesAll(of record: Int) -> Bool {
        let first = record * width
        return most > 0 && rows[first] > 0 && rows[first] == rows[first + most - 1]
            && hasManyTies(first)
    }
}
