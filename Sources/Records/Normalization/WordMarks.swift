/// What stands beside a word in its text, at once before or behind it.
package struct WordMarks: OptionSet, Hashable, Sendable, BitwiseCopyable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// It stands in round or square brackets.
    package static let bracketed = Self(rawValue: 1)
    /// A dot follows.
    package static let dotted = Self(rawValue: 1 << 1)
    /// A hyphen follows and, behind it, another word: `з` of «з-д».
    package static let beforeHyphen = Self(rawValue: 1 << 2)
    /// A hyphen stands before it and, before that, another word: `д` of «з-д».
    package static let afterHyphen = Self(rawValue: 1 << 3)

    /// Whether a hyphen joins it to another word: one letter is then no initial, «З-д Вектор».
    var isJoined: Bool { !isDisjoint(with: [.beforeHyphen, .afterHyphen]) }

    /// Whether it, or it with the word before, may be an abbreviation.
    ///
    /// Asked of every word, from another module, where what is generic in sets costs more than the word.
    package var mayShorten: Bool {
        rawValue & (Self.dotted.rawValue | Self.afterHyphen.rawValue) != 0
    }
}
