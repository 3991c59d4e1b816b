/// A hash that is the same in every process and on every machine, unlike the standard library's.
enum StableHash {
    /// Sixteen hexadecimal digits of some texts in order (FNV-1a, 64 bits).
    ///
    /// Source: Fowler, Noll, Vo, <https://datatracker.ietf.org/doc/html/rfc9923>.
    static func of(_ texts: [String]) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for text in texts {
            for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            // Ends each text, so that moving a letter to the next one is seen.
            hash = (hash ^ 0xFF) &* 0x100_0000_01B3
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
