@testable import RecordLinkage
import Testing

@Suite("Comparing names and addresses")
struct NameComparisonTests {
    @Test(
        "names of firms stand on the level that their likeness deserves",
        arguments: [
            ("ООО Ромашка", "РОМАШКА, ООО", "exact"), ("ООО Ромашка", "Romashka LLC", "exact"),
            ("ООО Ромашка", "ООО Рамашка", "one error"),
            ("Гидромонтаж", "Гидромантаж", "one error"),
            ("Белая Ромашка", "Ромашка белая", "one error"), ("Ромашка", "Василёк", "different"),
            ("ООО Ромашка Тверь", "ООО Ромашка (Тверь)", "one error"),
            ("ТПК Амфора", "Торгово-производственная компания Амфора", "one error"),
            ("ООО «ТД Ромашка»", "Торговый дом «Ромашка», ООО", "one error"),
            ("Аптека № 5", "Аптека 5", "exact"), ("СК10 Вымпел", "СК-10 Вымпил", "one error"),
            ("Гидромонтаж 12", "12 Гидромантаж", "one error"),
            ("ООО «Волжская Сыроваренная Компания»", "ВСК ООО", "little"),
            ("ООО «Волжская Сыроваренная Компания»", "ВСТ ООО", "different"),
            ("Волжская Компания", "ВК", "different"),
            ("Волжская Сыроваренная Компания Плюс", "ВСК", "different"),
        ])
    func firms(left: String, right: String, expected: String) {
        #expect(level(left, right) == expected)
        #expect(level(right, left) == expected)
    }

    @Test(
        "names with other numbers hardly agree, whatever else they share",
        arguments: [
            ("Аптека № 5", "Аптека № 6"), ("Школа 1234", "Школа 1235"), ("АВИКА1", "АВИКА2"),
            ("Аптека Загогулина № 5", "Аптека Загогулина № 6"),
            ("Белая Ромашка Поволжья 12", "Белая Ромашка Поволжья 13"),
            ("ТПК Амфора 5", "Торгово-производственная компания Амфора 6"),
        ])
    func otherNumbers(left: String, right: String) throws {
        let level = try #require(self.level(left, right))
        #expect(["hardly", "different"].contains(level))
    }

    @Test(
        "names of which one says a number more agree in part at most",
        arguments: [("Ромашка", "Ромашка 2"), ("Ромашка 5", "Ромашка 5, корпус 2")])
    func numberMore(left: String, right: String) throws {
        let level = try #require(self.level(left, right))
        #expect(!["exact", "one error", "similar"].contains(level))
    }

    @Test(
        "what stands for no name is none",
        arguments: ["Частное лицо", "Розничный покупатель", "физ. лицо", "нет", "Тест", "Unknown"])
    func placeholders(text: String) {
        #expect(level(text, text) == nil)
        #expect(level("ООО «\(text)»", "\(text), ООО") == "exact")
    }

    @Test(
        "names of persons by their parts",
        arguments: [
            ("ИП Иванов Иван Петрович", "Иванов Иван Петрович", "full name"),
            ("Иванов Иван Петрович", "Иван Петрович Иванов", "full name"),
            ("Иванов Иван Петрович", "Иваноф Иван Петрович", "full name, one error"),
            ("Иванов Иван Петрович", "Иванов И.П.", "surname and initials"),
            ("Иванов Иван Петрович", "Иванов Иван", "surname and given name"),
            ("ИП Иванов Иван Петрович", "ИП Иванов", "surname"),
            ("Иванов Иван Петрович", "Иванов Игорь Петрович", "different person"),
            ("Иванов Иван Петрович", "Сидоров Иван Петрович", "different person"),
            ("Сидоров А.О.", "ИП Сидоров Андрей Олегович", "surname and initials"),
            ("ИП Гнедич-Ухов П. И.", "Гнедич Ухов П.И.", "surname and initials"),
            ("ИП Гнедич-Ухов Пётр Ильич", "Гнедич Ухов Пётр Ильич", "full name"),
            ("Иванова-Петрова Анна Сергеевна", "Петрова Анна Сергеевна", "full name, one error"),
            ("Иванова-Петрова Анна Сергеевна", "Иванова А.С.", "surname"),
            ("Иванова-Петрова Анна Сергеевна", "Сидорова Анна Сергеевна", "different person"),
        ])
    func persons(left: String, right: String, expected: String) {
        #expect(level(left, right) == expected)
        #expect(level(right, left) == expected)
    }

    @Test("without a name there is no evidence", arguments: ["", "«»", "—"])
    func none(text: String) {
        #expect(level("Ромашка", text) == nil)
    }

    @Test(
        "addresses agree to the office, the house, the street or the city",
        arguments: [
            (
                "Москва, Тверская 12, оф. 5", "г. Москва, ул. Тверская, д. 12, офис 5",
                "same to the office"
            ),
            ("Москва, Тверская 12", "Тверская улица, дом 12, Москва", "same house"),
            ("Москва, Тверская 12", "Москва, Тверская 12, оф. 5", "same house"),
            (
                "Москва, Тверская 12, оф. 7", "Москва, Тверская 12, оф. 5",
                "same street and house, another office"
            ),
            ("Москва, Тверская 12", "Москва, Тверская 14", "same street"),
            ("Москва, Тверская 12", "Москва, Тверсская 12", "same house"),
            ("Москва, Тверская 12", "Москва, Арбат 3", "same city"),
            ("Москва, Тверская 12", "Омск, Ленина 5", "different"),
        ])
    func addresses(left: String, right: String, expected: String) {
        // A place that all addresses name tells nothing, so others stand beside these.
        let others = (0..<12).map { "\($0 % 2 == 0 ? "Москва" : "Омск"), Улица\($0) \($0 + 20)" }
        let column = AddressColumn(
            records: recordList([left, right] + others), fields: [0], threads: 1)
        let comparison = AddressComparison(name: "a", column: column, usesTermFrequency: true)
        let outcome = comparison.compare(0, 1, Scratch())
        #expect(comparison.levels[Int(outcome.level)].name == expected)
        #expect(comparison.compare(1, 0, Scratch()).level == outcome.level)
    }

    @Test(
        "a house in a street of that name is another one in another city",
        arguments: [
            ("г. Москва, ул. Тверская, 12", "г. Омск, ул. Тверская, 12", false),
            ("г. Москва, ул. Тверская, 12, оф. 7", "г. Омск, ул. Тверская, 12, оф. 7", false),
            ("г. Москва, ул. Тверская, 12", "г. Масква, ул. Тверская, 12", true),
            ("Москва г, Тверская ул, дом № 12", "Омск г, Тверская ул, дом № 12", false),
            ("Москва г, Тверская ул, дом № 12", "г. Москва, ул. Тверская, 12", true),
        ])
    func cities(left: String, right: String, areOne: Bool) {
        let others = (0..<12).map { "\($0 % 2 == 0 ? "Москва" : "Омск"), Улица\($0) \($0 + 20)" }
        let column = AddressColumn(
            records: recordList([left, right] + others), fields: [0], threads: 1)
        let comparison = AddressComparison(name: "a", column: column, usesTermFrequency: true)
        let level = comparison.compare(0, 1, Scratch()).level
        #expect(areOne ? level <= 2 : level > 2)
        #expect(comparison.compare(1, 0, Scratch()).level == level)
    }

    @Test("in frequent cities a rare street is all the places but the cities, which are two")
    func frequentCities() {
        let others = (0..<500).map { "\($0 % 2 == 0 ? "Москва" : "Омск"), Улица\($0) \($0 + 20)" }
        let (left, right) = ("г. Москва, ул. Тверская, 12", "г. Омск, ул. Тверская, 12")
        #expect(addressLevel(left, right, others) == "different")
    }

    @Test("cities that no label names are not told apart: one has two names")
    func unnamedCities() {
        let others = (0..<12).map {
            "\($0 % 2 == 0 ? "СПб" : "Санкт-Петербург"), Улица\($0) \($0 + 20)"
        }
        #expect(
            addressLevel("СПб, Невский пр., 5", "Санкт-Петербург, Невский пр., 5", others)
                == "same street and house, another office")
    }

    @Test("two cities are not named as one")
    func twoCities() {
        let others = (0..<12).map { "\($0 % 2 == 0 ? "Москва" : "Омск"), Улица\($0) \($0 + 20)" }
        let left = "г. Москва, ул. Тверская, 12"
        #expect(addressLevel(left, "г. Омск, ул. Тверская, 14", others) == "different")
        #expect(addressLevel(left, "г. Москва, ул. Арбат, 14", others) == "same city")
    }

    private func addressLevel(_ left: String, _ right: String, _ others: [String]) -> String {
        let column = AddressColumn(
            records: recordList([left, right] + others), fields: [0], threads: 1)
        let comparison = AddressComparison(name: "a", column: column, usesTermFrequency: true)
        let level = comparison.compare(0, 1, Scratch()).level
        #expect(comparison.compare(1, 0, Scratch()).level == level)
        return comparison.levels[Int(level)].name
    }

    @Test("forms are the same, different, or missing")
    func forms() {
        func outcome(_ left: String, _ right: String) -> String? {
            let comparison = LegalFormComparison(
                name: "f", column: textColumn([left, right], .organization), records: 2)
            let level = Int(comparison.compare(0, 1, Scratch()).level)
            return level < comparison.levels.count ? comparison.levels[level].name : nil
        }
        #expect(outcome("ООО Ромашка", "Общество с ограниченной ответственностью Лютик") == "same")
        #expect(outcome("ООО Ромашка", "АО Ромашка") == "different")
        #expect(outcome("ООО Ромашка", "Ромашка") == nil)
        #expect(outcome("ООО Иванов", "Иванов Иван Иванович") == "person and none")
        #expect(outcome("ИП Иванов Иван Иванович", "Иванов Иван Иванович") == nil)
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
