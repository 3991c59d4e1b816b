import Definitions
import Foundation
import RecordLinkage
import Records
import TestSupport
import Testing

@Suite("Contacts")
struct ContactTests {
    private let entity: EntityDefinition

    init() throws {
        entity = try EntityFile.read(
            ProjectFolders.root.appending(path: "templates/entities/contact.yaml"))
    }

    private func record(_ id: String, _ values: [String: String]) -> Record {
        var fields = [FieldValue?](repeating: nil, count: entity.fields.count)
        for (name, value) in values {
            guard let index = entity.index(of: FieldName(name)) else { continue }
            fields[index] = entity.fields[index].isMultiple ? .texts([value]) : .text(value)
        }
        return Record(id: RecordID(id), fields: fields)
    }

    /// Persons that one side keeps whole and the other in parts.
    private func persons() -> (left: [Record], right: [Record]) {
        var random = SeededNumbers(seed: 90)
        let given = ["Иван", "Пётр", "Олег", "Павел", "Роман", "Игорь"]
        let beginnings = ["Заго", "Мель", "Бара", "Кова", "Тере", "Шев", "Руд", "Гор"]
        let endings = ["руйко", "ниченко", "баненко", "левич", "шкевич", "щенко", "цкий", "довой"]
        var (left, right) = ([Record](), [Record]())
        for index in 0..<60 {
            let surname =
                beginnings[index % 8] + endings[index / 8 % 8]
            let name = random.one(of: given)
            let phone = "8 916 \(1_000_000 + random.below(9_000_000))"
            left.append(record("L\(index)", ["name": "\(surname) \(name)", "phone": phone]))
            right.append(
                record(
                    "R\(index)",
                    ["surname": surname, "given_name": name, "phone": phone, "name": name]))
        }
        return (left, right)
    }

    @Test("a whole name meets its parts; of one family two persons are two")
    func family() throws {
        var (left, right) = persons()
        left.append(record("LX", ["name": "Загоруйко Анна", "phone": "8 495 100-20-30"]))
        right.append(
            record("RX", ["surname": "Загоруйко", "name": "Кирилл", "phone": "8 495 700-80-90"]))
        let (explained, explainer) = LinkageEngine(entity: entity, options: .quick)
            .explainedLink(left: left, right: right)
        #expect(
            explained.links.count { $0.left.rawValue.dropFirst() == $0.right.rawValue.dropFirst() }
                >= 58)
        #expect(!explained.links.contains { $0.line == "LX=RX" })
        let pair = try #require(explainer.explain(left: RecordID("LX"), right: RecordID("RX")))
        let name = try #require(pair.evidence.first { $0.comparison == "name" })
        #expect(name.agreement != .equal)
    }

    @Test("the order of the words does not keep two apart")
    func order() {
        var (left, right) = persons()
        left.append(record("LX", ["name": "Афанасий Перевозчиков"]))
        right.append(record("RX", ["name": "Перевозчиков Афанасий"]))
        let result = LinkageEngine(entity: entity, options: .quick).link(left: left, right: right)
        #expect(result.links.contains { $0.line == "LX=RX" })
    }
}
