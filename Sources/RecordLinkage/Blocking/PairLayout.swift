/// Numbers dealt into buckets by some of their bits, in their order within each bucket.
struct Dealt: Sendable {
    private let values: [UInt64]
    private let starts: [Int32]

    /// Deals `values` by the bits from `shift` up.
    init(_ values: [UInt64], by shift: Int, count: Int) {
        let (shift, mask) = (UInt64(shift), UInt64(count - 1))
        var starts = [Int32](repeating: 0, count: count + 1)
        for value in values { starts[Int(value &>> shift & mask) + 1] += 1 }
        for index in 0..<count { starts[index + 1] += starts[index] }
        var places = starts
        self.values = [UInt64](unsafeUninitializedCapacity: values.count) { buffer, filled in
            for value in values {
                let bucket = Int(value &>> shift & mask)
                buffer[Int(places[bucket])] = value
                places[bucket] += 1
            }
            filled = values.count
        }
        self.starts = starts
    }

    subscript(bucket: Int) -> ArraySlice<UInt64> {
        values[Int(starts[bucket])..<Int(starts[bucket + 1])]
    }
}

/// How a pair and the strength of what it has in common are packed into one number.
struct PairLayout: Sendable {
    let recordCount: Int
    let recordBits: Int
    let recordMask: UInt64
    static let strengthBits = 5

    init(recordCount: Int) {
        self.recordCount = recordCount
        recordBits = max(1, Int.bitWidth - max(0, recordCount - 1).leadingZeroBitCount)
        recordMask = (1 << UInt64(recordBits)) - 1
    }

    /// The highest bit in use, not included.
    var highestBit: Int { 2 * recordBits + Self.strengthBits }
    var bucketCount: Int { 1 << min(8, recordBits) }
    var bucketShift: Int { highestBit - min(8, recordBits) }

    /// Bits of information in a key that so many records share, 1 to 31.
    func strength(ofBlock size: Int) -> UInt64 {
        let (all, own) = (Double(recordCount), Double(size))
        let bits = Int((2 * all / own).exponent)
        return UInt64(max(1, min(31, bits)))
    }

    @inline(__always)
    func entry(_ first: UInt64, _ second: UInt64, _ strength: UInt64) -> UInt64 {
        (first &<< UInt64(recordBits) | second) &<< UInt64(Self.strengthBits) | strength
    }

    /// The pair as the rest of the engine writes it: the lower record in the high half.
    @inline(__always)
    func pair(_ entry: UInt64) -> UInt64 {
        let both = entry &>> UInt64(Self.strengthBits)
        return (both &>> UInt64(recordBits)) &<< 32 | both & recordMask
    }

    /// The strength of an entry.
    @inline(__always)
    func strength(_ entry: UInt64) -> Int { Int(entry & (1 << UInt64(Self.strengthBits) - 1)) }
}
