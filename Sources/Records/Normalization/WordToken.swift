/// A word as the ``WordFolder`` that read it knows it: its number and what tables say of it.
///
/// Names and addresses are taken apart by tokens, which are copied without counting references;
/// letters are asked for where a new word is met.
package struct WordToken: BitwiseCopyable, Sendable {
    /// The number that the folder gave the word; of a loose number, its place among those of the
    /// text.
    package let number: UInt32
    /// What is known about it.
    let traits: WordTraits
    /// The part of an address that it names.
    let label: AddressWords.Label
    /// What stands beside it.
    package internal(set) var marks: WordMarks = []

    /// Whether it stands in round or square brackets.
    var isInBrackets: Bool { marks.contains(.bracketed) }

    /// Whether it is a number that the folder does not keep.
    package var isLoose: Bool { traits.contains(.loose) }

    /// What stands for no word.
    static var none: Self { Self() }

    private init() { (number, traits, label) = (FoldedWord.unnumbered, [], .none) }

    init(_ word: FoldedWord) {
        number = word.number
        traits = word.traits
        label = AddressWords.label(word)
    }

    /// What the parts of an address ask about a word.
    init(inAddress word: FoldedWord) {
        number = word.number
        traits = WordTraits(written: word)
        label = AddressWords.label(word)
    }

    /// A number of digits only.
    init(looseNumber place: Int) {
        number = UInt32(place)
        traits = [.known, .digit, .number, .long, .loose]
        label = .none
    }
}
