/// What the tables of this module know about a word, looked up once for all its occurrences.
struct WordTraits: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    /// The others were looked up.
    static let known = Self(rawValue: 1)
    /// A legal form can begin with it.
    static let beginsForm = Self(rawValue: 1 << 1)
    /// It says something about the record.
    static let note = Self(rawValue: 1 << 2)
    /// A number can follow it: `инн`, `тел`.
    static let numberLabel = Self(rawValue: 1 << 3)
    /// It is a given name.
    static let givenName = Self(rawValue: 1 << 4)
    /// It ends as patronymics do.
    static let patronymic = Self(rawValue: 1 << 5)
    /// It names a kind of part of an address.
    static let addressWord = Self(rawValue: 1 << 6)

    /// Whether a trait was looked up and not found; then its table need not be asked.
    @inline(__always)
    func exclude(_ trait: Self) -> Bool { contains(.known) && !contains(trait) }
}

extension WordTraits {
    /// Looks everything up.
    init(of word: FoldedWord) {
        var traits: Self = .known
        if LegalForms.begin(with: word) { traits.insert(.beginsForm) }
        if NameWords.isNote(word) { traits.insert(.note) }
        if NameWords.numberLabel(word) != nil { traits.insert(.numberLabel) }
        if GivenNames.contains(word) { traits.insert(.givenName) }
        if PersonName.isPatronymic(word) { traits.insert(.patronymic) }
        if AddressWords.contain(word) { traits.insert(.addressWord) }
        self = traits
    }
}
