/// A text cut into words whose writing no longer matters: case, ё, quotes, dashes, spaces of any
/// kind, HTML entities, composed or decomposed letters, look-alike letters of the other alphabet.
///
/// Transliteration is a further step, see ``FoldedWord/soundKey``.
public struct FoldedText: Hashable, Sendable {
    /// The words in the order of the text.
    public private(set) var words: [FoldedWord]

    /// Folds a text.
    ///
    /// - Parameter text: Anything a person typed; control characters count as spaces.
    /// - Complexity: O(length), one allocation per word.
    public init(_ text: String) {
        var text = text
        self = text.withUTF8(FoldedText.init)
    }

    /// Folds a text of valid UTF-8.
    package init(_ text: UnsafeBufferPointer<UInt8>) {
        words = []
        words.reserveCapacity(8)
        var reader = FoldingReader()
        reader.read(text, into: &words)
        repairLookAlikes()
    }

    /// The words joined by single spaces.
    public var text: String { words.map(\.text).joined(separator: " ") }

    /// Latin letters that look like Cyrillic ones are given back to the alphabet of their word, or
    /// of the text when the whole word could be either: `ООО "MBK"`, `Cтрой`.
    private mutating func repairLookAlikes() {
        var hasCyrillicWord = false
        for word in words where word.cyrillicCount > 0 { hasCyrillicWord = true }
        guard hasCyrillicWord else { return }
        let isCyrillicText = words.contains { $0.cyrillicCount > 1 && $0.latinCount == 0 }
        for index in words.indices where words[index].latinCount > 0 {
            words[index].repairLookAlikes(prefersCyrillic: isCyrillicText)
        }
    }
}

/// One word of a folded text: letters and digits only.
public struct FoldedWord: Hashable, Sendable {
    /// Lower-case letters and digits, UTF-16 units; letters beyond the basic plane become U+FFFD.
    public internal(set) var letters: [UInt16]
    /// Whether it stood in round or square brackets.
    public let isInBrackets: Bool
    /// Whether it stood in quotes.
    public let isQuoted: Bool
    /// Whether the letters were all upper case; a word of one letter is not told apart.
    public let isUpperCase: Bool
    /// How many letters are Cyrillic.
    var cyrillicCount: Int
    /// How many letters are Latin.
    var latinCount: Int

    /// The word as text.
    public var text: String { String(decoding: letters, as: UTF16.self) }

    /// Whether it consists of digits only.
    public var isNumber: Bool { letters.allSatisfy(Self.isDigit) }

    /// Whether it has a digit.
    public var hasDigit: Bool { letters.contains(where: Self.isDigit) }

    /// Words are equal when their letters are: brackets, quotes and case are manner, not matter.
    public static func == (left: Self, right: Self) -> Bool { left.letters == right.letters }

    /// Hashes the letters only, as equality does.
    public func hash(into hasher: inout Hasher) { hasher.combine(letters) }

    @inline(__always)
    static func isDigit(_ letter: UInt16) -> Bool { letter >= 48 && letter <= 57 }

    /// Turns the word into one alphabet when all letters of the other look like letters of it.
    mutating func repairLookAlikes(prefersCyrillic: Bool) {
        if cyrillicCount > 0 {
            if letters.allSatisfy({ !LookAlikes.isLatin($0) || LookAlikes.cyrillic($0) != nil }) {
                becomeCyrillic()
            } else if letters.allSatisfy({
                !LookAlikes.isCyrillic($0) || LookAlikes.latin($0) != nil
            }) {
                letters = letters.map {
                    LookAlikes.isCyrillic($0) ? LookAlikes.latin($0) ?? $0 : $0
                }
                latinCount += cyrillicCount
                cyrillicCount = 0
            }
        } else if prefersCyrillic, isUpperCase || latinCount == 1,
            letters.allSatisfy({
                !LookAlikes.isLatin($0) || LookAlikes.upperCaseCyrillic($0) != nil
            })
        {
            becomeCyrillic()
        }
    }

    private mutating func becomeCyrillic() {
        letters = letters.map { LookAlikes.isLatin($0) ? LookAlikes.cyrillic($0) ?? $0 : $0 }
        cyrillicCount += latinCount
        latinCount = 0
    }
}
