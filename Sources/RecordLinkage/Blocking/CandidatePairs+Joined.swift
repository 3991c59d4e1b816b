extension CandidatePairs {
    /// Two sorted lists as one, each pair once.
    ///
    /// Of a short list that is to be added to a long one nearly all stand there already, as a rule: it is
    /// seen first which do not, and the long list is copied in stretches, or not at all.
    ///
    /// - Parameters:
    ///   - pairs: The long list.
    ///   - known: The other one.
    ///   - threads: How many threads may work.
    /// - Returns: The pairs in order.
    static func joined(_ pairs: [UInt64], _ known: [UInt64], threads: Int) -> [UInt64] {
        guard !pairs.isEmpty else { return known }
        let missing = Parallel.joined(
            Parallel.map(count: known.count, chunk: 16384, threads: threads) {
                Self.missing(known[$0], in: pairs)
            }, threads: 1)
        guard !missing.isEmpty else { return pairs }
        var stretches: [Stretch] = []
        var next = 0
        for start in stride(from: 0, to: pairs.count, by: Stretch.size) {
            let end = min(pairs.count, start + Stretch.size)
            let (first, isLast) = (next, end == pairs.count)
            while next < missing.count, isLast || missing[next].place < end { next += 1 }
            stretches.append(Stretch(pairs: start..<end, missing: first..<next))
        }
        return Parallel.array(ofParts: stretches.map(\.count), threads: threads) {
            [stretches] number, places in
            let stretch = stretches[number]
            var (from, to) = (stretch.pairs.lowerBound, places)
            for one in missing[stretch.missing] {
                Parallel.copy(pairs[from..<one.place], to: to)
                to += one.place - from
                to.initialize(to: one.pair)
                (from, to) = (one.place, to + 1)
            }
            Parallel.copy(pairs[from..<stretch.pairs.upperBound], to: to)
        }
    }

    /// Pairs of the long list, and what is missing among and before them; behind the last ones, too.
    private struct Stretch: Sendable {
        static let size = 1 << 18
        var pairs: Range<Int>
        var missing: Range<Int>

        var count: Int { pairs.count + missing.count }
    }

    /// A pair that is not in a list, and the place of the next one there.
    private struct Missing: Sendable, BitwiseCopyable {
        var place: Int
        var pair: UInt64
    }

    private static func missing(_ known: ArraySlice<UInt64>, in pairs: [UInt64]) -> [Missing] {
        var (missing, place) = ([Missing](), 0)
        for pair in known {
            place = Self.place(of: pair, in: pairs, from: place)
            if place == pairs.count || pairs[place] != pair {
                missing.append(Missing(place: place, pair: pair))
            }
        }
        return missing
    }

    /// The place of the first pair that is not less than one; all before `start` are.
    private static func place(of pair: UInt64, in pairs: [UInt64], from start: Int) -> Int {
        // Further and further, then between the last two.
        var (low, step) = (start, 1)
        while low + step < pairs.count, pairs[low + step] < pair {
            low += step
            step *= 2
        }
        var high = min(pairs.count, low + step)
        while low < high {
            let middle = (low + high) / 2
            if pairs[middle] < pair { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
