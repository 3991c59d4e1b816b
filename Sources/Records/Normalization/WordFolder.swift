/// Folds many texts, each spelling of a word only once.
///
/// The names of a million companies have words of some ten thousand spellings. What comes out is
/// what ``FoldedText/init(_:)`` gives; words carry a number besides, by which callers can keep what
/// they make of them. Spellings are told apart by 64 bits of hash.
package struct WordFolder: Sendable {
    /// A spelling's hash beside its token, so that a word that is known is found by one access.
    private struct Slot: BitwiseCopyable, Sendable {
        var hash: UInt64 = 0
        var token = WordToken.none
    }

    private var slots = [Slot](repeating: Slot(), count: 1024)
    private var words: [FoldedWord] = []
    /// The words of the text that ``tokenize(_:)`` read last.
    package private(set) var tokens: [WordToken] = []
    /// The numbers of that text that are too long to be kept.
    private var looseNumbers: [String] = []

    /// So many spellings are kept, some 45 MB; the words of others are folded where they stand.
    private static let mostWords = 1 << 18
    /// Longer words, and numbers, hardly ever come again.
    private static let longestWord = 48
    private static let longestNumber = 4

    /// Makes a folder that knows no words.
    package init() {}

    /// Folds a text of valid UTF-8.
    package mutating func fold(_ text: UnsafeBufferPointer<UInt8>) -> FoldedText {
        var found: [FoldedWord] = []
        found.reserveCapacity(8)
        let isPlain = forEachWord(text) { folder, bytes, run, manner in
            let token = folder.token(of: bytes, run)
            guard var word = token.map({ folder.word($0) }) ?? Self.folded(bytes) else {
                return true
            }
            word.isInBrackets = manner.isInBrackets
            word.isQuoted = manner.isQuoted
            word.marks = manner.marks
            found.append(word)
            return true
        }
        return isPlain ? FoldedText(folded: found) : FoldedText(text)
    }

    /// Reads a text of valid UTF-8 into ``tokens``.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - takesLoose: Whether numbers may stand in it that the folder does not keep.
    /// - Returns: Whether they say all that ``fold(_:)`` would: each word is known or a loose number,
    ///   and none is written in letters of two alphabets.
    package mutating func tokenize(
        _ text: UnsafeBufferPointer<UInt8>, takesLoose: Bool = false
    ) -> Bool {
        tokens.removeAll(keepingCapacity: true)
        looseNumbers.removeAll(keepingCapacity: true)
        var all: WordTraits = []
        let isPlain = forEachWord(text) { folder, bytes, run, manner in
            guard var token = folder.token(of: bytes, run) else {
                return takesLoose && folder.takeLoose(bytes)
            }
            token.marks = manner.marks
            if manner.isInBrackets { token.marks.insert(.bracketed) }
            all.formUnion(token.traits)
            folder.tokens.append(token)
            return true
        }
        return isPlain && !all.isSuperset(of: [.cyrillic, .mayBeMended])
    }

    /// Takes a number that is not kept; `false` when it is none.
    private mutating func takeLoose(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.allSatisfy({ $0 &- 0x30 < 10 }) else { return false }
        tokens.append(WordToken(looseNumber: looseNumbers.count))
        looseNumbers.append(String(decoding: bytes, as: UTF8.self))
        return true
    }

    /// The word of a token that is not loose.
    package func word(_ token: WordToken) -> FoldedWord { words[Int(token.number)] }

    /// The word of a token as text.
    func text(_ token: WordToken) -> String {
        token.isLoose ? looseNumbers[Int(token.number)] : word(token).text
    }

    /// Where a word stands.
    private struct Manner {
        var bracketDepth = 0
        var isQuoted = false
        var marks: WordMarks = []
        /// Where the next word begins if the hyphen behind the last one joins it to that.
        var joint = -1
        var isInBrackets: Bool { bracketDepth > 0 }

        /// Sees what stands beside the word at a place.
        mutating func meet(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) {
            marks = start == joint ? [.afterHyphen] : []
            guard end < text.count else { return }
            if text[end] == UInt8(ascii: ".") { marks.insert(.dotted) }
            guard text[end] == UInt8(ascii: "-") else { return }
            joint = end + 1
            if WordRun(text, from: joint).end > joint { marks.insert(.beforeHyphen) }
        }
    }

    /// Hands over the words of a text of letters, digits and plain separators.
    ///
    /// - Returns: Whether there is nothing else in it, and `take` took all.
    @inline(__always)
    private mutating func forEachWord(
        _ text: UnsafeBufferPointer<UInt8>,
        _ take: (inout Self, UnsafeBufferPointer<UInt8>, WordRun, Manner) -> Bool
    ) -> Bool {
        var (index, manner) = (0, Manner())
        while index < text.count {
            let run = WordRun(text, from: index)
            if run.end > index {
                let bytes = UnsafeBufferPointer(rebasing: text[index..<run.end])
                manner.meet(text, index, run.end)
                guard take(&self, bytes, run, manner) else { return false }
                index = run.end
                continue
            }
            guard let separator = WordSeparator(text, at: index) else { return false }
            switch separator.kind {
            case .plain: break
            case .openBracket: manner.bracketDepth += 1
            case .closeBracket: manner.bracketDepth = max(0, manner.bracketDepth - 1)
            case .openQuote: manner.isQuoted = true
            case .closeQuote: manner.isQuoted = false
            case .quote: manner.isQuoted.toggle()
            }
            index += separator.length
        }
        return true
    }

    /// The token of a word; `nil` for one that is not kept.
    private mutating func token(
        of bytes: UnsafeBufferPointer<UInt8>, _ run: WordRun
    ) -> WordToken? {
        guard bytes.count <= (run.hasDigit ? Self.longestNumber : Self.longestWord) else {
            return nil
        }
        let hash = TextHash.of(bytes)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot].token.number != WordToken.none.number {
            if slots[slot].hash == hash { return slots[slot].token }
            slot = (slot + 1) & (slots.count - 1)
        }
        guard words.count < Self.mostWords, var word = Self.folded(bytes) else { return nil }
        word.remember(as: UInt32(words.count))
        words.append(word)
        let token = WordToken(word)
        slots[slot] = Slot(hash: hash, token: token)
        if words.count * 2 > slots.count { grow() }
        return token
    }

    private static func folded(_ bytes: UnsafeBufferPointer<UInt8>) -> FoldedWord? {
        var words: [FoldedWord] = []
        var reader = FoldingReader()
        reader.read(bytes, into: &words)
        return words.first
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(), count: old.count * 2)
        for known in old where known.token.number != WordToken.none.number {
            var slot = Int(truncatingIfNeeded: known.hash) & (slots.count - 1)
            while slots[slot].token.number != WordToken.none.number {
                slot = (slot + 1) & (slots.count - 1)
            }
            slots[slot] = known
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
