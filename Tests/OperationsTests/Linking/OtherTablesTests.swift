import FileSource
import Foundation
import RecordLinkage
import Records
import Synchronization
import TestSupport
import Testing

@testable import Operations

/// Tables of three kinds that nobody described, under headers that have little in common.
@Suite("Tables of other things, without an entity file")
struct OtherTablesTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    struct Kind: Sendable, CustomTestStringConvertible {
        let name: String
        let headers: (left: [String], right: [String])
        /// Two rows of one thing, the ids left out.
        let rows: @Sendable (Int, inout SeededNumbers) -> (left: [String], right: [String])
        /// The least F1.
        let least: Double

        var testDescription: String { name }
    }

    static let vehicles = Kind(
        name: "vehicles",
        headers: (
            ["Гос. номер", "VIN-код", "Цвет", "Год"], ["colour", "chassis", "built", "reg_plate"]
        ),
        rows: { _, random in
            let letters = Array("АВЕКМНОРСТУХ")
            let plate =
                "\(random.one(of: letters)) \(100 + random.below(900)) "
                + "\(random.one(of: letters))\(random.one(of: letters)) \(1 + random.below(190))"
            let vin = "XW8ZZZ\(1_000_000_000 + random.below(900_000_000))"
            let (color, year) = (
                random.one(of: ["белый", "серый", "синий", "красный"]),
                "\(2_000 + random.below(24))"
            )
            let other = plate.replacing(" ", with: random.happens(0.5) ? "" : " ")
            return (
                [plate, random.happens(0.3) ? "" : vin, color, year],
                [
                    color.uppercased(), random.happens(0.3) ? "" : typedOver(vin, &random), year,
                    other,
                ]
            )
        }, least: 0.95)

    static let goods = Kind(
        name: "goods",
        headers: (["Наименование", "Ед", "Цена"], ["PRICE", "NAME"]),
        rows: { number, random in
            let kinds = ["Труба ПНД", "Кабель ВВГ", "Лампа LED", "Перчатки нитриловые", "Краска"]
            let brands = ["Орбита", "Сатурн", "Лотос", "Север", "Зенит", "Пульсар", "Маяк"]
            let name =
                "\(random.one(of: kinds)) \(1 + number % 400) мм \(random.one(of: brands))"
            let words = name.split(separator: " ").map(String.init)
            let price = 100 + random.below(90_000)
            return (
                [name, random.one(of: ["шт", "м", "уп"]), "\(price)"],
                [
                    "\(price).00",
                    ([words[words.count - 1]] + words.dropLast()).joined(separator: " "),
                ]
            )
        }, least: 0.9)

    static let people = Kind(
        name: "people",
        headers: (
            ["Сотрудник", "Д.р.", "Отдел"], ["lname", "fname", "mname", "born", "zone"]
        ),
        rows: { _, random in
            let surnames = ["Соколов", "Лебедев", "Козлов", "Новиков", "Морозов", "Волков"]
            let roots = ["ян", "ин", "ский", "ук", "енко", "ов"]
            let surname = random.one(of: surnames) + random.one(of: roots)
            let given = random.one(of: ["Анна", "Пётр", "Мария", "Олег", "Ирина", "Денис"])
            let patronymic = random.one(of: ["Сергеевич", "Олегович", "Ильинична", "Петровна"])
            let day = (
                1 + random.below(28), 1 + random.below(12), 1_960 + random.below(45)
            )
            func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
            return (
                [
                    "\(surname) \(given) \(patronymic)",
                    "\(two(day.0)).\(two(day.1)).\(day.2)", random.one(of: ["Сбыт", "Склад"]),
                ],
                [
                    random.happens(0.1) ? typedOver(surname, &random) : surname, given,
                    random.happens(0.2) ? "" : patronymic,
                    "\(day.2)-\(two(day.1))-\(two(day.0))", "\(random.below(9))",
                ]
            )
        }, least: 0.95)

    /// A text with two neighbours exchanged.
    private static func typedOver(_ text: String, _ random: inout SeededNumbers) -> String {
        guard random.happens(0.1), text.count > 3 else { return text }
        var letters = Array(text)
        let place = 1 + random.below(letters.count - 2)
        letters.swapAt(place, place + 1)
        return String(letters)
    }

    private struct Tables {
        var left: [[String]] = []
        var right: [[String]] = []
        var truth: Set<[String]> = []
    }

    private func tables(_ kind: Kind, seed: UInt64) -> Tables {
        var (tables, random) = (Tables(), SeededNumbers(seed: seed))
        for number in 0..<600 {
            let rows = kind.rows(number, &random)
            let ids = ["L-\(number * 7)", "R\(900_000 - number * 11)"]
            if !random.happens(0.1) { tables.left.append([ids[0]] + rows.left) }
            if !random.happens(0.1) { tables.right.append([ids[1]] + rows.right) }
            if tables.left.last?[0] == ids[0], tables.right.last?[0] == ids[1] {
                tables.truth.insert(ids)
            }
        }
        return tables
    }

    private func write(_ headers: [String], _ rows: [[String]], to name: String) throws -> URL {
        _ = try folder.write(
            ([headers] + rows).map { $0.joined(separator: ";") }.joined(separator: "\n"), to: name)
        return folder.url.appending(path: name)
    }

    /// The links of both tables as they are written.
    private func linked(_ kind: Kind, _ tables: Tables) async throws -> [UInt8] {
        var inputs = [
            FileLinking.Input(
                try write(["Ид"] + kind.headers.left, tables.left, to: "left.csv")),
            FileLinking.Input(
                try write(["sku"] + kind.headers.right, tables.right, to: "right.csv")),
        ]
        let recognized = try TableRecognition(
            left: inputs[0], right: inputs[1], progress: SilentProgress()
        ).recognized
        for side in [0, 1] {
            inputs[side].options.idHeader = recognized.idHeaders[side]
            inputs[side].options.fieldOfHeader = recognized.fieldOfHeader[side]
        }
        let found = try await FileLinking(
            entity: recognized.definition, progress: SilentProgress()
        ).link(left: inputs[0], right: inputs[1])
        let bytes = Mutex([UInt8]())
        try LinkTable.write(found.result.links) { piece in bytes.withLock { $0 += piece } }
        return bytes.withLock { $0 }
    }

    @Test(
        "are linked as well as tables of firms, in whatever order their rows stand",
        arguments: [vehicles, goods, people])
    func linked(kind: Kind) async throws {
        var tables = tables(kind, seed: 5)
        let bytes = try await linked(kind, tables)
        let links = Set(
            String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst().map {
                $0.split(separator: ",").prefix(2).map(String.init)
            })
        let right = Double(links.intersection(tables.truth).count)
        #expect(2 * right / Double(links.count + tables.truth.count) >= kind.least)
        var random = SeededNumbers(seed: 6)
        tables.left.shuffle(using: &random)
        tables.right.shuffle(using: &random)
        #expect(try await linked(kind, tables) == bytes)
    }
}
