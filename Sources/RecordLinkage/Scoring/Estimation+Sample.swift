extension Estimation.Pairs {
    /// Leaves out what is no rival of a pair that is counted.
    ///
    /// How probable a counted pair is to match depends on the pairs of its two records and on no other, so
    /// that it stays what it was. How many matches there are is told by the counted ones then.
    ///
    /// - Parameter records: How many records there are.
    mutating func leaveOutStrangers(records: Int) {
        guard let contending, let counted else { return }
        var isCounted = Bits(count: records)
        for place in counted {
            let pair = pairs[Int(contending[Int(place)])]
            isCounted.mark(Int(pair >> 32))
            isCounted.mark(Int(pair & 0xFFFF_FFFF))
        }
        var (rivals, places) = ([UInt32](), [UInt32]())
        places.reserveCapacity(counted.count)
        var next = counted[...]
        for (place, index) in contending.enumerated() {
            let pair = pairs[Int(index)]
            guard isCounted[Int(pair >> 32)] || isCounted[Int(pair & 0xFFFF_FFFF)] else { continue }
            if next.first == UInt32(place) {
                places.append(UInt32(rivals.count))
                next.removeFirst()
            }
            rivals.append(index)
        }
        (self.contending, self.counted, isSample) = (rivals, places, true)
    }
}
