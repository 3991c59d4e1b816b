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

    /// Where a word says something about the record.
    enum Note {
        case always
        /// Before the name it is part of it: «Ромашка новая» has a note, «Новая Заря» is called so.
        case behindName
    }

    static func note(_ word: FoldedWord) -> Note? {
        word.traits.exclude(.note) ? nil : notes[word.letters]
    }

    /// Whether a word says something about the record where it stands: before a word of the name
    /// itself or not.
    static func isNote(_ word: FoldedWord, beforeName isBeforeName: Bool) -> Bool {
        switch note(word) {
        case .always: true
        case .behindName: !isBeforeName
        case nil: false
        }
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

    private static let notes: WordTable<Note> = {
        let groups: [(Note, String)] = [
            (
                .always,
                """
                дубль дубликат двойник удалить удален удалено закрыт закрыта закрыто ликвидирован \
                ликвидирована использовать используем используется неактивен неактивный филиал \
                обособленное подразделение оп представительство через от для тел телефон моб инн \
                кпп не в г гор
                """
            ),
            (
                .behindName,
                """
                старый старая старое новый новая новое копия архив тест город опт розница
                """
            ),
        ]
        var table: [[UInt16]: Note] = [:]
        for (note, words) in groups {
            for word in words.split(whereSeparator: \.isWhitespace) {
                table[Array(word.utf16)] = note
            }
        }
        return WordTable(table)
    }()

    private static func table(_ pairs: [String: NumberLabel]) -> WordTable<NumberLabel> {
        WordTable(Dictionary(uniqueKeysWithValues: pairs.map { (Array($0.utf16), $1) }))
    }
}
