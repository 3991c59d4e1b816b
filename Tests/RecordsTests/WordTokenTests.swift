@testable import Records
import Testing

@Suite("Names and addresses by the tokens of their words")
struct WordTokenTests {
    @Test("names are taken apart as by their words", arguments: (1 as UInt64)...8)
    func names(seed: UInt64) {
        var folder = WordFolder()
        var outlined = 0
        for text in WordFolderTests.texts(seed: seed) {
            var text = text
            // Each text twice: words that are met for the first time, and words that are known.
            for _ in 0..<2 where text.withUTF8({ folder.tokenize($0) }) {
                guard let outline = NameOutline(folder) else { continue }
                outlined += 1
                let name = OrganizationName(text)
                let words = folder.tokens.map(folder.word)
                var (core, notes): ([FoldedWord], [FoldedWord]) = ([], [])
                outline.forEachCorePlace { core.append(words[$0]) }
                outline.forEachNotePlace { notes.append(words[$0]) }
                #expect(core == name.coreWords, "\(text)")
                #expect(notes == name.noteWords, "\(text)")
                #expect(outline.legalForm == name.legalForm, "\(text)")
                #expect(outline.person.map { words[$0.surname] } == name.person?.surname, "\(text)")
                #expect(
                    outline.person?.given.map { words[$0] } == name.person?.given, "\(text)")
                #expect(
                    outline.person?.patronymic.map { words[$0] } == name.person?.patronymic,
                    "\(text)")
                #expect(name.taxID == nil && name.phone == nil, "\(text)")
            }
        }
        // Most texts of the test have something in them that is left to the words.
        #expect(outlined > 80)
    }

    @Test("names that take more than a look at each word are left to the words")
    func others() {
        var folder = WordFolder()
        func isOutlined(_ text: String) -> Bool {
            var text = text
            return text.withUTF8 { folder.tokenize($0) } && NameOutline(folder) != nil
        }
        #expect(isOutlined("ООО «Ромашка», филиал (Тверь)"))
        #expect(isOutlined("ИП Иванов Иван Иванович"))
        #expect(isOutlined("Аптека № 5"))
        #expect(!isOutlined("Сидоров А.О."))
        #expect(!isOutlined("Ромашка тел 5"))
        #expect(!isOutlined("Ромашка 7701234567"))
        #expect(!isOutlined("Ромашка 8 916 123"))
        #expect(!isOutlined("яяРомашка"))
        #expect(!isOutlined("Ромашка MBK"))
        #expect(!isOutlined("О’Нил"))
        #expect(!isOutlined("ИП Гнедич-Ухов П. И."))
    }

    @Test("addresses are taken apart as by their words", arguments: (1 as UInt64)...8)
    func addresses(seed: UInt64) {
        var folder = WordFolder()
        var (outline, plain) = (AddressOutline(), AddressOutline())
        var outlined = 0
        for text in WordFolderTests.texts(seed: seed) {
            var text = text
            for _ in 0..<2 where text.withUTF8({ folder.tokenize($0, takesLoose: true) }) {
                outlined += 1
                outline.read(folder)
                let address = PostalAddress(text)
                let tokens = folder.tokens
                #expect(outline.places.map { folder.word(tokens[$0]) } == address.places)
                #expect(outline.city.map { folder.word(tokens[$0]) } == address.city, "\(text)")
                plain.read(FoldedText(text).words)
                #expect(outline.isCityNamed == plain.isCityNamed, "\(text)")
                #expect(outline.house == address.house, "\(text)")
                #expect(outline.office == address.office, "\(text)")
                #expect(outline.postcode == address.postcode, "\(text)")
            }
        }
        #expect(outlined > 80)
    }
}
