@testable import Records
import Testing

@Suite("Keys of how words sound")
struct PhoneticKeyTests {
    @Test(
        "words that sound alike have one key, in either alphabet",
        arguments: [
            ("Карона", "Корона"), ("Город", "Горот"), ("Метал", "Металл"), ("Karona", "Корона"),
            ("Gorot", "Город"), ("Metall", "Метал"), ("Берёзка", "Бирёска"), ("Ветряк", "Витрек"),
            ("Автозапчасть", "Афтозапчасть"), ("Коллектив", "Колектиф"), ("Сделка", "Зделка"),
            ("Вокзал", "Вогзал"), ("Сторож", "Сторош"), ("Хлеб", "Хлеп"), ("Снег", "Снек"),
            ("Советский", "Совецкий"), ("Учится", "Учиться"), ("Городской", "Гороцкой"),
            ("Счастье", "Щастье"), ("Заказчик", "Закащик"), ("Аллея", "Алея"),
            ("Мария", "Марья"), ("Компьютер", "Компютер"), ("Объект", "Обект"),
        ])
    func alike(left: String, right: String) {
        #expect(key(left) == key(right))
    }

    @Test(
        "other words have other keys",
        arguments: [
            ("Завод", "Заказ"), ("Кот", "Кит"), ("Город", "Горох"), ("Дом", "Том"),
            ("Вектор", "Лектор"), ("Роза", "Роса"), ("Металл", "Медаль"), ("Свет", "Цвет"),
            ("Ромашка", "Рубашка"), ("Восток", "Росток"),
        ])
    func different(left: String, right: String) {
        #expect(key(left) != key(right))
    }

    @Test("digits and letters kept apart from Russian stay what they are")
    func untouched() {
        var letters: [UInt8] = []
        SoundKey.append(
            Array("wellbread2026".utf16)[...], readsLatinAsRussian: false, to: &letters)
        var key: [UInt8] = []
        letters.withUnsafeBufferPointer { PhoneticKey.append($0, to: &key) }
        #expect(key == letters)
    }

    @Test("a key is written behind what stands there, and reads nothing of it")
    func appended() {
        var key = SoundKey.key("т")
        SoundKey.key("сад").withUnsafeBufferPointer { PhoneticKey.append($0, to: &key) }
        #expect(SoundKeyText.text(key) == "тсат")
    }

    private func key(_ word: String) -> [UInt8] {
        FoldedText(word).words.flatMap(\.phoneticKey)
    }
}
