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
    /// - Complexity: O(length), two allocations.
    public init(_ text: String) {
        var text = text
        self = text.withUTF8(FoldedText.init)
    }

    /// A text whose words were folded one by one.
    init(folded words: [FoldedWord]) {
        self.words = words
        repairLookAlikes()
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
    ///
    /// A slice of the letters of the whole text: its indices do not begin at zero.
    public private(set) var letters: ArraySlice<UInt16>
    /// Whether it stood in round or square brackets.
    public internal(set) var isInBrackets: Bool
    /// Whether it stood in quotes.
    public internal(set) var isQuoted: Bool
    /// What stands beside the word; brackets and quotes are told above.
    package internal(set) var marks: WordMarks
    /// Whether the letters were all upper case; a word of one letter is not told apart.
    public let isUpperCase: Bool
    /// What is known about the word; nothing before it was looked up.
    private(set) var traits: WordTraits = []
    /// The number that a ``WordFolder`` gave the word, or ``unnumbered``.
    package private(set) var number = Self.unnumbered
    /// How many letters are digits.
    private let digitCount: Int32
    /// How many letters are Cyrillic.
    private(set) var cyrillicCount: Int32
    /// How many letters are Latin.
    private(set) var latinCount: Int32
    /// Where the word stands among the letters of the text.
    private let place: Range<Int32>

    /// The number of words that no folder has numbered.
    package static let unnumbered = UInt32.max

    /// A word whose letters are given by ``takeLetters(of:)``.
    init(
        place: Range<Int>, isInBrackets: Bool, isQuoted: Bool, marks: WordMarks,
        isUpperCase: Bool, digitCount: Int, cyrillicCount: Int, latinCount: Int
    ) {
        letters = []
        self.place = Int32(place.lowerBound)..<Int32(place.upperBound)
        self.isInBrackets = isInBrackets
        self.isQuoted = isQuoted
        self.marks = marks
        self.isUpperCase = isUpperCase
        self.digitCount = Int32(digitCount)
        self.cyrillicCount = Int32(cyrillicCount)
        self.latinCount = Int32(latinCount)
    }

    mutating func takeLetters(of text: [UInt16]) {
        letters = text[Int(place.lowerBound)..<Int(place.upperBound)]
    }

    /// Keeps what tables know about the word, under the number that a folder gives it.
    mutating func remember(as number: UInt32) {
        self.number = number
        traits = WordTraits(of: self)
    }

    /// What tables know about the word, looked up where it was not before.
    var allTraits: WordTraits { traits.contains(.known) ? traits : WordTraits(of: self) }

    /// Puts other letters in place: what was known about the word no longer holds.
    mutating func replaceLetters(_ other: ArraySlice<UInt16>) {
        letters = other
        traits = []
        number = Self.unnumbered
    }

    /// The word as text.
    public var text: String {
        // Up to fifteen bytes need no memory of their own: they are counted first.
        let byteCount = letters.reduce(0) { $0 + ($1 < 0x80 ? 1 : $1 < 0x800 ? 2 : 3) }
        return String(unsafeUninitializedCapacity: byteCount) { bytes in
            var count = 0
            func add(_ byte: UInt16) {
                bytes[count] = UInt8(truncatingIfNeeded: byte)
                count += 1
            }
            for letter in letters {
                if letter < 0x80 {
                    add(letter)
                } else if letter < 0x800 {
                    add(0xC0 | letter >> 6)
                    add(0x80 | letter & 0x3F)
                } else {
                    add(0xE0 | letter >> 12)
                    add(0x80 | letter >> 6 & 0x3F)
                    add(0x80 | letter & 0x3F)
                }
            }
            return count
        }
    }

    /// Whether it consists of digits only.
    public var isNumber: Bool { Int(digitCount) == letters.count }

    /// Whether it has a digit.
    public var hasDigit: Bool { digitCount > 0 }

    /// Whether it is one letter, this one.
    func isOnly(_ letter: Unicode.Scalar) -> Bool {
        letters.count == 1 && letters.first == UInt16(truncatingIfNeeded: letter.value)
    }

    /// Words are equal when their letters are: brackets, quotes and case are manner, not matter.
    public static func == (left: Self, right: Self) -> Bool { left.letters == right.letters }

    /// Hashes the letters only, as equality does.
    public func hash(into hasher: inout Hasher) { hasher.combine(letters) }

    @inline(__always)
    static func isDigit(_ letter: UInt16) -> Bool { letter >= 48 && letter <= 57 }

    /// Whether ``repairLookAlikes(prefersCyrillic:)`` might change it; `false` is certain.
    var mayBeMended: Bool {
        guard latinCount > 0 else { return false }
        return cyrillicCount > 0
            || (isUpperCase || latinCount == 1)
                && letters.allSatisfy {
                    !LookAlikes.isLatin($0) || LookAlikes.upperCaseCyrillic($0) != nil
                }
    }

    /// Turns the word into one alphabet when all letters of the other look like letters of it.
    mutating func repairLookAlikes(prefersCyrillic: Bool) {
        if cyrillicCount > 0 {
            if letters.allSatisfy({ !LookAlikes.isLatin($0) || LookAlikes.cyrillic($0) != nil }) {
                becomeCyrillic()
            } else if letters.allSatisfy({
                !LookAlikes.isCyrillic($0) || LookAlikes.latin($0) != nil
            }) {
                replaceLetters(
                    letters.map {
                        LookAlikes.isCyrillic($0) ? LookAlikes.latin($0) ?? $0 : $0
                    }[...])
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
        replaceLetters(
            letters.map { LookAlikes.isLatin($0) ? LookAlikes.cyrillic($0) ?? $0 : $0 }[...])
        cyrillicCount += latinCount
        latinCount = 0
    }
}
