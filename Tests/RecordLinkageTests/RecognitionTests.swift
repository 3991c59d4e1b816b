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
