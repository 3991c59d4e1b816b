internal import Collection

/// Keys of rows seen before, in sixteen bytes each.
///
/// A key of several parts is kept as a hash of 128 bits: among a hundred million keys two fall
/// together with a probability below 10⁻²².
struct KeySet {
    private var single = IdentitySet()
    private var composite: Set<UInt128> = []

    var count: Int { single.count + composite.count }

    /// Takes a key in; whether it was not seen before.
    mutating func insert(_ key: [String]) -> Bool {
        if key.count == 1 { return single.insert(key[0]) }
        return composite.insert(Self.hash(key)).inserted
    }

    /// FNV-1a of 128 bits over the parts, each closed by a byte that UTF-8 does not have.
    static func hash(_ parts: [String]) -> UInt128 {
        var hash: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
        let prime: UInt128 = 0x0000_0000_0100_0000_0000_0000_0000_013b
        for part in parts {
            for byte in part.utf8 { hash = (hash ^ UInt128(byte)) &* prime }
            hash = (hash ^ 0xFF) &* prime
        }
        return hash
    }
}
