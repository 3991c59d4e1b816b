/// Sorts numbers by some of their bits, lowest digit first; equal ones keep their order.
enum RadixSort {
    /// Sorts by the bits from `lowest` up to, not including, `highest`.
    ///
    /// - Complexity: O(count × bits / 11); one buffer of the same size.
    static func sort(_ values: inout [UInt64], bits lowest: Int, _ highest: Int) {
        guard values.count > 1 else { return }
        if values.count < 256 {
            let mask: UInt64 = highest >= 64 ? ~0 : (1 << UInt64(highest)) &- 1
            let indexed = values.enumerated().sorted { first, second in
                let (a, b) = (first.1 & mask, second.1 & mask)
                return (a >> UInt64(lowest), first.0) < (b >> UInt64(lowest), second.0)
            }
            values = indexed.map(\.1)
            return
        }
        // Every place is written before it is read.
        var other = [UInt64](unsafeUninitializedCapacity: values.count) { $1 = values.count }
        var counts = [Int](repeating: 0, count: 2048)
        var shift = lowest
        while shift < highest {
            let mask = UInt64(1 << min(11, highest - shift)) - 1
            counts.withUnsafeMutableBufferPointer { counts in
                counts.update(repeating: 0)
                values.withUnsafeBufferPointer { values in
                    for value in values { counts[Int((value &>> UInt64(shift)) & mask)] &+= 1 }
                    var start = 0
                    for digit in 0..<counts.count {
                        let count = counts[digit]
                        counts[digit] = start
                        start += count
                    }
                    other.withUnsafeMutableBufferPointer { other in
                        for value in values {
                            let digit = Int((value &>> UInt64(shift)) & mask)
                            other[counts[digit]] = value
                            counts[digit] &+= 1
                        }
                    }
                }
            }
            swap(&values, &other)
            shift += 11
        }
    }
}
