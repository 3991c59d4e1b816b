/// Marks of many items, a bit each: few enough bytes to stay in the cache while millions are asked for.
struct Bits: Sendable {
    private var words: [UInt64]

    init(count: Int) { words = [UInt64](repeating: 0, count: (count + 63) / 64) }

    /// Marks the items that something is true of.
    ///
    /// - Parameters:
    ///   - count: How many items there are.
    ///   - threads: How many threads may work.
    ///   - isMarked: Whether it is true of an item.
    init(count: Int, threads: Int, where isMarked: @Sendable (Int) -> Bool) {
        words = Parallel.array(count: (count + 63) / 64, chunk: 1024, threads: threads) {
            range, words in
            for word in range {
                let items = word * 64..<min(count, (word + 1) * 64)
                var bits: UInt64 = 0
                for item in items where isMarked(item) { bits |= 1 << UInt64(item & 63) }
                (words + (word - range.lowerBound)).initialize(to: bits)
            }
        }
    }

    subscript(index: Int) -> Bool {
        @inline(__always) get { words[index >> 6] >> UInt64(index & 63) & 1 != 0 }
    }

    mutating func mark(_ index: Int) { words[index >> 6] |= 1 << UInt64(index & 63) }
}
