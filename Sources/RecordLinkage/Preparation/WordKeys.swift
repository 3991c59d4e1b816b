internal import Records

/// The numbers of words in a table of their keys, each spelling read once.
struct WordKeys: Sendable {
    private let readsLatinAsRussian: Bool
    /// By the number that a ``WordFolder`` gave the spelling.
    private var numbers: [UInt32] = []
    /// Reused from word to word.
    private var key: [UInt8] = []

    /// What stands for a spelling that was not met yet.
    private static let unknown = TextTable.none - 1

    init(readsLatinAsRussian: Bool) { self.readsLatinAsRussian = readsLatinAsRussian }

    /// The number of a word's key; ``TextTable/none`` when nothing of it sounds: `ъ`.
    mutating func number(of word: FoldedWord, in table: inout TextTable) -> UInt32 {
        number(of: word, in: &table, takesEmpty: false)
    }

    /// The same, which is never none: what does not sound is a word too.
    mutating func numberOfAny(_ word: FoldedWord, in table: inout TextTable) -> UInt32 {
        number(of: word, in: &table, takesEmpty: true)
    }

    /// The number of a token's word, where it was asked for before.
    @inline(__always)
    func known(_ token: WordToken) -> UInt32? {
        guard Int(token.number) < numbers.count else { return nil }
        let number = numbers[Int(token.number)]
        return number == Self.unknown ? nil : number
    }

    private mutating func number(
        of word: FoldedWord, in table: inout TextTable, takesEmpty: Bool
    ) -> UInt32 {
        let place = Int(word.number)
        if word.number == FoldedWord.unnumbered { return read(word, &table, takesEmpty) }
        if place >= numbers.count {
            let missing = place + 1 - numbers.count
            numbers.append(contentsOf: repeatElement(Self.unknown, count: missing))
        }
        if numbers[place] == Self.unknown { numbers[place] = read(word, &table, takesEmpty) }
        return numbers[place]
    }

    private mutating func read(
        _ word: FoldedWord, _ table: inout TextTable, _ takesEmpty: Bool
    ) -> UInt32 {
        key.removeAll(keepingCapacity: true)
        SoundKey.append(word.letters, readsLatinAsRussian: readsLatinAsRussian, to: &key)
        return key.isEmpty && !takesEmpty ? TextTable.none : table.intern(key)
    }
}
