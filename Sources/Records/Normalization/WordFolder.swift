/// Folds many texts, each spelling of a word only once.
///
/// The names of a million companies have words of some ten thousand spellings. What comes out is
/// what ``FoldedText/init(_:)`` gives; words carry a number besides, by which callers can keep what
/// they make of them. Spellings are told apart by 64 bits of hash.
package struct WordFolder: Sendable {
    private var slots = [UInt32](repeating: .max, count: 1024)
    private var hashes: [UInt64] = []
    private var words: [FoldedWord] = []

    /// So many spellings are kept, some 30 MB; the words of others are folded where they stand.
    private static let mostWords = 1 << 18
    /// Longer words, and numbers, hardly ever come again.
    private static let longestWord = 48
    private static let longestNumber = 4

    /// Makes a folder that knows no words.
    package init() {}

    /// Folds a text of valid UTF-8.
    package mutating func fold(_ text: UnsafeBufferPointer<UInt8>) -> FoldedText {
        read(text).map(FoldedText.init(folded:)) ?? FoldedText(text)
    }

    /// The words of a text of letters, digits and plain separators; `nil` when there is more in it.
    private mutating func read(_ text: UnsafeBufferPointer<UInt8>) -> [FoldedWord]? {
        var found: [FoldedWord] = []
        found.reserveCapacity(8)
        var (index, bracketDepth, isQuoted) = (0, 0, false)
        while index < text.count {
            let run = WordRun(text, from: index)
            if run.end > index {
                var word = word(UnsafeBufferPointer(rebasing: text[index..<run.end]), run)
                word?.isInBrackets = bracketDepth > 0
                word?.isQuoted = isQuoted
                if let word { found.append(word) }
                index = run.end
                continue
            }
            guard let separator = WordSeparator(text, at: index) else { return nil }
            switch separator.kind {
            case .plain: break
            case .openBracket: bracketDepth += 1
            case .closeBracket: bracketDepth = max(0, bracketDepth - 1)
            case .openQuote: isQuoted = true
            case .closeQuote: isQuoted = false
            case .quote: isQuoted.toggle()
            }
            index += separator.length
        }
        return found
    }

    private mutating func word(
        _ bytes: UnsafeBufferPointer<UInt8>, _ run: WordRun
    ) -> FoldedWord? {
        guard bytes.count <= (run.hasDigit ? Self.longestNumber : Self.longestWord) else {
            return Self.folded(bytes)
        }
        let hash = TextHash.of(bytes)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != .max {
            let number = Int(slots[slot])
            if hashes[number] == hash { return words[number] }
            slot = (slot + 1) & (slots.count - 1)
        }
        guard var word = Self.folded(bytes), words.count < Self.mostWords else {
            return Self.folded(bytes)
        }
        word.remember(as: UInt32(words.count))
        slots[slot] = UInt32(words.count)
        hashes.append(hash)
        words.append(word)
        if words.count * 2 > slots.count { grow() }
        return word
    }

    private static func folded(_ bytes: UnsafeBufferPointer<UInt8>) -> FoldedWord? {
        var words: [FoldedWord] = []
        var reader = FoldingReader()
        reader.read(bytes, into: &words)
        return words.first
    }

    private mutating func grow() {
        slots = [UInt32](repeating: .max, count: slots.count * 2)
        for (number, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] != .max { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(number)
        }
    }
}

/// Letters and digits that stand together: Latin, Cyrillic as Russian and its neighbours write it.
private struct WordRun {
    /// Where it ends; where it begins when there is none.
    let end: Int
    let hasDigit: Bool

    @inline(__always)
    init(_ text: UnsafeBufferPointer<UInt8>, from start: Int) {
        var (index, hasDigit) = (start, false)
        while index < text.count {
            let byte = text[index]
            if byte < 0x80 {
                if (byte | 0x20) &- 0x61 < 26 {
                    index += 1
                } else if byte &- 0x30 < 10 {
                    hasDigit = true
                    index += 1
                } else {
                    break
                }
            } else if byte == 0xD0 || byte == 0xD1, index + 1 < text.count,
                byte == 0xD0 || text[index + 1] < 0xA0
            {
                // U+0400 to U+045F.
                index += 2
            } else {
                break
            }
        }
        (end, self.hasDigit) = (index, hasDigit)
    }
}

/// What stands between words and belongs to none.
private struct WordSeparator {
    enum Kind { case plain, openBracket, closeBracket, openQuote, closeQuote, quote }

    let kind: Kind
    let length: Int

    /// The separator at a place; `nil` for what may be part of a word, or begin an entity of HTML.
    init?(_ text: UnsafeBufferPointer<UInt8>, at index: Int) {
        let byte = text[index]
        guard byte >= 0x80 else {
            switch byte {
            case 0x26, 0x27, 0x60: return nil
            case 0x22: kind = .quote
            case 0x28, 0x5B: kind = .openBracket
            case 0x29, 0x5D: kind = .closeBracket
            default: kind = .plain
            }
            length = 1
            return
        }
        if byte == 0xC2, index + 1 < text.count {
            switch text[index + 1] {
            case 0xA0: kind = .plain
            case 0xAB: kind = .openQuote
            case 0xBB: kind = .closeQuote
            default: return nil
            }
            length = 2
            return
        }
        guard byte == 0xE2, index + 2 < text.count else { return nil }
        switch (text[index + 1], text[index + 2]) {
        case (0x80, 0x93), (0x80, 0x94), (0x84, 0x96): kind = .plain  // – — №
        case (0x80, 0x9C), (0x80, 0x9E): kind = .openQuote
        case (0x80, 0x9D): kind = .closeQuote
        default: return nil
        }
        length = 3
    }
}
