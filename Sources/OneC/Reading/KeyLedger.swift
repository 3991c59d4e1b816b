/// Which rows of a list were seen, and in which pass over it last.
///
/// This is all that grows with the length of a list, so it is kept tight: a table of keys that is
/// filled to four fifths, twenty-five bytes a row, where a `Dictionary` takes forty and more.
struct KeyLedger {
    /// How many different rows were seen in all passes.
    private(set) var count = 0
    /// The keys, each at the first free place from that of its hash.
    private var keys: [UInt128] = []
    /// In which pass each was seen last; 0 where there is none.
    private var passes: [UInt32] = []
    private var current: UInt32 = 0

    /// Begins another pass.
    mutating func beginPass() { current += 1 }

    /// Makes room for rows that are announced.
    mutating func reserve(_ count: Int) {
        let needed = Self.capacity(for: count)
        if needed > keys.count { resize(to: needed) }
    }

    /// Notes a row.
    ///
    /// - Returns: Whether it was not seen in this pass, and whether it was not seen in any.
    mutating func note(_ key: RowKey) -> (isNewInPass: Bool, isNew: Bool) {
        if count * 5 >= keys.count * 4 { resize(to: Self.capacity(for: count * 5 / 4 + 1_024)) }
        let place = place(of: key.bits)
        let before = passes[place]
        passes[place] = current
        if before == 0 {
            keys[place] = key.bits
            count += 1
        }
        return (before != current, before == 0)
    }

    /// Whether a row was seen in this pass.
    func contains(_ key: RowKey) -> Bool {
        guard count > 0 else { return false }
        return passes[place(of: key.bits)] == current
    }

    /// The place of a key, or the free one where it belongs.
    private func place(of key: UInt128) -> Int {
        keys.withUnsafeBufferPointer { keys in
            passes.withUnsafeBufferPointer { passes in
                var place = Self.home(of: key, among: keys.count)
                while passes[place] != 0, keys[place] != key {
                    place += 1
                    if place == keys.count { place = 0 }
                }
                return place
            }
        }
    }

    /// Where a key belongs: its hash, spread over the table without a division.
    private static func home(of key: UInt128, among count: Int) -> Int {
        var hash = UInt64(truncatingIfNeeded: key ^ key >> 64)
        // The last steps of MurmurHash3: ids of one server differ in few bits.
        hash = (hash ^ hash >> 33) &* 0xff51_afd7_ed55_8ccd
        hash = (hash ^ hash >> 33) &* 0xc4ce_b9fe_1a85_ec53
        hash ^= hash >> 33
        return Int(hash.multipliedFullWidth(by: UInt64(count)).high)
    }

    private static func capacity(for count: Int) -> Int { count * 5 / 4 + 16 }

    private mutating func resize(to capacity: Int) {
        let (oldKeys, oldPasses) = (keys, passes)
        keys = [UInt128](repeating: 0, count: capacity)
        passes = [UInt32](repeating: 0, count: capacity)
        for (key, pass) in zip(oldKeys, oldPasses) where pass != 0 {
            let place = place(of: key)
            keys[place] = key
            passes[place] = pass
        }
    }
}
