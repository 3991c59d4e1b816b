import Definitions
import RecordLinkage
import Records
import TestSupport
import Testing

@Suite("Recognition of tables")
struct RecognitionTests {
    private func table(_ headers: [String], _ rows: [[String]]) -> [ColumnProfile] {
        headers.enumerated().map { column, header in
            ColumnProfile(header: header, values: rows.map { $0[column] })
        }
    }

    /// Two tables of companies under headers that have nothing in common.
    private func companies(_ count: Int) throws -> (left: [ColumnProfile], right: [ColumnProfile]) {
        let sample = try CounterpartySample(pairs: count, seed: 41)
        func rows(_ records: [Record]) throws -> [[String]] {
            try records.map { record in
                try [record.id.rawValue]
                    + ["name", "tax_id", "phone", "email"].map { field in
                        let index = try #require(sample.entity.index(of: FieldName(field)))
                        return record[index]?.plainText ?? ""
                    }
            }
        }
        return (
            table(["Ref_Key", "Наименование", "ИНН", "Телефон", "Почта"], try rows(sample.left)),
            table(["ID", "TITLE", "A", "B", "C"], try rows(sample.right))
        )
    }

    @Test("columns of other names are told by what stands in them")
    func content() throws {
        let (left, right) = try companies(120)
        let recognized = try RecognizedEntity(left: left, right: right)
        let types = recognized.definition.fields.map { ($0.type, $0.headers) }
        #expect(recognized.idHeaders == ["Ref_Key", "ID"])
        func headers(_ type: FieldType) -> Set<String> {
            Set(types.filter { $0.0 == type }.flatMap(\.1))
        }
        #expect(headers(.organizationName).isSuperset(of: ["Наименование", "TITLE"]))
        #expect(headers(.taxID) == ["ИНН", "A"])
        #expect(headers(.phone) == ["Телефон", "B"])
        #expect(headers(.email) == ["Почта", "C"])
        #expect(recognized.definition.linkage.rules.map(\.name) == ["tax_id"])
    }

    @Test("a column that keeps the other table's ids links by them, and is not weighed")
    func otherIDs() throws {
        let sample = try CounterpartySample(pairs: 120, seed: 41)
        let (left, right) = try companies(120)
        // Every third record knows its counterpart, and one of them one that is gone.
        let known = sample.right.indices.map { place -> String in
            guard place % 3 == 0, place < sample.left.count else { return "" }
            return place == 3 ? "gone" : sample.left[place].id.rawValue
        }
        let recognized = try RecognizedEntity(
            left: left, right: right + [ColumnProfile(header: "ORIGIN_ID", values: known)])
        let (definition, name) = (recognized.definition, FieldName("other_id"))
        #expect(
            definition.linkage.explicitLinks == [ExplicitLink(left: .id, right: .field(name))])
        #expect(definition.fields.last?.headers == ["ORIGIN_ID"])
        #expect(definition.linkage.comparisons?.contains { $0.fields.contains(name) } == false)
        #expect(recognized.notes.contains { $0.hasPrefix("ORIGIN_ID: other_id, ids of the left") })
        #expect(!recognized.notes.contains { $0.hasPrefix("ORIGIN_ID: has no like") })
        #expect(try EntityFile.parse(EntityFile.text(of: definition), file: "e") == definition)
    }

    @Test("ids are told among the first rows by their form, and by a header alone never")
    func otherIDForms() throws {
        let (left, right) = try companies(60)
        func guid(_ number: Int) -> String { "d0b7dfe9-09f8-18ef-b201-4fcb\(10_000_000 + number)" }
        let keyed =
            [ColumnProfile(header: "Ref", values: (0..<left[0].rowCount).map(guid))]
            + left.dropFirst()
        func links(_ header: String, _ value: (Int) -> String) throws -> Int {
            let column = ColumnProfile(header: header, values: (0..<right[0].rowCount).map(value))
            return try RecognizedEntity(left: keyed, right: right + [column])
                .definition.linkage.explicitLinks.count
        }
        #expect(try links("GUID 1С") { guid(5_000 + $0) } == 1)
        #expect(try links("XML_ID") { "X\($0)" } == 0)
        #expect(try links("Colour") { guid($0) } == 0)
    }

    @Test("what was recognised is written as a file that says the same")
    func written() throws {
        let (left, right) = try companies(80)
        let definition = try RecognizedEntity(left: left, right: right).definition
        let again = try EntityFile.parse(EntityFile.text(of: definition), file: "saved.yaml")
        #expect(again == definition)
    }

    @Test("every part of a linkage section is written and read back")
    func everything() throws {
        let text = """
            entity: thing
            id_headers: ["№ \\"1\\"", "a\\\\b"]
            fields:
              name: {type: text, headers: ["Имя, #1", "yes"]}
              code: {type: code, multiple: true}
              other: {type: code}
            linkage:
              explicit: [{left: $id, right: other}]
              rules: [{name: code, same: [code], compatible: [name], unique: true, evidence: -2.5}]
              distinct: [{same: [code], different: [other], overruled_by: 3}]
              comparisons:
                - {fields: [name], method: jaro_winkler, levels: [0.9, 0.8], term_frequency: false}
                - {fields: [other], method: exact, implied_by: code}
              blocking: [[name], {keys: [code, "other:prefix"], largest: 7}]
            """
        let definition = try EntityFile.parse(text, file: "thing.yaml")
        #expect(
            try EntityFile.parse(EntityFile.text(of: definition), file: "again.yaml") == definition)
    }

    @Test("texts of many words are read as one text, and prices as numbers")
    func freeTexts() throws {
        let words = "silver belt drive turntable with two speeds and a cover"
        let left = table(
            ["id", "name", "price"], (0..<40).map { ["\($0)", "PS\($0) \(words)", "\($0).50"] })
        let right = table(
            ["id", "name", "price"], (0..<40).map { ["\($0)", "\(words) PS\($0)", "\($0).00"] })
        let linkage = try RecognizedEntity(left: left, right: right).definition.linkage
        #expect(linkage.comparisons?.map(\.method) == [.similarText, .numeric])
        #expect(linkage.blocking?.first?.keys.first?.transform == .similar)
    }

    @Test("names of goods are compared by their words and by the numbers in them, and are no firms")
    func goods() throws {
        func name(_ number: Int) -> String { "Труба ПНД \(number * 7 % 90) мм Орбита \(number)" }
        let left = table(
            ["Код", "Наименование", "Ед"],
            (0..<60).map { ["Н-\($0)", name($0), $0 % 3 == 0 ? "шт" : "орбита"] })
        let right = table(["ID", "NAME"], (0..<60).map { ["\(4_000 + $0 * 97)", name($0)] })
        let recognized = try RecognizedEntity(left: left, right: right)
        #expect(recognized.definition.fields.map(\.type) == [.text])
        // A column of one word each is not the name, though all of its words stand in names.
        #expect(recognized.definition.fields.first?.headers == ["Наименование", "NAME"])
        #expect(recognized.definition.linkage.comparisons?.map(\.method) == [.tokens, .numbers])
    }

    @Test("codes are told by the values that they share, under any header and in any order")
    func codes() throws {
        func code(_ number: Int) -> String { "XW8ZZ\(100_000 + number * 7_919 % 900_000)" }
        let left = table(
            ["№ п/п", "VIN-код", "Цвет"],
            (0..<300).map { ["\($0 + 1)", code($0), ["белый", "серый", "синий"][$0 % 3]] })
        let right = table(
            ["policy", "chassis", "noise"],
            (0..<300).reversed().map {
                ["P\($0 * 31)", code($0), "\(5_000_000 + $0 * 1_237)"]
            })
        let recognized = try RecognizedEntity(left: left, right: right)
        #expect(recognized.definition.fields.map(\.headers) == [["VIN-код", "chassis"]])
        #expect(recognized.definition.fields.map(\.type) == [.code])
        #expect(recognized.warnings.isEmpty)
    }

    @Test(
        "the id is a column that is called so, then a code, and a text only where nothing else is left"
    )
    func ids() throws {
        func id(_ headers: [String], _ row: (Int) -> [String]) throws -> String {
            try RecognizedEntity(table(headers, (0..<60).map(row))).idHeaders[0]
        }
        func name(_ number: Int) -> String { "Кабель \(number) медный" }
        #expect(
            try id(["Наименование", "Код", "Цена"]) { [name($0), "Н\($0)", "\($0 % 7).5"] } == "Код"
        )
        // One row stands in it twice, of which people are told when the file is read.
        #expect(
            try id(["Наименование", "id"]) { [name($0), "\(max(1, $0))"] } == "id")
        #expect(
            try id(["Наименование", "Группа"]) { [name($0), "\($0 % 5)"] } == "Наименование")
    }

    @Test("an id that is a column of the other table, or its id, is compared as well")
    func comparedIDs() throws {
        func article(_ number: Int) -> String { "AB-\(1_000 + number * 37)" }
        let left = table(
            ["Артикул", "Наименование"], (0..<50).map { [article($0), "Труба \($0) синяя"] })
        let right = table(
            ["article", "title"], (0..<50).map { [article($0), "синяя труба \($0)"] })
        let definition = try RecognizedEntity(left: left, right: right).definition
        let field = try #require(definition.fields.first { $0.headers.contains("Артикул") })
        #expect(field.mayBeID && field.headers == ["Артикул", "article"])
        #expect(try EntityFile.parse(EntityFile.text(of: definition), file: "e") == definition)
        // Numbers that count rows are the same by chance.
        let counted = [left, right].map { columns in
            [ColumnProfile(header: "n", values: (1...50).map(String.init))] + columns.dropFirst()
        }
        let other = try RecognizedEntity(left: counted[0], right: counted[1]).definition
        #expect(!other.fields.contains { $0.headers.contains("n") })
    }

    @Test("columns are read as they were recognised, whatever other columns are called")
    func otherHeaders() throws {
        func code(_ number: Int) -> String { "XW8ZZ\(100_000 + number * 7_919 % 900_000)" }
        func key(_ number: Int) -> String { "K-\(number * 31)" }
        let left = table(
            ["id", "one", "two"], (0..<80).map { ["L\($0)", code($0), key($0)] })
        let right = table(
            ["id", "two", "one", "code"], (0..<80).map { ["R\($0)", code($0), key($0), "x"] })
        let recognized = try RecognizedEntity(left: left, right: right)
        #expect(recognized.fieldOfHeader[0]["one"] == recognized.fieldOfHeader[1]["two"])
        #expect(recognized.fieldOfHeader[0]["two"] == recognized.fieldOfHeader[1]["one"])
        #expect(recognized.fieldOfHeader[0]["one"] != recognized.fieldOfHeader[0]["two"])
        #expect(recognized.warnings.contains { $0.contains("'one' is one thing in the one table") })
        // No field is called as a column that is left out: it would be read into it.
        let names = Set(recognized.definition.fields.map(\.name.rawValue))
        #expect(!names.contains("code"))
    }

    @Test("an id in which a value comes twice is none beside one in which none does")
    func repeatedIDs() throws {
        let columns = table(
            ["customer_id", "order_id", "title"],
            (0..<200).map { ["C\(max(3, $0))", "O\($0)", "Кабель \($0) медный"] })
        #expect(try RecognizedEntity(columns).idHeaders == ["order_id"])
    }

    @Test("what is equally likely is chosen the same way each time")
    func determinism() throws {
        let words = ["альфа", "бета", "гамма"]
        func some(_ number: Int) -> [String] { (0..<3).map { words[(number + $0 * number) % 3] } }
        let left = table(
            ["id", "Альфа", "Бета"],
            (0..<200).map {
                ["L\($0)", some($0).joined(separator: " "), some($0 + 1).joined(separator: " ")]
            })
        let right = table(
            ["id", "Гамма", "Дельта"], (0..<200).map { ["R\($0)", some($0)[0], some($0)[1]] })
        // Sets and dictionaries of one process differ in their order, too.
        let all = try (0..<20).map { _ in
            try RecognizedEntity(left: left, right: right).definition
        }
        #expect(Set(all).count == 1)
    }

    @Test("a name that one table has whole and the other in parts is one comparison")
    func nameParts() throws {
        let given = ["Анна", "Пётр", "Мария", "Олег", "Ирина"]
        let surnames = ["Соколов", "Лебедев", "Козлов", "Новиков", "Морозов", "Волков", "Зайцев"]
        func parts(_ number: Int) -> [String] {
            [surnames[number % 7], given[number % 5], "Сергеевич"]
        }
        let left = table(
            ["Таб. №", "Сотрудник"],
            (0..<70).map { ["T\($0)", parts($0).joined(separator: " ")] })
        let right = table(
            ["id", "lname", "fname", "mname"], (0..<70).map { ["\($0)"] + parts($0) })
        let definition = try RecognizedEntity(left: left, right: right).definition
        #expect(definition.fields.map(\.headers) == [["Сотрудник", "lname", "fname", "mname"]])
        #expect(definition.fields.allSatisfy { $0.isJoined && $0.type == .personName })
        #expect(definition.linkage.comparisons?.map(\.method) == [.personName])
        #expect(try EntityFile.parse(EntityFile.text(of: definition), file: "e") == definition)
    }

    @Test("numbers belong to what is in parts where they stand in the same rows, and not by chance")
    func numberedParts() throws {
        var random = SeededNumbers(seed: 3)
        let streets = ["Садовая", "Речная", "Лесная", "Мира", "Победы", "Новая", "Школьная"]
        let cities = ["Тверь", "Псков", "Орёл", "Курск"]
        let flats = (0..<400).map { _ in
            (
                random.one(of: cities), random.one(of: streets), 1 + random.below(90),
                1 + random.below(200), 1 + random.below(90)
            )
        }
        let left = table(
            ["Лот", "Объект"],
            flats.enumerated().map {
                ["Л-\($0)", "г. \($1.0), ул. \($1.1), д. \($1.2), кв. \($1.3)"]
            })
        let right = table(
            ["Карточка", "Город", "Улица", "Дом", "Кв", "Просмотров"],
            flats.enumerated().map {
                ["\(7_000_000 - $0 * 13)", $1.0, $1.1, "\($1.2)", "\($1.3)", "\($1.4)"]
            })
        let definition = try RecognizedEntity(left: left, right: right).definition
        #expect(
            definition.fields.map(\.headers) == [["Объект", "Город", "Улица", "Дом", "Кв"]])
        #expect(definition.linkage.comparisons?.map(\.method) == [.address, .numbers])
    }

    @Test("a year beside a date and a number beside one with a unit are compared by their numbers")
    func numbers() throws {
        func code(_ number: Int) -> String { "tt\(100_000 + number * 7_919 % 900_000)" }
        let left = table(
            ["n", "Шифр", "Год", "Хрон."],
            (0..<200).map { ["a\($0)", code($0), "\(1_960 + $0 % 60)", "\(80 + $0 % 70) мин."] })
        let right = table(
            ["m", "key code", "premiere", "minutes"],
            (0..<200).map {
                ["b\($0)", code($0), "\(1_960 + $0 % 60)-04-0\(1 + $0 % 9)", "\(80 + $0 % 70)"]
            })
        let definition = try RecognizedEntity(left: left, right: right, leftID: "n", rightID: "m")
            .definition
        let methods = Dictionary(
            uniqueKeysWithValues: definition.linkage.comparisons?.compactMap { comparison in
                definition.fields.first { $0.name == comparison.fields[0] }
                    .map { ($0.headers[0], comparison.method) }
            } ?? [])
        #expect(methods == ["Шифр": .digits, "Год": .numbers, "Хрон.": .numbers])
    }

    @Test("lists of words that have nothing in common are not compared by equality")
    func lists() throws {
        let short = ["VLDB", "SIGMOD", "TODS"]
        let long = ["Very Large Data Bases", "Management of Data", "Transactions on Systems"]
        func rows(_ venues: [String]) -> [[String]] {
            (0..<200).map { ["\($0)", "Paper \($0) about a thing", venues[$0 % 3]] }
        }
        let (left, right) = (
            table(["id", "title", "venue"], rows(short)),
            table(["id", "title", "venue"], rows(long))
        )
        func method(_ right: [ColumnProfile]) throws -> ComparisonMethod? {
            try RecognizedEntity(left: left, right: right).definition.linkage.comparisons?
                .first { $0.fields == [FieldName("venue")] }?.method
        }
        #expect(try method(right) == .tokens)
        #expect(try method(table(["id", "title", "venue"], rows(short))) == .exact)
    }

    @Test("a text without its like is read for the ИНН in it")
    func identifiersInTexts() throws {
        let (left, right) = try companies(120)
        let comments = (0..<left[0].rowCount).map { number in
            number % 4 == 0 ? "просил счёт, ИНН 7707083893" : "звонил \(number)"
        }
        let recognized = try RecognizedEntity(
            left: left + [ColumnProfile(header: "Комментарий", values: comments)], right: right)
        let field = try #require(
            recognized.definition.fields.first { $0.headers == ["Комментарий"] })
        #expect(
            recognized.definition.linkage.comparisons?.contains {
                $0.fields.contains(field.name)
            } == false)
        #expect(recognized.notes.contains("Комментарий: read for the ИНН and the telephones in it"))
    }

    @Test("where nothing that is compared tells a record from others, people are warned")
    func warned() throws {
        let colors = ["белый", "серый", "синий"]
        let left = table(["id", "Цвет"], (0..<60).map { ["A\($0)", colors[$0 % 3]] })
        let right = table(["id", "colour"], (0..<60).map { ["B\($0)", colors[$0 % 3]] })
        let warnings = try RecognizedEntity(left: left, right: right).warnings
        #expect(warnings.count == 1 && warnings[0].contains("Цвет = colour"))
    }

    @Test("a table without an id, or without a column in common, is refused with advice")
    func refused() throws {
        let twice = table(["a", "b"], [["x", "y"], ["x", "y"]])
        let none = table(["id", "n"], [])
        let numbers = table(["id", "n"], [["1", "абв где"], ["2", "ежз икл"]])
        let others = table(["id", "m"], [["1", "one two"], ["2", "three four"]])
        #expect(throws: RecognizedEntity.Refusal.self) { try RecognizedEntity(twice) }
        let empty = #expect(throws: RecognizedEntity.Refusal.self) {
            try RecognizedEntity(left: none, right: others)
        }
        #expect(empty?.description.contains("no rows") == true)
        let alike = table(["id", "n"], [["1", "same"], ["2", "same"]])
        let same = #expect(throws: RecognizedEntity.Refusal.self) { try RecognizedEntity(alike) }
        #expect(same?.description.contains("nothing to compare") == true)
        let refusal = #expect(throws: RecognizedEntity.Refusal.self) {
            try RecognizedEntity(left: numbers, right: others)
        }
        #expect(refusal?.description.contains("--entity") == true)
    }
}
