/// The letters of a text, roughly counted in one word, so that most pairs of texts that are not
/// alike are told apart by a few instructions and without reading them.
///
/// Sixteen groups of letters have four bits each, of which as many are set as the text has letters
/// of the group. One error changes at most two bits: a letter more, a letter less.
struct LetterCounts: BitwiseCopyable, Sendable {
    private let bits: UInt64

    init(_ text: UnsafeBufferPointer<UInt8>) {
        var bits: UInt64 = 0
        for letter in text {
            // Digits are groups of their own: their codes end in 0 to 9.
            let place = UInt64(letter & 15) &* 4
            let group = bits &>> place
            bits |= ((group &<< 1 | 1) & 0xF) &<< place
        }
        self.bits = bits
    }

    /// Whether two texts can lie so few errors apart; `false` is certain, `true` is not.
    @inline(__always)
    func mayBe(within errors: Int, of other: LetterCounts) -> Bool {
        var difference = bits ^ other.bits
        guard errors <= 2 else { return difference.nonzeroBitCount <= 2 * errors }
        for _ in 0..<2 * errors { difference &= difference &- 1 }
        return difference == 0
    }
}
