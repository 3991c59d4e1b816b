import Records

/// Records that share a blocking key of one rule, found without sorting all keys at once: keys are
/// dealt into buckets by their high bits, and each bucket is sorted where it fits the cache.
struct KeyBlocks: Sendable {
    /// Sorted keys of a bucket: a piece of the hash above the record's number.
    struct Bucket: Sendable {
        var keys: [UInt64]
        /// Pairs in blocks by the binary logarithm of their size.
        var pairsBySize = [Int](repeating: 0, count: 64)
        var largest = 0
    }

    static let bucketCount = 256

    let buckets: [Bucket]
    /// The layout of the pairs of records.
    private let layout: PairLayout
    /// The layout of the keys' owners: records, or values.
    let items: PairLayout
    private let threads: Int
    /// The values whose keys these are; `nil` where they are those of records.
    let values: KeyedValues?

    /// Collects the keys of a rule.
    ///
    /// - Parameters:
    ///   - makers: The makers of the parts of the keys.
    ///   - layout: The layout of pairs.
    ///   - betweenValues: Whether only pairs of different values are looked for, those one error
    ///     apart; records that are equal are found by another rule.
    ///   - threads: How many threads may work.
    init(
        _ makers: [any KeyMaker], _ layout: PairLayout, betweenValues: Bool, threads: Int
    ) {
        self.layout = layout
        self.threads = threads
        let values = betweenValues ? makers.first?.values(records: layout.recordCount) : nil
        let items = values.map { PairLayout(recordCount: $0.count) } ?? layout
        let dealt = Parallel.map(
            count: items.recordCount, chunk: 8192, threads: threads
        ) { range in
            let keys =
                values.map { Self.keys(of: range, $0, items) }
                ?? Self.keys(of: range, makers, items)
            return Dealt(keys, by: 56, count: Self.bucketCount)
        }
        let lowest = max(items.recordBits, 23)
        buckets = Parallel.map(count: Self.bucketCount, chunk: 1, threads: threads) { range in
            let number = range.lowerBound
            var keys: [UInt64] = []
            keys.reserveCapacity(dealt.reduce(0) { $0 + $1[number].count })
            for part in dealt { keys.append(contentsOf: part[number]) }
            RadixSort.sort(&keys, bits: lowest, 56)
            var bucket = Bucket(keys: keys)
            Self.forEachBlock(keys, items) { block in
                let (records, pairs) = Self.size(block, values)
                bucket.largest = max(bucket.largest, records)
                bucket.pairsBySize[Self.sizeClass(records)] += pairs
            }
            return bucket
        }
        self.items = items
        self.values = values
    }

    /// How many records a block has, and how many pairs it gives.
    private static func size(_ block: [UInt64], _ values: KeyedValues?) -> (Int, Int) {
        guard let values else { return (block.count, block.count * (block.count - 1) / 2) }
        var (records, squares) = (0, 0)
        for value in block {
            let count = values.owners(of: value).count
            records += count
            squares += count * count
        }
        return (records, (records * records - squares) / 2)
    }

    /// Makes the pairs of all blocks up to a size.
    ///
    /// - Parameters:
    ///   - limit: The most records of a block; less is taken where the pairs would be too many.
    ///   - mostPairs: The most pairs of the rule.
    ///   - statistics: Takes what was found and what was left out.
    /// - Returns: Pairs with the strength of their key, dealt by their first record.
    func pairs(limit: Int, mostPairs: Int, _ statistics: inout BlockingStatistics) -> [Dealt] {
        let limit = allowed(limit, mostPairs: mostPairs)
        statistics.limit = limit
        statistics.largestBlock = buckets.reduce(0) { max($0, $1.largest) }
        struct Part: Sendable {
            var dealt: Dealt
            var statistics: BlockingStatistics
        }
        let rule = statistics.rule
        // Several buckets at once: their pairs are dealt again, and small deals cost the more.
        let parts = Parallel.map(count: buckets.count, chunk: 8, threads: threads) { range in
            var part = BlockingStatistics(rule: rule)
            var pairs: [UInt64] = []
            for bucket in buckets[range] {
                Self.forEachBlock(bucket.keys, items) { block in
                    let records = values == nil ? block.count : Self.size(block, values).0
                    guard records <= limit else {
                        part.skippedBlocks += 1
                        return
                    }
                    part.blocks += 1
                    append(block, strength: layout.strength(ofBlock: records), to: &pairs)
                }
            }
            part.pairs = pairs.count
            return Part(
                dealt: Dealt(pairs, by: layout.bucketShift, count: layout.bucketCount),
                statistics: part)
        }
        for part in parts {
            statistics.blocks += part.statistics.blocks
            statistics.skippedBlocks += part.statistics.skippedBlocks
            statistics.pairs += part.statistics.pairs
        }
        return parts.map(\.dealt)
    }

    /// The pairs of the blocks that one left and one right record have alone.
    ///
    /// - Parameter boundary: The number of the first right record.
    /// - Returns: The pairs as the rest of the engine writes them, in no order.
    func pairsAlone(across boundary: UInt64) -> [UInt64] {
        precondition(values == nil, "values that are one error apart decide nothing")
        return Parallel.map(count: buckets.count, chunk: 8, threads: threads) { range in
            var pairs: [UInt64] = []
            for bucket in buckets[range] {
                Self.forEachBlock(bucket.keys, items) { block in
                    if block.count == 2, block[0] < boundary, block[1] >= boundary {
                        pairs.append(block[0] << 32 | block[1])
                    }
                }
            }
            return pairs
        }.flatMap { $0 }
    }

    /// Appends the pairs of a block, all with all.
    private func append(_ block: [UInt64], strength: UInt64, to pairs: inout [UInt64]) {
        for (index, item) in block.enumerated() {
            for other in block[(index + 1)...] {
                guard let values else {
                    pairs.append(layout.entry(item, other, strength))
                    continue
                }
                for first in values.owners(of: item) {
                    for second in values.owners(of: other) where first != second {
                        pairs.append(
                            layout.entry(
                                UInt64(min(first, second)), UInt64(max(first, second)), strength))
                    }
                }
            }
        }
    }

    /// The limit, halved until the pairs are not too many.
    private func allowed(_ limit: Int, mostPairs: Int) -> Int {
        var bySize = [Int](repeating: 0, count: 64)
        for bucket in buckets {
            for (size, count) in bucket.pairsBySize.enumerated() { bySize[size] += count }
        }
        var limit = limit
        while limit > 2, bySize[...Self.sizeClass(limit)].reduce(0, +) > mostPairs { limit /= 2 }
        return limit
    }

    private static func sizeClass(_ count: Int) -> Int {
        Int.bitWidth - max(1, count).leadingZeroBitCount
    }

    private static func forEachBlock(
        _ keys: [UInt64], _ layout: PairLayout, _ body: ([UInt64]) -> Void
    ) {
        let shift = UInt64(max(layout.recordBits, 23))
        var block: [UInt64] = []
        var start = 0
        while start < keys.count {
            let key = keys[start] >> shift
            var end = start + 1
            while end < keys.count, keys[end] >> shift == key { end += 1 }
            if end - start > 1 {
                block.removeAll(keepingCapacity: true)
                for place in start..<end {
                    let record = keys[place] & layout.recordMask
                    if block.last != record { block.append(record) }
                }
                if block.count > 1 { body(block) }
            }
            start = end
        }
    }

    /// The keys of some records: the key's high bits above the record's number.
    private static func keys(
        of range: Range<Int>, _ makers: [any KeyMaker], _ layout: PairLayout
    ) -> [UInt64] {
        var keys: [UInt64] = []
        keys.reserveCapacity(range.count * 4)
        if makers.count == 1 {
            makers[0].keys(of: range, mask: layout.recordMask, into: &keys)
            return keys
        }
        var own: [UInt64] = []
        var parts = [[UInt64]](repeating: [], count: makers.count)
        for record in range {
            for index in makers.indices {
                parts[index].removeAll(keepingCapacity: true)
                makers[index].keys(of: record, into: &parts[index])
            }
            combine(parts, into: &own)
            for key in own { keys.append(key & ~layout.recordMask | UInt64(record)) }
        }
        return keys
    }

    /// The keys of some values, those of texts with one error.
    private static func keys(
        of range: Range<Int>, _ values: KeyedValues, _ layout: PairLayout
    ) -> [UInt64] {
        var keys: [UInt64] = []
        keys.reserveCapacity(range.count * 12)
        var own: [UInt64] = []
        for value in range {
            own.removeAll(keepingCapacity: true)
            Deletions.append(of: values.table[UInt32(value)], to: &own)
            for key in own { keys.append(key & ~layout.recordMask | UInt64(value)) }
        }
        return keys
    }

    /// One key of each part, in all combinations.
    static func combine(_ parts: [[UInt64]], into keys: inout [UInt64]) {
        keys.removeAll(keepingCapacity: true)
        for part in parts where part.isEmpty { return }
        keys.append(contentsOf: parts[0])
        for part in parts.dropFirst() {
            // What stands there so far are the first halves, overwritten when they are done with.
            let count = keys.count
            for second in part.dropFirst() {
                for place in 0..<count { keys.append(StableHash.of(keys[place], second)) }
            }
            for place in 0..<count { keys[place] = StableHash.of(keys[place], part[0]) }
        }
    }
}
