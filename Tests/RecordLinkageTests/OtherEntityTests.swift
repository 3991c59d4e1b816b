import Definitions
import Foundation
import RecordLinkage
import Records
import TestSupport
import Testing

@Suite("An entity that the program has never heard of")
struct OtherEntityTests {
    /// Readers of a library, by nothing but the types of their fields.
    private static func entity() throws -> EntityDefinition {
        try EntityFile.parse(
            """
            entity: reader
            fields:
              surname: {type: person_name}
              given_name: {type: person_name}
              born: {type: date}
              town: {type: text}
            """, file: "reader.yaml")
    }

    @Test(
        "is linked by what follows from the types of its fields",
        arguments: [["Вебер", "Зимин", "Жуков"], ["Weaver", "Vaughn", "Young"]])
    func readers(surnames: [String]) throws {
        var random = SeededNumbers(seed: 71)
        let entity = try Self.entity()
        let endings = ["ов", "ский", "енко", "son", "ley", "wood"]
        let given = [
            "Anna", "Maxwell", "Victor", "Olga", "Xenia", "Walter", "Zoe", "Ivan", "Yakov",
        ]
        var (left, right) = ([Record](), [Record]())
        for index in 0..<200 {
            let surname =
                random.one(of: surnames) + random.one(of: endings) + ["a", "o", "wy"][index % 3]
            let born = try #require(
                CalendarDate(
                    year: 1940 + random.below(60), month: 1 + random.below(12),
                    day: 1 + random.below(28)))
            let values: [FieldValue] = [
                .text(surname), .text(random.one(of: given)), .date(born),
                .text("Town\(random.below(30))"),
            ]
            left.append(Record(id: RecordID("L\(index)"), fields: values))
            var copy = values
            if index % 4 == 0 { copy[0] = .text(String(surname.dropLast())) }
            if index % 4 == 1 { copy[3] = .text("Town\(random.below(30))") }
            right.append(Record(id: RecordID("R\(index)"), fields: copy))
        }
        let result = LinkageEngine(entity: entity, options: .quick).link(left: left, right: right)
        let right200 = result.links.count {
            $0.left.rawValue.dropFirst() == $0.right.rawValue.dropFirst()
        }
        #expect(right200 >= 190)
        #expect(result.links.count - right200 <= 6)
    }

    @Test("a field that one side never fills is not compared")
    func unfilled() throws {
        let entity = try Self.entity()
        let left = [Record(id: RecordID("1"), fields: [.text("Жуков"), nil, nil, .text("Омск")])]
        let right = [
            Record(id: RecordID("2"), fields: [.text("Жуков"), .text("Иван"), nil, .text("Омск")])
        ]
        let result = LinkageEngine(entity: entity, options: .quick).link(left: left, right: right)
        #expect(result.model.comparisons.map(\.name) == ["surname", "town"])
    }
}
