/// Marks of many items, a bit each: few enough bytes to stay in the cache while millions are asked for.
struct Bits: Sendable {
    private var words: [UInt64]

    init(count: Int) { words = [UInt64](repeating: 0, count: (count + 63) / 64) }

    subscript(index: Int) -> Bool {
        @inline(__always) get { words[index >> 6] >> UInt64(index & 63) & 1 != 0 }
    }

    mutating func mark(_ index: Int) { words[index >> 6] |= 1 << UInt64(index & 63) }
}
