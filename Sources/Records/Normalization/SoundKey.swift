/// One alphabet for Cyrillic and transliterated words, a byte a letter.
///
/// `Ромашка`, `Romashka` and `Romaška` have the same key. The Cyrillic letters are the alphabet;
/// Latin words are read as Russian words in Latin letters, longest group first. Letters that
/// transliteration confuses share a byte (и й ы; е э), signs fall away (ъ ь).
public enum SoundKey {
    /// Writes a word as its key.
    ///
    /// - Parameters:
    ///   - letters: Folded letters, see ``FoldedWord/letters``.
    ///   - readsLatinAsRussian: `false` keeps Latin letters apart, for data without Cyrillic.
    ///   - key: Where the bytes are appended.
    /// - Complexity: O(length); allocates only when `key` grows.
    public static func append(
        _ letters: ArraySlice<UInt16>, readsLatinAsRussian: Bool = true, to key: inout [UInt8]
    ) {
        letters.withUnsafeBufferPointer { letters in
            var index = 0
            while index < letters.count {
                let letter = letters[index]
                if letter >= 0x430 && letter <= 0x45F {
                    appendCyrillic(letter, to: &key)
                    index += 1
                } else if letter >= 97 && letter <= 122 {
                    if readsLatinAsRussian {
                        index += appendRussian(letters, at: index, to: &key)
                    } else {
                        key.append(latinBase + UInt8(letter - 97))
                        index += 1
                    }
                } else if FoldedWord.isDigit(letter) {
                    key.append(UInt8(letter - 48) + 1)
                    index += 1
                } else {
                    // Letters of other alphabets: told apart well enough by their low bits.
                    key.append(otherBase + UInt8(letter % 150))
                    index += 1
                }
            }
        }
    }

    /// Digits are 1 to 10; Cyrillic letters 11 to 43; Latin ones 44 to 69 when kept apart.
    static let cyrillicBase: UInt8 = 11
    static let latinBase: UInt8 = 44
    static let otherBase: UInt8 = 100
    /// Stands in the key of a surname of two words between them, see ``PersonName/surname``.
    package static let hyphen: UInt8 = otherBase + 45

    private static let vowelI = code("и")

    private static func appendCyrillic(_ letter: UInt16, to key: inout [UInt8]) {
        let code = letter < 0x450 ? cyrillicCodes[Int(letter - 0x430)] : otherCyrillic(letter)
        guard code != 0 else { return }
        // ий and ый are y, i or iy in Latin: one letter here.
        if code == vowelI, key.last == vowelI { return }
        key.append(code)
    }

    /// Reads one Russian letter of a Latin word; returns how many Latin letters it took.
    private static func appendRussian(
        _ letters: UnsafeBufferPointer<UInt16>, at index: Int, to key: inout [UInt8]
    ) -> Int {
        for group in latinGroups[Int(letters[index] - 97)] {
            guard index + group.latin.count <= letters.count else { continue }
            var matches = true
            for offset in 1..<max(1, group.latin.count)
            where letters[index + offset] != group.latin[offset] {
                matches = false
                break
            }
            guard matches else { continue }
            for code in group.codes where code != vowelI || key.last != vowelI { key.append(code) }
            return group.latin.count
        }
        key.append(latinBase + UInt8(letters[index] - 97))
        return 1
    }

    /// The key of a text without spaces, for tables.
    package static func key(_ text: String) -> [UInt8] {
        var key: [UInt8] = []
        append(Array(text.utf16)[...], to: &key)
        return key
    }

    /// The code of a Russian letter.
    static func code(_ letter: Character) -> UInt8 {
        guard let unit = String(letter).utf16.first else { return 0 }
        return cyrillicCodes[Int(unit) - 0x430]
    }

    /// By the letters а to я.
    private static let cyrillicCodes: [UInt8] = (0..<32).map { index in
        switch 0x430 + index {
        case 0x44A, 0x44C: 0  // ъ ь
        case 0x439, 0x44B: cyrillicBase + 8  // й ы as и
        case 0x44D: cyrillicBase + 5  // э as е
        default: cyrillicBase + UInt8(index)
        }
    }

    /// Ukrainian and Belarusian letters as the Russian ones nearest to them.
    private static func otherCyrillic(_ letter: UInt16) -> UInt8 {
        switch letter {
        case 0x456, 0x457: cyrillicBase + 8  // і ї as и
        case 0x454: cyrillicBase + 5  // є as е
        case 0x45E: cyrillicBase + 19  // ў as у
        default: otherBase + UInt8(letter % 150)
        }
    }

    private struct Group {
        let latin: [UInt16]
        let codes: [UInt8]
    }

    /// Latin groups by their first letter, longest first.
    private static let latinGroups: [[Group]] = {
        let pairs = """
            shch=щ sch=щ sh=ш ch=ч zh=ж kh=х ts=ц tz=ц ph=ф ck=к ya=я yu=ю yo=е ye=е yi=и \
            ja=я ju=ю jo=е je=е ia=ия iu=ию ks=кс a=а b=б c=к d=д e=е f=ф g=г h=х i=и j=и k=к l=л \
            m=м n=н o=о p=п q=к r=р s=с t=т u=у v=в w=в x=кс y=и z=з
            """
        var groups = [[Group]](repeating: [], count: 26)
        for pair in pairs.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
            let sides = pair.split(separator: "=")
            let latin = Array(sides[0].utf16)
            groups[Int(latin[0]) - 97].append(Group(latin: latin, codes: sides[1].map(code)))
        }
        return groups.map { $0.sorted { $0.latin.count > $1.latin.count } }
    }()
}

extension FoldedWord {
    /// The word's key in the one alphabet of Cyrillic and transliterated words.
    public var soundKey: [UInt8] {
        var key: [UInt8] = []
        key.reserveCapacity(letters.count)
        SoundKey.append(letters, to: &key)
        return key
    }
}

/// Reads keys back for explanations.
public enum SoundKeyText {
    /// The letters of a key; letters that share a byte come back as one of them.
    public static func text(_ key: some Sequence<UInt8>) -> String {
        var units: [UInt16] = []
        for byte in key {
            switch byte {
            case 1...10: units.append(UInt16(byte) + 47)
            case SoundKey.cyrillicBase..<SoundKey.latinBase:
                units.append(0x430 + UInt16(byte - SoundKey.cyrillicBase))
            case SoundKey.latinBase..<(SoundKey.latinBase + 26):
                units.append(97 + UInt16(byte - SoundKey.latinBase))
            case Abbreviation.gap: units.append(0x2E)
            case SoundKey.hyphen: units.append(0x2D)
            default: units.append(0xFFFD)
            }
        }
        return String(decoding: units, as: UTF16.self)
    }
}
