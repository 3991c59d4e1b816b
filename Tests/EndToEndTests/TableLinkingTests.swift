import Foundation
import TestSupport
import Testing

/// Tables that the program has no description of: recognised, described by hand, matched again.
@Suite("Tables of one's own, linked from end to end", .timeLimit(.minutes(5)))
struct TableLinkingTests {
    private static let count = 60
    private let program = BuiltProgram()

    /// Ten digits of which the last one checks the others.
    private static func taxID(_ number: Int) -> String {
        let digits = String(770_000_000 + number * 7_919 % 1_000_000)
        let weights = [2, 4, 10, 3, 5, 9, 4, 6, 8]
        let sum = zip(digits.utf8, weights).reduce(0) { $0 + (Int($1.0) - 48) * $1.1 }
        return digits + String(sum % 11 % 10)
    }

    private static func name(_ number: Int) -> String {
        let words = ["Ромашка", "Вектор", "Гранит", "Сокол", "Прогресс", "Маяк", "Заря", "Юпитер"]
        return "\(words[number % 8]) \(words[number / 8 % 8])"
    }

    /// Writes the companies of both sides, under headers that have nothing in common.
    private func write(_ folder: TemporaryFolder, changed: Int? = nil) throws {
        let left = (0..<Self.count).map {
            "Г-\($0);\"ООО \"\"\(Self.name($0))\"\"\";\(Self.taxID($0));8 (495) 20\(10_000 + $0)"
        }
        let right = (0..<Self.count).map {
            "\($0 + 1),\(Self.name($0)) ООО,\(Self.taxID($0)),"
                + ($0 == changed ? "+7 812 7654321" : "+7 495 20\(10_000 + $0)")
        }
        for (name, header, rows) in [
            ("left.csv", "Ref_Key;Наименование;ИНН;Телефон", left),
            ("right.csv", "ID,TITLE,RQ_INN,PHONE", right),
        ] {
            _ = try folder.write(([header] + rows).joined(separator: "\n") + "\n", to: name)
        }
    }

    private func link(
        _ options: [String], in folder: TemporaryFolder
    ) async throws -> BuiltProgram.Outcome {
        try await program.run(
            ["link", "--left", "left.csv", "--right", "right.csv"] + options, in: folder.url)
    }

    @Test("what was recognised is told, and links the same when it is named the next time")
    func recognised() async throws {
        let folder = try TemporaryFolder()
        try write(folder)

        let first = try await link(["--save-entity", "e.yaml"], in: folder)
        let again = try await link(["--entity", "e.yaml"], in: folder)

        #expect(first.exitCode == 0, "\(first.errors)")
        #expect(first.errors.contains("RQ_INN = ИНН: tax_id (tax_id)"), "\(first.errors)")
        #expect(first.errors.contains("id: Ref_Key") && first.errors.contains("id: ID"))
        #expect(first.output.split(separator: "\n").count == Self.count + 1)
        #expect(again.exitCode == 0, "\(again.errors)")
        #expect(again.output == first.output)
        #expect(!again.errors.contains("recognise columns"))
    }

    @Test("with a memory only what changed is matched again, and no explanation is promised")
    func memory() async throws {
        let folder = try TemporaryFolder()
        try write(folder)
        let described = try await link(["--save-entity", "e.yaml"], in: folder)
        #expect(described.exitCode == 0, "\(described.errors)")
        let remembering = ["--entity", "e.yaml", "--memory", "my.memory"]

        let first = try await link(remembering, in: folder)
        let same = try await link(remembering, in: folder)
        try write(folder, changed: 7)
        let changed = try await link(remembering, in: folder)
        let explained = try await link(remembering + ["--explain"], in: folder)

        #expect(first.exitCode == 0, "\(first.errors)")
        #expect(first.errors.contains("all matched, as there is no memory that fits"))
        #expect(same.output == first.output)
        #expect(same.errors.contains("; 0 records changed"), "\(same.errors)")
        #expect(changed.exitCode == 0)
        #expect(changed.errors.contains("; 1 records changed"), "\(changed.errors)")
        #expect(explained.exitCode == 2 && explained.errors.contains("--explain"))
        #expect(explained.output.isEmpty)
    }

    @Test("duplicates of persons are found by three fields described by hand")
    func persons() async throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(
            """
            entity: person
            id_headers: [Номер]
            fields:
              surname: {type: person_name, personal: true, headers: [Фамилия]}
              given_name: {type: person_name, personal: true, headers: [Имя]}
              born: {type: date, personal: true, headers: [Дата рождения]}
            """, to: "person.yaml")
        let stems = ["Иван", "Петр", "Сидор", "Кузнец", "Орл", "Волк", "Медвед", "Лебед", "Солов"]
        let ends = ["ов", "цев", "енко", "чук", "ский", "ин", "янц", "адзе", "швили", "ых"]
        let names = ["Иван", "Пётр", "Анна", "Ольга", "Марк", "Нина", "Глеб"]
        let persons = (0..<90).map { (number: Int) -> [String] in
            let (year, month, day) = (1950 + number % 43, number % 12 + 1, number % 28 + 1)
            let born = String(format: "%04d-%02d-%02d", year, month, day)
            return [stems[number % 9] + ends[number / 9], names[number % 7], born]
        }
        var rows = persons.enumerated().map { ["P\($0.offset)"] + $0.element }
        // Every other one stands there once more, typed in capitals.
        for (number, person) in persons.enumerated() where number % 2 == 0 {
            rows.append(
                ["D\(number)", person[0].uppercased(), person[1].uppercased(), person[2]])
        }
        _ = try folder.write(
            (["Номер,Фамилия,Имя,Дата рождения"] + rows.map { $0.joined(separator: ",") })
                .joined(separator: "\n") + "\n", to: "persons.csv")

        let outcome = try await program.run(
            ["dedupe", "--in", "persons.csv", "--entity", "person.yaml", "--out", "clusters.csv"],
            in: folder.url)

        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
        let lines = try String(
            contentsOf: folder.url.appending(path: "clusters.csv"), encoding: .utf8
        ).split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
        #expect(lines.first == ["id", "cluster", "probability"])
        let members = Dictionary(grouping: lines.dropFirst(), by: { $0[1] })
            .values.map { rows in Set(rows.map { $0[0] }) }
        let expected = (0..<45).map { Set(["P\($0 * 2)", "D\($0 * 2)"]) }
        #expect(Set(members) == Set(expected))
    }
}
