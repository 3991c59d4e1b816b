// Spellings of forms in which letters are left out, «Общ-во с огран. отв-тью», or are noughts: `О0О`.
extension LegalForms {
    /// The form whose long spelling begins at a word, each of its words whole, cut or contracted.
    ///
    /// That three words and more begin as those of a form, in its order, is no chance.
    static func shortened(count: Int, _ letters: (Int) -> ArraySlice<UInt16>) -> Match? {
        guard count >= fewestWords else { return nil }
        for (words, spelling) in longSpellings {
            if let length = writtenCount(of: words, count: count, letters) {
                return Match(spelling, length: length)
            }
        }
        return nil
    }

    /// Whether a word may be the beginning of the first one of a long spelling: «общ.», «муницип.».
    static func mayBeginShortened(with word: ArraySlice<UInt16>) -> Bool {
        isCut(word) && longFirstWords.contains { $0.starts(with: word) }
    }

    /// How many words write those of a spelling; `nil` where others do.
    private static func writtenCount(
        of spelling: [[UInt16]], count: Int, _ letters: (Int) -> ArraySlice<UInt16>
    ) -> Int? {
        var place = 0
        for word in spelling {
            guard place < count else { return nil }
            let written = letters(place)
            if isAlike(written, word) {
                place += 1
                continue
            }
            guard word.count >= shortestMisspelt, word.starts(with: written) else { return nil }
            if place + 1 < count, isEnd(letters(place + 1), of: word, behind: written.count) {
                place += 2
            } else if isCut(written) {
                place += 1
            } else {
                return nil
            }
        }
        return place
    }

    /// Whether letters are the last ones of a word of which so many stand before them: «отв-тью».
    private static func isEnd(
        _ end: ArraySlice<UInt16>, of word: [UInt16], behind count: Int
    ) -> Bool {
        (2...4).contains(end.count) && count + end.count <= word.count
            && word.suffix(end.count).elementsEqual(end)
    }

    /// Whether a word may be cut where it ends: behind a consonant, «авто» is a word by itself.
    private static func isCut(_ word: ArraySlice<UInt16>) -> Bool {
        word.count >= 3 && word.last.map { !vowels.contains($0) } ?? false
    }

    private static let vowels = Set("аеиоуыэюяaeiouy".utf16)

    /// A short spelling with noughts for some of its О, as it is typed by mistake or on purpose.
    ///
    /// Not of all forms: `А0` is a size of paper. `000` is listed, as it may stand before a name only.
    static func withNoughts(_ spelling: Substring) -> [String] {
        guard typedInNoughts.contains(spelling) else { return [] }
        var spellings = [""]
        for letter in spelling {
            spellings = spellings.flatMap { begin in
                "оo".contains(letter) ? ["\(begin)\(letter)", "\(begin)0"] : ["\(begin)\(letter)"]
            }
        }
        return spellings.filter { $0 != spelling && $0.contains(where: \.isLetter) }
    }

    private static let typedInNoughts: Set<Substring> = [
        "ооо", "ooo", "оао", "oao", "зао", "zao", "пао", "pao", "нао",
    ]
}
