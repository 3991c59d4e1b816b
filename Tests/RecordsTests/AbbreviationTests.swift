@testable import Records
import Testing

@Suite("Words of which letters are left out")
struct AbbreviationTests {
    @Test(
        "a word before a dot may be cut where it ends in a consonant",
        arguments: [
            ("торг", true), ("произв", true), ("маг", true), ("обл", true), ("респ", true),
            ("фабрика", false), ("инициативн", false), ("г", false), ("ск10", false), ("5", false),
        ])
    func truncations(word: String, expected: Bool) {
        #expect(Abbreviation.isTruncation(key(word)) == expected)
    }

    @Test(
        "first and last letters about a hyphen can be no words",
        arguments: [
            ("з", "д", true), ("ф", "ка", true), ("к", "т", true), ("х", "во", true),
            ("о", "во", true), ("т", "во", true), ("б", "ца", true), ("пр", "тие", true),
            ("стр", "во", true), ("ун", "т", true), ("маг", "н", true),
            ("юг", "м", false), ("дон", "юг", false), ("ко", "ди", false), ("м", "видео", false),
            ("техно", "логистик", false), ("с", "пб", false), ("к", "2", false), ("а", "о", false),
        ])
    func contractions(begin: String, end: String, expected: Bool) {
        #expect(Abbreviation.isContraction(key(begin), key(end)) == expected)
    }

    @Test("are no initials of a person", arguments: ["З-д Вектор", "Вектор З-д", "К-т Иванов"])
    func noPerson(text: String) {
        #expect(OrganizationName(text).person == nil)
        #expect(OrganizationName(text.replacing("-", with: ".")).person != nil)
    }

    @Test("their gap is no letter's code, and reads back as a dot")
    func gap() {
        #expect(SoundKeyText.text(SoundKey.key("торг") + [Abbreviation.gap]) == "торг.")
        for letter in UInt16.min...UInt16.max {
            var key: [UInt8] = []
            SoundKey.append([letter], to: &key)
            #expect(!key.contains(Abbreviation.gap))
        }
    }

    private func key(_ word: String) -> ArraySlice<UInt8> { SoundKey.key(word)[...] }
}
