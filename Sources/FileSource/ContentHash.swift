/// A hash of 128 bits by which equal contents are recognised; no protection against intent.
///
/// Source: FNV-1a, <http://www.isthe.com/chongo/tech/comp/fnv/>.
struct ContentHash {
    /// The hash of what was added so far.
    private(set) var value: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d

    private static let prime: UInt128 = 0x0000_0000_0100_0000_0000_0000_0000_013b

    /// Takes a byte.
    mutating func add(_ byte: UInt8) { value = (value ^ UInt128(byte)) &* Self.prime }

    /// The sixteen bytes of the hash.
    var bytes: [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }

    /// The sixteen bytes of the hash of some bytes.
    static func bytes(of content: some Sequence<UInt8>) -> [UInt8] {
        var hash = ContentHash()
        for byte in content { hash.add(byte) }
        return hash.bytes
    }
}
