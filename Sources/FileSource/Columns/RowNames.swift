/// Gives ids to rows that have none of their own: a hash of what they say, and a number where the
/// same is said again.
///
/// A row keeps its id when its file is renamed or cut at the front, as journals are.
struct RowNames {
    private var seen: [UInt128: Int] = [:]

    /// The id of the next row with such texts.
    mutating func name(of texts: some Sequence<String>) -> String {
        // FNV-1a of 128 bits: http://www.isthe.com/chongo/tech/comp/fnv/
        var hash: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
        for text in texts {
            for byte in text.utf8 { hash = (hash ^ UInt128(byte)) &* Self.prime }
            // No text has this byte: "ab", "c" is not "a", "bc".
            hash = (hash ^ 0xFF) &* Self.prime
        }
        let count = seen[hash, default: 0] + 1
        seen[hash] = count
        let digits = String(hash, radix: 16)
        let padded = String(repeating: "0", count: 32 - digits.count) + digits
        return count == 1 ? padded : "\(padded)-\(count)"
    }

    private static let prime: UInt128 = 0x0000_0000_0100_0000_0000_0000_0000_013b
}
