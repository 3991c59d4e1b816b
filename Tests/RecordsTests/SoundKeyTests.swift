import Records
import Testing

@Suite("Sound keys")
struct SoundKeyTests {
    @Test(
        "one word in two alphabets has one key",
        arguments: [
            ("Ромашка", "Romashka"), ("Ромашка", "Romaška"), ("Щукин", "Shchukin"),
            ("Хлеб", "Khleb"), ("Жуков", "Zhukov"), ("Цветы", "Tsvety"), ("Юлия", "Yuliya"),
            ("Юлия", "Juliia"), ("Андрей", "Andrey"), ("Андрей", "Andrei"),
            ("Соловьёв", "Solovyev"),
            ("Подъезд", "Подезд"), ("Эхо", "Ехо"), ("Йод", "Иод"),
        ])
    func alphabets(cyrillic: String, latin: String) {
        #expect(key(cyrillic) == key(latin))
    }

    @Test(
        "other words have other keys",
        arguments: [("Ромашка", "Ромашки"), ("Кот", "Кит"), ("Лада", "Лада2"), ("Сом", "Шом")])
    func different(left: String, right: String) {
        #expect(key(left) != key(right))
    }

    @Test("Latin is kept apart where it is no Russian", arguments: ["Shchukin", "Wayne", "Xerox"])
    func apart(word: String) {
        var key: [UInt8] = []
        let letters = Array(word.lowercased().utf16)
        SoundKey.append(letters[...], readsLatinAsRussian: false, to: &key)
        #expect(key.count == letters.count)
        #expect(SoundKeyText.text(key) == word.lowercased())
    }

    @Test("a key reads back as letters")
    func text() {
        #expect(SoundKeyText.text(key("Romashka5")) == "ромашка5")
    }

    @Test("every letter of the basic plane has a key")
    func everyLetter() {
        for letter in UInt16.min...UInt16.max {
            var key: [UInt8] = []
            SoundKey.append([letter], to: &key)
            #expect(key.count <= 2)
            #expect(!key.contains(0))
        }
    }

    private func key(_ text: String) -> [UInt8] { FoldedText(text).words.flatMap(\.soundKey) }
}
