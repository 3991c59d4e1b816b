@testable import Records
import Testing

@Suite("Words that are folded once")
struct WordFolderTests {
    /// Names and addresses with all that stands in them: both alphabets and their look-alikes,
    /// quotes, brackets, numbers, entities of HTML, letters beyond the alphabets.
    private static let pieces = [
        "ООО", "ооо", "OOO", "Ромашка", "ромашка", "РОМАШКА", "Romashka", "MBK", "Cтрой", "ИП",
        "И.П.", "Иванов", "Иван", "Иванович", "А.О.", "общество", "с", "ограниченной",
        "ответственностью", "филиал", "(Тверь)", "[центр]", "«", "»", "\"", "“", "”", "„", "'",
        "О’Нил", "&quot;", "&amp;", "№", "5", "7701234567", "ИНН 7707083893", "тел 89161234567",
        "ул.", "д.", "12к2", "кв", "г.", "163482", "–", "—", "\u{A0}", "й", "и\u{306}", "ё",
        "Ñandú", "ПК", "000", "новый", "город",
        "Müller", "ъ", "яяРомашка", "\u{AD}", "𝒜", "100%", ",", ";", "  ", "-",
    ]

    static func texts(seed: UInt64) -> [String] {
        var state = seed
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        return (0..<400).map { _ in
            (0..<next(9)).map { _ in pieces[next(pieces.count)] }
                .joined(separator: next(3) == 0 ? "" : " ")
        }
    }

    @Test("are the same as those of a text by itself", arguments: (1 as UInt64)...8)
    func slowTwin(seed: UInt64) {
        var folder = WordFolder()
        for text in Self.texts(seed: seed) {
            var text = text
            // Each text twice: words that are met for the first time, and words that are known.
            for _ in 0..<2 {
                let (folded, plain) = (text.withUTF8 { folder.fold($0) }, FoldedText(text))
                #expect(folded == plain, "\(text)")
                for (word, other) in zip(folded.words, plain.words) {
                    #expect(word.isInBrackets == other.isInBrackets, "\(text)")
                    #expect(word.isQuoted == other.isQuoted, "\(text)")
                    #expect(word.isUpperCase == other.isUpperCase, "\(text)")
                }
                #expect(OrganizationName(folded) == OrganizationName(plain), "\(text)")
                #expect(PostalAddress(folded) == PostalAddress(plain), "\(text)")
            }
        }
    }

    @Test("keep their number until their letters change")
    func numbers() {
        var folder = WordFolder()
        func fold(_ text: String) -> [FoldedWord] {
            var text = text
            return text.withUTF8 { folder.fold($0) }.words
        }
        let first = fold("ООО «Ромашка»")
        let second = fold("Ромашка ООО")
        #expect(first[0].number == second[1].number && first[1].number == second[0].number)
        #expect(first[0].number != first[1].number)
        // Read as Cyrillic only beside Cyrillic words: the number is that of the Latin spelling.
        #expect(fold("MBK")[0].number != FoldedWord.unnumbered)
        #expect(fold("Ромашка MBK")[1].number == FoldedWord.unnumbered)
    }

    @Test("have a hash that every byte changes, wherever it lies", arguments: 1...33)
    func hash(count: Int) {
        var bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        var hashes = Set([bytes.withUnsafeBufferPointer(TextHash.of)])
        for index in bytes.indices {
            bytes[index] ^= 1
            hashes.insert(bytes.withUnsafeBufferPointer(TextHash.of))
            bytes[index] ^= 1
        }
        #expect(hashes.count == count + 1)
        // The same where it is not aligned.
        let shifted = [0] + bytes
        #expect(
            shifted.withUnsafeBufferPointer {
                TextHash.of(UnsafeBufferPointer(rebasing: $0.dropFirst()))
            } == bytes.withUnsafeBufferPointer(TextHash.of))
    }
}
