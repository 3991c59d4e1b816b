/// Letters of the Latin and the Cyrillic alphabet that look the same, in lower case.
enum LookAlikes {
    static func isLatin(_ letter: UInt16) -> Bool { letter >= 97 && letter <= 122 }

    static func isCyrillic(_ letter: UInt16) -> Bool { letter >= 0x0430 && letter <= 0x045F }

    /// The Cyrillic letter that a Latin one is taken for, in either case: `B` is `В`, `y` is `у`.
    static func cyrillic(_ latin: UInt16) -> UInt16? {
        let index = Int(latin) - 97
        guard index >= 0, index < 26, toCyrillic[index] != 0 else { return nil }
        return toCyrillic[index]
    }

    /// The same for letters that look alike in upper case: not `y`, whose capital is another.
    static func upperCaseCyrillic(_ latin: UInt16) -> UInt16? {
        latin == 121 ? nil : cyrillic(latin)
    }

    /// The Latin letter that a Cyrillic one is taken for.
    static func latin(_ cyrillic: UInt16) -> UInt16? {
        guard let index = toCyrillic.firstIndex(of: cyrillic) else { return nil }
        return UInt16(index + 97)
    }

    /// A letter of a code: the Latin one where it is Cyrillic and looks like one, `У` like `Y` too.
    ///
    /// In a word the two are told apart where all is upper case; on a number plate one is typed for the
    /// other.
    static func inCode(_ letter: UInt16) -> UInt16 {
        isCyrillic(letter) ? latin(letter) ?? letter : letter
    }

    /// By the Latin letters a to z; zero where nothing looks alike.
    private static let toCyrillic: [UInt16] = {
        let pairs: [(Character, Character)] = [
            ("a", "а"), ("b", "в"), ("c", "с"), ("e", "е"), ("h", "н"), ("k", "к"), ("m", "м"),
            ("o", "о"), ("p", "р"), ("t", "т"), ("x", "х"), ("y", "у"),
        ]
        var table = [UInt16](repeating: 0, count: 26)
        for (latin, cyrillic) in pairs {
            for (index, letter) in zip(latin.utf16, cyrillic.utf16) {
                table[Int(index) - 97] = letter
            }
        }
        return table
    }()
}
