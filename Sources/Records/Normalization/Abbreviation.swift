/// Words of which letters are left out, and how that shows: «торг.» by its dot, «з-д» by its hyphen.
///
/// Letters are those of ``SoundKey``. Which word is meant shows only beside another name: «торг.» is
/// whatever word begins so. Here such words are told from words that are whole.
package enum Abbreviation {
    /// Stands in a word's key where letters are left out; no letter has this code.
    package static let gap: UInt8 = 255

    /// Whether a word before a dot may be the beginning of a longer one: «торг.», «произв.».
    ///
    /// Russian words are cut behind a consonant. One letter is the initial of a name.
    package static func isTruncation(_ word: ArraySlice<UInt8>) -> Bool {
        guard (2...8).contains(word.count), let last = word.last else { return false }
        return word.allSatisfy(isLetter) && !isVowel(last)
    }

    /// Whether two words about a hyphen may be the first and the last letters of one: «з-д», «ф-ка».
    ///
    /// They are when they hardly can be words: consonants, then a consonant that may have a vowel
    /// behind it. «Юг-М» and «Дон-Юг» are not; those with a vowel before the hyphen are listed.
    package static func isContraction(
        _ begin: ArraySlice<UInt8>, _ end: ArraySlice<UInt8>
    ) -> Bool {
        guard (1...4).contains(begin.count), (1...3).contains(end.count),
            let first = end.first, let last = end.last,
            begin.allSatisfy(isLetter), end.allSatisfy(isLetter), !isVowel(first)
        else { return false }
        guard end.count == 1 || isVowel(last) else { return false }
        return begin.count == 1 || !begin.contains(where: isVowel)
            || listed.contains { $0.begin.elementsEqual(begin) && $0.end.elementsEqual(end) }
    }

    /// Words that are understood without a dot, each with what the word begins with that is meant.
    ///
    /// As their own beginnings these would stand for too much: «строй» is no «стройка», and
    /// `сельхоз` does not begin «сельскохозяйственный».
    package static let understood: [(short: String, meant: String)] = [
        ("торг", "торгов"), ("пром", "промышл"), ("строй", "строит"), ("снаб", "снабж"),
        ("гос", "государств"), ("обл", "област"), ("респ", "республик"), ("произв", "производ"),
        ("спец", "специал"), ("тех", "техниче"), ("транс", "транспорт"), ("инвест", "инвестиц"),
        ("авто", "автомобил"), ("энерго", "энергет"), ("электро", "электрич"),
        ("фарм", "фармацевт"), ("сельхоз", "сельскохоз"), ("хоз", "хозяйств"),
    ]

    private static let listed: [(begin: [UInt8], end: [UInt8])] = [
        ("ун", "т"), ("ин", "т"), ("аг", "во"), ("гос", "во"), ("изд", "во"), ("маг", "н"),
        ("мин", "во"), ("общ", "во"), ("пол", "ка"), ("тов", "во"), ("хоз", "во"),
    ].map { (SoundKey.key($0), SoundKey.key($1)) }

    private static let vowels = "аеиоуюя".reduce(UInt64(0)) { $0 | bit(SoundKey.code($1)) }

    private static func bit(_ code: UInt8) -> UInt64 { 1 << UInt64(code) }

    private static func isVowel(_ code: UInt8) -> Bool { vowels & bit(code) != 0 }

    private static func isLetter(_ code: UInt8) -> Bool {
        (SoundKey.cyrillicBase..<SoundKey.latinBase).contains(code)
    }
}
