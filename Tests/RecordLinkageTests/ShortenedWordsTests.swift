@testable import RecordLinkage
import Testing

@Suite("Shortened words in names")
struct ShortenedWordsTests {
    @Test(
        "count nearly as the words that they stand for",
        arguments: [
            ("З-д Вектор", "Завод «Вектор»"), ("Ф-ка Вектор", "Фабрика Вектор"),
            ("К-т «Вектор»", "Комбинат Вектор"), ("ООО «Х-во Вектор»", "Хозяйство Вектор, ООО"),
            ("З-Д ВЕКТОР", "Завод Вектор"), ("Пр-тие Вектор", "Предприятие Вектор"),
            ("Маг. Вектор", "Магазин Вектор"), ("Торг. дом Вектор", "Торговый дом Вектор"),
            ("Торг. дом Вектор", "ТД Вектор"), ("ТД Вектор", "Торговый дом Вектор"),
            ("Строй. компания Вектор", "Строительная компания Вектор"),
            ("Произв. компания Вектор", "Производственная компания Вектор"),
            ("Гос. архив Вектор", "Государственный архив Вектор"),
            ("Обл. больница Вектор", "Областная больница Вектор"),
            ("Респ. больница Вектор", "Республиканская больница Вектор"),
            ("Пром Вектор", "Промышленный Вектор"), ("Торг Вектор", "Торговля Вектор"),
            ("Сельхоз. Вектор", "Сельскохозяйственный Вектор"),
            ("Ун-т Вектор", "Университет Вектор"),
            ("Zavod Vektor", "З-д Вектор"), ("Вектор. Завод", "Завод Вектор"),
        ])
    func equal(left: String, right: String) throws {
        let level = try #require(self.level(left, right))
        #expect(["exact", "one error"].contains(level))
        #expect(self.level(right, left) == level)
    }

    @Test(
        "are no other words, and whole words are short for none",
        arguments: [
            ("Завод Вектор", "Заказ Вектор"), ("З-д Вектор", "Фабрика Вектор"),
            ("З-д Вектор", "Заказ Вектор"), ("Ф-ка Вектор", "Фирма Вектор"),
            ("Маг. Вектор", "Комбинат Вектор"), ("Вест Вектор", "Вестник Вектор"),
            ("Торг. дом Вектор", "Строительный дом Вектор"),
            ("Строй Вектор", "Стройплощадка Вектор"),
            ("Альфа Вектор", "Альфабанк Вектор"), ("Пром Вектор", "Прометей Вектор"),
            // Nothing else in common.
            ("З-д", "Завод"), ("Маг.", "Магазин"), ("З-д Вектор", "Завод Ромашка"),
            // What has a number in it is no such word.
            ("Ск. Вектор", "Ск2010 Вектор"),
        ])
    func different(left: String, right: String) throws {
        let level = try #require(self.level(left, right))
        #expect(!["exact", "one error", "similar"].contains(level))
        #expect(self.level(right, left) == level)
    }

    @Test(
        "change nothing where the whole name is the same",
        arguments: [
            ("З-д Вектор", "ЗД Вектор"), ("Торг. дом", "Торг дом"), ("А-Б Вектор", "АБ Вектор"),
            ("ООО «Вектор.»", "Вектор"), ("Юг-М", "ЮгМ"),
        ])
    func whole(left: String, right: String) {
        #expect(level(left, right) == "exact")
    }

    @Test("stand in names only, and are of letters beside each other")
    func readings() {
        #expect(textColumn(["З-д Вектор"], .organization).hasShortenedWords)
        #expect(textColumn(["Вектор маг."], .organization).hasShortenedWords)
        #expect(!textColumn(["З-ООО-д Вектор"], .organization).hasShortenedWords)
        #expect(!textColumn(["Кабель ВВГ-П", "Уголок мет."]).hasShortenedWords)
    }

    @Test("a dot behind a whole word is none, and its typing errors are borne")
    func dots() {
        let column = textColumn(
            ["вектор. завод", "вектор фабрика", "вектар. фабрика"], .organization)
        func similarity(_ left: Int, _ right: Int) -> Float {
            WordAlignment(
                column, column.variants[left], column.variants[right], Scratch(),
                allowsInitials: false
            ).similarity
        }
        #expect(similarity(0, 1) > 0.4)
        #expect(similarity(0, 2) > 0.3)
    }

    @Test("initials are told beside other words by their consonants")
    func initials() {
        let full = "торговый дом вектор плюс"
        #expect(similarity("тд вектор", full) > similarity("тк вектор", full))
        #expect(similarity("тд вектор север", full) > similarity("тк вектор север", full))
        // A word with a vowel may be one of its own.
        let other = "юность города вектор плюс"
        #expect(similarity("юг вектор север", other) == similarity("ум вектор север", other))
    }

    @Test("Latin initials too, where Latin letters are kept apart")
    func latinInitials() {
        let latin = TextColumn.Reading.plain(readsLatinAsRussian: false)
        let full = "trade group vector plus"
        #expect(
            similarity("tg vector north", full, latin) > similarity("tk vector north", full, latin))
        let other = "optima group vector plus"
        #expect(
            similarity("og vector north", other, latin)
                == similarity("om vector north", other, latin))
    }

    @Test("excuse no less for the dot behind them")
    func notes() {
        #expect(similarity("Ромашка Тверь.", "Ромашка (Тверь)", .organization) == 1)
        #expect(similarity("Ромашка (Тверь)", "Ромашка Тверь.", .organization) == 1)
        #expect(similarity("Ромашка Тверь.", "Ромашка (Тула)", .organization) < 1)
    }

    private func similarity(
        _ left: String, _ right: String,
        _ reading: TextColumn.Reading = .plain(readsLatinAsRussian: true)
    ) -> Float {
        let column = textColumn([left, right], reading)
        return WordAlignment(
            column, column.variants[0], column.variants[1], Scratch(), allowsInitials: false
        ).similarity
    }

    private func level(_ left: String, _ right: String) -> String? {
        let others = (0..<20).map { "Фирма\($0) Прочая\($0)" }
        let comparison = NameComparison(
            name: "n", column: textColumn([left, right] + others, .organization),
            usesTermFrequency: true)
        let level = Int(comparison.compare(0, 1, Scratch()).level)
        return level < comparison.levels.count ? comparison.levels[level].name : nil
    }
}
