internal import Collection

/// The key of a row in sixteen bytes, to know it again.
///
/// A reference is kept as it is; any other key, of one part or several, as a hash of 128 bits: among a
/// hundred million keys two fall together with a probability below 10⁻²².
struct RowKey: Hashable {
    let bits: UInt128

    init(_ text: String) { bits = IdentitySet.number(of: text) ?? Self.hash(CollectionOfOne(text)) }

    init(_ parts: [String]) { bits = Self.hash(parts) }

    /// FNV-1a of 128 bits over the parts, each closed by a byte that UTF-8 does not have.
    private static func hash(_ parts: some Sequence<String>) -> UInt128 {
        var hash: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
        let prime: UInt128 = 0x0000_0000_0100_0000_0000_0000_0000_013b
        for part in parts {
            for byte in part.utf8 { hash = (hash ^ UInt128(byte)) &* prime }
            hash = (hash ^ 0xFF) &* prime
        }
        return hash
    }

    func hash(into hasher: inout Hasher) {
        // Half of the bits spread the keys; all of them tell two apart.
        hasher.combine(UInt64(truncatingIfNeeded: bits ^ bits >> 64))
    }
}
