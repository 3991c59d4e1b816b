import Records
import Testing

@Suite("Names of persons")
struct PersonNameTests {
    @Test(
        "the parts are told apart in either order, with initials too",
        arguments: [
            ("Иванов Иван Иванович", ["иванов", "иван", "иванович"]),
            ("Иван Иванович Иванов", ["иванов", "иван", "иванович"]),
            ("ИП Иванов И.И.", ["иванов", "и", "и"]), ("И. И. Иванов", ["иванов", "и", "и"]),
            ("Иванов И.", ["иванов", "и"]), ("И. Иванов", ["иванов", "и"]),
            ("Иван Иванов", ["иванов", "иван"]), ("Иванов Иван", ["иванов", "иван"]),
            ("Ivanov Ivan Ivanovich", ["ivanov", "ivan", "ivanovich"]),
            ("Иванов Иван И.", ["иванов", "иван", "и"]),
            ("Иван Иванов Иванович", ["иванов", "иван", "иванович"]),
            ("Иванов Иванович Иван", ["иванов", "иван", "иванович"]),
            ("Иванович Иван Иванов", ["иванов", "иван", "иванович"]),
            ("Абрамович Роман Аркадьевич", ["абрамович", "роман", "аркадьевич"]),
            ("Роман Пётр Ильич", ["роман", "петр", "ильич"]),
            ("Алиев Вагиф Самед оглы", ["алиев", "вагиф", "самед"]),
            (
                "Индивидуальный предприниматель Гао Ли Мин",
                ["гао", "ли", "мин"]
            ), ("Иванов ИП", ["иванов"]),
        ])
    func parts(text: String, parts: [String]) throws {
        let person = try #require(OrganizationName(text).person)
        let found = [person.surname, person.given, person.patronymic].compactMap { $0?.text }
        #expect(found == parts)
    }

    @Test(
        "what is no person's name is none",
        arguments: [
            "ООО Иванов Иван Иванович", "Ромашка", "Белая Ромашка", "Торговый дом Ромашка",
            "Иванов 5", "",
        ])
    func none(text: String) {
        #expect(OrganizationName(text).person == nil)
    }

    @Test(
        "initials that look like a form are initials",
        arguments: [
            ("Сидоров А.О.", nil, ["сидоров", "а", "о"]),
            ("А. О. Сидоров", nil, ["сидоров", "а", "о"]),
            ("ИП Сидоров А.О.", "ИП", ["сидоров", "а", "о"]),
            ("Сидоров А.О. ИП", "ИП", ["сидоров", "а", "о"]),
            ("Иванов И.П. (Тверь)", nil, ["иванов", "и", "п"]),
            ("И.П. Иванов Иван Иванович", "ИП", ["иванов", "иван", "иванович"]),
            ("Иванов И.И., И.П.", "ИП", ["иванов", "и", "и"]),
            ("А.О. «Сидоров»", "АО", nil), ("Сидоров и сыновья А.О.", "АО", nil),
        ] as [(String, String?, [String]?)])
    func initialsOrForm(text: String, form: String?, parts: [String]?) {
        let name = OrganizationName(text)
        #expect(name.legalForm == form)
        #expect(
            name.person.map { [$0.surname, $0.given, $0.patronymic].compactMap { $0?.text } }
                == parts)
    }

    @Test(
        "initials and left out parts contradict nothing",
        arguments: [
            ("Иванов Иван Иванович", "Иванов И.И.", true), ("Иванов И.", "Иванов Иван", true),
            ("Иванов Иван Иванович", "Иван Иванов", true),
            ("Иванов Иван Иванович", "Ivanov Ivan Ivanovich", true),
            ("Семёнов Пётр Ильич", "Семенов Петр Ильич", true),
            ("Иванов Иван Иванович", "Иванов И.П.", false),
            ("Иванов Иван Иванович", "Иванова И.И.", false),
            ("Иванов Иван Иванович", "Иванов Игорь Иванович", false),
        ])
    func agreement(left: String, right: String, agree: Bool) throws {
        let (a, b) = (OrganizationName(left), OrganizationName(right))
        let (first, second) = (try #require(a.person), try #require(b.person))
        #expect(first.isSameWriting(as: second) == agree)
        #expect(second.isSameWriting(as: first) == agree)
    }
}
