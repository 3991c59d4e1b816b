/// Words in names that say something about the record or introduce a number.
enum NameWords {
    /// What number a label introduces.
    enum NumberLabel {
        case taxID, kpp, phone
        /// One letter, which stands for a telephone or for something else.
        case letter
    }

    static func numberLabel(_ word: FoldedWord) -> NumberLabel? {
        guard word.letters.count <= 8, !word.traits.exclude(.numberLabel) else { return nil }
        return labels[word.letters]
    }

    static func isNote(_ word: FoldedWord) -> Bool {
        !word.traits.exclude(.note) && notes.contains(word.letters)
    }

    private static let letterYa: UInt16 = 0x44F

    /// Whether a word begins as one that its user sorted to the end of the list: `яяРомашка`.
    static func hasSortingPrefix(_ word: FoldedWord) -> Bool {
        let letters = word.letters
        return letters.count > 4 && letters[letters.startIndex] == letterYa
            && letters[letters.startIndex + 1] == letterYa
    }

    /// The name is `Ромашка`.
    static func withoutSortingPrefix(_ word: FoldedWord) -> FoldedWord {
        guard hasSortingPrefix(word) else { return word }
        var stripped = word
        stripped.replaceLetters(word.letters.drop { $0 == letterYa })
        return stripped.letters.count >= 2 ? stripped : word
    }

    private static let labels: WordTable<NumberLabel> = table([
        "инн": .taxID, "inn": .taxID, "кпп": .kpp, "kpp": .kpp, "тел": .phone, "телефон": .phone,
        "т": .letter, "моб": .phone, "сот": .phone, "tel": .phone, "phone": .phone,
        "ф": .letter,
    ])

    private static let notes = WordTable<Bool>(
        """
        старый старая старое новый новая новое дубль дубликат двойник копия удалить удален удалено \
        закрыт закрыта закрыто ликвидирован ликвидирована архив тест использовать используем \
        используется неактивен неактивный филиал обособленное подразделение оп представительство \
        город через от для опт розница тел телефон моб инн кпп не в г гор
        """.split(whereSeparator: \.isWhitespace)
            .reduce(into: [:]) { $0[Array($1.utf16)] = true })

    private static func table(_ pairs: [String: NumberLabel]) -> WordTable<NumberLabel> {
        WordTable(Dictionary(uniqueKeysWithValues: pairs.map { (Array($0.utf16), $1) }))
    }
}
