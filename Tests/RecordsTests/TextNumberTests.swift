import Records
import Testing

@Suite("Numbers within names of goods")
struct TextNumberTests {
    @Test(
        "sizes fall into their parts, units are told, an article is one number",
        arguments: [
            ("Профиль 60*27*0,6*3000", ["60", "27", "0.6", "3000"]),
            ("Профиль 60х27x0.60", ["60", "27", "0.6"]),
            ("Кабель ВВГ 3х2,5 (5 м)", ["3", "2.5", "5"]),
            ("Труба ф 20", ["20"]), ("Samsung UE43T5300", ["ue43t5300"]),
            ("Болт М8х40", ["m8x40"]), ("Болт M8X40", ["m8x40"]), ("Провод 2.5мм2", ["2.5"]),
            ("Бумага А4, 500 л.", ["a4", "500"]), ("Лампа 007", ["7"]), ("Без чисел", []),
            ("Молоко 3,2% 0,950 л", ["3.2", "0.95"]), ("", []), ("5..3", ["5", "3"]),
            ("99999999999999999999 м", []),
        ] as [(String, [String])])
    func read(text: String, numbers: [String]) {
        #expect(TextNumber.all(in: text).map(\.text) == numbers)
    }

    @Test(
        "one amount in two units is one; another unit, or amount, is another",
        arguments: [
            ("0,5 л", "500 мл", true), ("1 кг", "1000г", true), ("3 м", "300 см", true),
            ("3 м", "3", true), ("3 м", "5 м", false), ("3 м", "3 кг", false),
            ("2.50", "2,5", true), ("1 кг", "1000", false), ("10 шт", "10 уп", true),
            ("М8", "M8", true), ("М8", "8", false), ("1 ГБ", "1024 МБ", true),
        ])
    func agreement(left: String, right: String, agree: Bool) throws {
        let (a, b) = (
            try #require(TextNumber.all(in: left).first),
            try #require(TextNumber.all(in: right).first)
        )
        #expect(a.agrees(with: b) == agree)
        #expect(b.agrees(with: a) == agree)
    }
}
