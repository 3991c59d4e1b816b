import Records
import Testing

@Suite("Folded text")
struct FoldedTextTests {
    @Test(
        "odd characters separate words or fall away, and never break anything",
        arguments: [
            ("", ""), (" \t\r\n", ""), ("\u{0}", ""), ("а\u{0}б", "а б"), ("а\r\nб", "а б"),
            ("\u{FEFF}Ромашка", "ромашка"), ("а\u{2028}б\u{2029}в\u{85}г", "а б в г"),
            ("\u{202E}Ромашка\u{202C}", "ромашка"), ("Ромашка🌼Плюс", "ромашка плюс"),
            ("\u{301}\u{306}", ""), ("и\u{306}\u{301}", "й"), ("ё", "е"), ("е\u{308}", "е"),
            ("№ 5", "5"), ("O'Neil", "oneil"), ("Ω-3", "ω 3"), ("𝐑omashka", "\u{FFFD}omashka"),
            ("Straße", "strasse"), ("Škoda", "shkoda"), ("S\u{30C}koda", "shkoda"),
            ("Рога&Копыта", "рога копыта"), ("&&&;&#;&#x110000;", "x110000"),
            ("&#1056;ога", "рога"), ("&laquo;Рога&raquo;", "рога"),
        ])
    func words(text: String, folded: String) {
        #expect(FoldedText(text).text == folded)
    }

    @Test(
        "letters of the wrong alphabet go back to that of their word",
        arguments: [
            ("Cтрой", "строй"), ("стpoй", "строй"), ("Rомашка Roma", "rомашка roma"),
            ("Romаshka", "romashka"),  // Cyrillic а in a Latin word
            ("ООО MBK", "ооо мвк"), ("OOO MBK", "ooo mbk"), ("ООО Mbk", "ооо mbk"),
            ("Завод X5", "завод х5"),
        ])
    func lookAlikes(text: String, folded: String) {
        #expect(FoldedText(text).text == folded)
    }

    @Test("brackets and quotes are remembered, balanced or not")
    func manner() {
        let words = FoldedText("ООО «Ромашка» (Тверь [центр]) юг").words
        #expect(words.map(\.isQuoted) == [false, true, false, false, false])
        #expect(words.map(\.isInBrackets) == [false, false, true, true, false])
        #expect(FoldedText("а)) б (в").words.map(\.isInBrackets) == [false, false, true])
    }

    @Test("words are equal by their letters alone")
    func equality() {
        #expect(FoldedText("«РОМАШКА»") == FoldedText("(ромашка)"))
        #expect(Set(FoldedText("Ромашка ромашка «РОМАШКА»").words).count == 1)
    }

    @Test(
        "a text of ten thousand characters of any kind is read", .timeLimit(.minutes(10)),
        arguments: [
            "а", "ооо ", "общество с ", "\"", "(", "&", "&amp;", "7707083893 ", "1 ", "\u{306}",
            "тел ", "e\u{301}", "🌼", "Иванович ",
        ])
    func long(piece: String) {
        let text = String(repeating: piece, count: 10_000 / piece.unicodeScalars.count)
        let name = OrganizationName(text)
        #expect(name.isSameWriting(as: OrganizationName(text + " ")))
        #expect(name.coreWords.count + name.noteWords.count <= FoldedText(text).words.count)
        _ = PostalAddress(text)
    }
}
