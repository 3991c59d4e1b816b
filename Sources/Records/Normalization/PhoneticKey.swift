/// How a Russian word sounds, in the alphabet of ``SoundKey``: what is heard alike is written alike.
///
/// `Карона` and `Корона`, `Горот` and `Город`, `Метал` and `Металл` have one key, and so have their
/// Latin spellings, since the letters of ``SoundKey`` come in. It leads records to one another and
/// never says that they are the same: `Вектор` and `Виктор` have one key too.
///
/// - Unstressed `о` is heard as `а`, unstressed `е` and `я` as `и`; where the stress lies is not known,
///   and they are the same everywhere.
/// - `б в г д ж з` are as `п ф к т ш с` at the end, and before any consonant but `в й л м н р`.
/// - A doubled letter is one; `тс`, `дс`, `тц` are `ц` («учится», «учиться»), `сч` and `зч` are `щ`.
///
/// Source: the rules of the Russian Metaphone (П. Каньковский, «Как ваша фамилия, или русский MetaPhone»,
/// Программист 8, 2002), without its short codes for the endings of surnames, and with `я` as `и`.
package enum PhoneticKey {
    /// Writes the key of a word.
    ///
    /// - Parameters:
    ///   - word: The word's letters, see ``SoundKey``; other alphabets and digits stay what they are.
    ///   - key: Where the bytes are appended, no more than the word has.
    /// - Complexity: O(length); allocates only when `key` grows.
    package static func append(_ word: UnsafeBufferPointer<UInt8>, to key: inout [UInt8]) {
        let start = key.count
        for (place, letter) in word.enumerated() {
            let next: UInt8? = place + 1 < word.count ? word[place + 1] : nil
            let sound = Self.sound(of: letter, before: next)
            guard key.count > start, let last = key.last, isLetter(sound) else {
                key.append(sound)
                continue
            }
            switch (last, sound) {
            case _ where last == sound: break
            case (t, s), (t, ts): key[key.count - 1] = ts
            case (ts, s): break
            case (s, ch): key[key.count - 1] = shch
            default: key.append(sound)
            }
        }
    }

    private static func sound(of letter: UInt8, before next: UInt8?) -> UInt8 {
        guard isLetter(letter) else { return letter }
        let place = Int(letter - SoundKey.cyrillicBase)
        if voiceless[place] != 0, next.map(isObstruent) ?? true { return voiceless[place] }
        return vowels[place] != 0 ? vowels[place] : letter
    }

    /// Whether a consonant makes the one before it like itself: not `в`, though it has a voiceless twin.
    private static func isObstruent(_ letter: UInt8) -> Bool {
        isLetter(letter) && obstruents[Int(letter - SoundKey.cyrillicBase)]
    }

    private static func isLetter(_ code: UInt8) -> Bool {
        (SoundKey.cyrillicBase..<SoundKey.latinBase).contains(code)
    }

    private static let t = SoundKey.code("т")
    private static let s = SoundKey.code("с")
    private static let ts = SoundKey.code("ц")
    private static let ch = SoundKey.code("ч")
    private static let shch = SoundKey.code("щ")

    /// By the letters а to я; 0 where a letter stays what it is.
    private static let vowels = table("оея", "аии")
    private static let voiceless = table("бвгджз", "пфктшс")

    private static let obstruents: [Bool] = {
        var table = [Bool](repeating: false, count: letterCount)
        for letter in "бгджзкпстфхцчшщ" {
            table[Int(SoundKey.code(letter) - SoundKey.cyrillicBase)] = true
        }
        return table
    }()

    private static let letterCount = Int(SoundKey.latinBase - SoundKey.cyrillicBase)

    private static func table(_ letters: String, _ sounds: String) -> [UInt8] {
        var table = [UInt8](repeating: 0, count: letterCount)
        for (letter, sound) in zip(letters, sounds) {
            table[Int(SoundKey.code(letter) - SoundKey.cyrillicBase)] = SoundKey.code(sound)
        }
        return table
    }
}

extension FoldedWord {
    /// The key of how the word sounds.
    package var phoneticKey: [UInt8] {
        var key: [UInt8] = []
        soundKey.withUnsafeBufferPointer { PhoneticKey.append($0, to: &key) }
        return key
    }
}
