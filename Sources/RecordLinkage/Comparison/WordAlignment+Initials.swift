// Words of one text that are the initials of words of another.
extension WordAlignment {
    /// Excuses each word of one text together with words that are left of the other, where its letters
    /// are their first ones.
    ///
    /// Words stand in no order here, so that it does not matter which letter is whose. That hardly ever
    /// agrees by chance where nothing else is left of either text; where something is, only a word
    /// without vowels passes for initials: `ТД`, not `Юг`.
    static func excuseInitials(
        _ side: Words, _ rest: inout UInt64, of other: Words, _ otherRest: inout UInt64,
        _ words: UnsafeBufferPointer<UInt32>, _ bits: UnsafeBufferPointer<Float>,
        _ column: TextColumn
    ) {
        var open = rest
        while open != 0, otherRest.nonzeroBitCount >= initials.lowerBound {
            let place = open.trailingZeroBitCount
            open &= open &- 1
            let word = words[side.start + place]
            let length = column.wordTable.length(word)
            let isAll = rest.nonzeroBitCount == 1 && length == otherRest.nonzeroBitCount
            guard initials.contains(length),
                isAll || column.masks[Int(word)] & (TextColumn.vowels | TextColumn.digits) == 0,
                let spelt = Self.spelt(by: word, other, otherRest, words, bits, column)
            else { continue }
            rest &= ~(1 &<< UInt64(place))
            otherRest &= ~spelt
        }
    }

    /// The words whose first letters a word consists of; `nil` where a letter is nobody's.
    ///
    /// The more frequent ones first: by a `Т` «торговый» is rather meant than what the firm is called.
    private static func spelt(
        by initials: UInt32, _ other: Words, _ rest: UInt64,
        _ words: UnsafeBufferPointer<UInt32>, _ bits: UnsafeBufferPointer<Float>,
        _ column: TextColumn
    ) -> UInt64? {
        var spelt: UInt64 = 0
        for letter in column.wordTable[initials] {
            var (open, best, least) = (rest & ~spelt, -1, Float.infinity)
            while open != 0 {
                let place = open.trailingZeroBitCount
                open &= open &- 1
                let full = words[other.start + place]
                guard bits[Int(full)] < least, column.wordTable.length(full) > 2,
                    column.wordTable[full].first == letter
                else { continue }
                (best, least) = (place, bits[Int(full)])
            }
            guard best >= 0 else { return nil }
            spelt |= 1 &<< UInt64(best)
        }
        return spelt
    }

    /// So many words are written as their initials.
    private static let initials = 2...5

    /// Of how many words the only word of one text is the initials, where these are all words of the
    /// other and at least three: `ВСК`, «Волжская Сыроваренная Компания».
    ///
    /// - Returns: `nil` where it is not.
    static func initialCount(
        _ column: TextColumn, _ first: TextColumn.Variant, _ second: TextColumn.Variant
    ) -> Int? {
        let (a, b) = (Words(column, first), Words(column, second))
        guard min(a.count, b.count) == 1, initialsAlone.contains(max(a.count, b.count)) else {
            return nil
        }
        let (short, long) = a.count == 1 ? (a, b) : (b, a)
        let word = column.words[short.start]
        guard column.wordTable.length(word) == long.count,
            column.masks[Int(word)] & TextColumn.digits == 0
        else { return nil }
        let spelt = Self.spelt(
            by: word, long, ones(long.count), column.words.all,
            column.wordFrequencies.plainBits.all, column)
        return spelt.map(\.nonzeroBitCount)
    }

    /// Two letters are the initials of too much where nothing else is in common.
    private static let initialsAlone = 3...5
}
