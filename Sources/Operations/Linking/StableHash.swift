internal import Records

/// A hash that is the same in every process and on every machine, as a text.
enum StableHash {
    /// Sixteen hexadecimal digits of some texts in order.
    static func of(_ texts: [String]) -> String {
        var hash = FNV1a64()
        // Each is ended, so that moving a letter to the next one is seen.
        for text in texts { hash.addPart(text) }
        let digits = String(hash.value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
