import Definitions
import RecordLinkage
import Records
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

    @Test("goods are recognised as texts and prices, and read as one text")
    func goods() throws {
        let left = table(
            ["id", "name", "price"],
            (0..<40).map { ["\($0)", "Turntable belt drive PS\($0) silver", "\($0).50"] })
        let right = table(
            ["id", "name", "price"],
            (0..<40).map { ["\($0)", "belt drive Turntable PS\($0)", "\($0).00"] })
        let linkage = try RecognizedEntity(left: left, right: right).definition.linkage
        #expect(linkage.comparisons?.map(\.method) == [.similarText, .numeric])
        #expect(linkage.blocking?.first?.keys.first?.transform == .similar)
    }

    @Test("a table without an id, or without a column in common, is refused with advice")
    func refused() throws {
        let twice = table(["a", "b"], [["x", "y"], ["x", "y"]])
        let numbers = table(["id", "n"], [["1", "абв где"], ["2", "ежз икл"]])
        let others = table(["id", "m"], [["1", "one two"], ["2", "three four"]])
        #expect(throws: RecognizedEntity.Refusal.self) { try RecognizedEntity(twice) }
        let refusal = #expect(throws: RecognizedEntity.Refusal.self) {
            try RecognizedEntity(left: numbers, right: others)
        }
        #expect(refusal?.description.contains("--entity") == true)
    }
}
