/// The strongest of each record, across the sides and within its own.
struct KeptStrengths {
    var across: TopStrengths
    var within: TopStrengths
    /// Takes what is fetched, so that it is not left out as useless.
    private var fetched: UInt8 = 0

    init(across: TopStrengths, within: TopStrengths) {
        (self.across, self.within) = (across, within)
    }

    @inline(__always)
    mutating func add(
        _ part: MergedPairs.Part, isWithin: (UInt64) -> Bool, isAsked: (Int) -> Bool
    ) {
        let fetches = StrongestPairs.pairsFetched
        for start in stride(from: 0, to: part.pairs.count, by: fetches) {
            let some = start..<min(part.pairs.count, start + fetches)
            // They stand anywhere in memory, and are waited for all at once.
            for index in some {
                let (pair, second) = (part.pairs[index], Int(part.pairs[index] & 0xFFFF_FFFF))
                guard isAsked(second) else { continue }
                fetched &+= isWithin(pair) ? within.fetch(second) : across.fetch(second)
            }
            for index in some {
                let (pair, strength) = (part.pairs[index], part.strengths[index])
                let isWithin = isWithin(pair)
                let (first, second) = (Int(pair >> 32), Int(pair & 0xFFFF_FFFF))
                if isAsked(first) { add(strength, first, isWithin) }
                if isAsked(second) { add(strength, second, isWithin) }
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
struct TopStrengths {
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
