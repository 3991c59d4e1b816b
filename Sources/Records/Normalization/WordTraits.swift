/// What the tables of this module know about a word, looked up once for all its occurrences.
struct WordTraits: OptionSet, Hashable, Sendable, BitwiseCopyable {
    let rawValue: UInt16

    /// The others were looked up.
    static let known = Self(rawValue: 1)
    /// A legal form can begin with it.
    static let beginsForm = Self(rawValue: 1 << 1)
    /// It can say something about the record.
    static let note = Self(rawValue: 1 << 2)
    /// A number can follow it: `инн`, `тел`.
    static let numberLabel = Self(rawValue: 1 << 3)
    /// It is a given name.
    static let givenName = Self(rawValue: 1 << 4)
    /// It ends as patronymics do.
    static let patronymic = Self(rawValue: 1 << 5)
    /// It names a kind of part of an address.
    static let addressWord = Self(rawValue: 1 << 6)
    /// It has Cyrillic letters.
    static let cyrillic = Self(rawValue: 1 << 7)
    /// Beside Cyrillic words its letters may turn out to be of the other alphabet.
    static let mayBeMended = Self(rawValue: 1 << 8)
    /// It has a digit.
    static let digit = Self(rawValue: 1 << 9)
    /// It is one letter.
    static let letter = Self(rawValue: 1 << 10)
    /// It has more than two letters.
    static let long = Self(rawValue: 1 << 11)
    /// It is the second word of a patronymic: `оглы`.
    static let patronymicEnd = Self(rawValue: 1 << 12)
    /// It begins as one that was sorted to the end of the list.
    static let sortedLast = Self(rawValue: 1 << 13)
    /// It consists of digits only.
    static let number = Self(rawValue: 1 << 14)
    /// It is a number too long to be kept by its folder.
    static let loose = Self(rawValue: 1 << 15)

    /// Whether a trait was looked up and not found; then its table need not be asked.
    @inline(__always)
    func exclude(_ trait: Self) -> Bool { contains(.known) && !contains(trait) }
}

extension WordTraits {
    /// Looks everything up.
    init(of word: FoldedWord) {
        var traits: Self = .known
        if LegalForms.begin(with: word) { traits.insert(.beginsForm) }
        if NameWords.note(word) != nil { traits.insert(.note) }
        if NameWords.numberLabel(word) != nil { traits.insert(.numberLabel) }
        if GivenNames.contains(word) { traits.insert(.givenName) }
        if PersonName.isPatronymic(word) { traits.insert(.patronymic) }
        if AddressWords.contain(word) { traits.insert(.addressWord) }
        if word.cyrillicCount > 0 { traits.insert(.cyrillic) }
        if word.mayBeMended { traits.insert(.mayBeMended) }
        traits.formUnion(Self(written: word))
        if word.letters.count > 2 { traits.insert(.long) }
        if PersonName.isPatronymicEnd(word) { traits.insert(.patronymicEnd) }
        if NameWords.hasSortingPrefix(word) { traits.insert(.sortedLast) }
        self = traits
    }

    /// How a word is written, without looking anything up.
    init(written word: FoldedWord) {
        self = []
        if word.hasDigit { insert(.digit) }
        if word.isNumber { insert(.number) }
        if word.letters.count == 1 { insert(.letter) }
    }
}
