/// The deletion neighbourhood: two texts one error apart share a text with at most one letter left
/// out, so that equal keys find them without comparing all with all.
enum Deletions {
    static func append(of text: UnsafeBufferPointer<UInt8>, to keys: inout [UInt64]) {
        guard text.count >= 4, text.count <= 40 else { return }
        // A polynomial hash of prefix and suffix makes each deletion O(1).
        let count = text.count
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count + 1) { suffixes in
            suffixes[count] = 0
            for index in stride(from: count - 1, through: 0, by: -1) {
                suffixes[index] =
                    suffixes[index + 1] &+ (UInt64(text[index]) &+ 7) &* powers[count - 1 - index]
            }
            // The hash of a text is Σ (letter + 7) · base^(letters after it).
            keys.append(StableHash.mix(suffixes[0]))
            var prefix: UInt64 = 0
            var previous: UInt8 = 0
            for index in 0..<count {
                let letter = text[index]
                // Leaving out either of two equal neighbours gives the same text.
                if letter != previous {
                    let rest = suffixes[index + 1]
                    keys.append(
                        StableHash.mix(prefix &* powers[count - 1 - index] &+ rest))
                }
                prefix = prefix &* base &+ (UInt64(letter) &+ 7)
                previous = letter
            }
        }
    }

    private static let base: UInt64 = 0x9E37_79B9_7F4A_7C15 | 1
    private static let powers: [UInt64] = (0..<40).reduce(into: [1]) { powers, _ in
        powers.append(powers[powers.count - 1] &* base)
    }
}
