import Records

/// The letters of a word as bits: what two words can have in common shows without reading them.
extension TextColumn {
    /// Digits are the codes 1 to 10, and have bits of their own.
    static let digits: UInt64 = 0x7FE
    /// The bit of words that may stand for longer ones, see ``Abbreviation``; no letter has it.
    static let mayBeShort: UInt64 = 1
    /// The bit of surnames of two words; of the letters at hand only some of other alphabets share it.
    static let hyphen = bit(of: SoundKey.hyphen)
    /// The bits of vowels, Russian ones and Latin ones that are kept apart; not of `y`, whose bit is
    /// that of `д`.
    static let vowels: UInt64 = {
        var letters = SoundKey.key("аеиоуюя")
        SoundKey.append(Array("aeiou".utf16)[...], readsLatinAsRussian: false, to: &letters)
        return letters.reduce(UInt64(0)) { $0 | bit(of: $1) }
    }()

    /// The bits of some words of a table.
    static func masks(_ range: Range<Int>, of table: FrozenTable) -> [UInt64] {
        let understood = ShortenedWords.beginnings
        return range.map { number in
            let isUnderstood = understood[table.hashes[number]] != nil
            return table[UInt32(number)].reduce(isUnderstood ? mayBeShort : 0) { $0 | bit(of: $1) }
        }
    }

    /// Letters share the bits that digits leave.
    private static func bit(of code: UInt8) -> UInt64 {
        guard code != Abbreviation.gap else { return mayBeShort }
        return 1 << UInt64(code <= 10 ? code : 11 + (code - 11) % 53)
    }
}
