import Collection
import Definitions
import Records
import Testing

@Suite("What a mapping for 1C may say")
struct MappingFormTests {
    private func mapping(_ section: String) throws -> EntityMapping {
        let entities = try SandboxFixture.entities()
        let text = "system: onec\nentities:\n  order:\n    list: L\n    id: Ref_Key\n" + section
        return try #require(
            try MappingFile.parse(text, file: "m.yaml", entities: entities)[EntityName("order")])
    }

    private func lineCount(_ expression: String, _ json: String) throws -> FieldValue? {
        let entity = try #require(
            try SandboxFixture.entities().first { $0.name.rawValue == "order" })
        let decoder = RecordDecoder(
            try mapping("    fields: {line_count: {count: \(expression)}}\n"), entity: entity)
        guard case .record(let record) = decoder.decode(try JSONDocument(parsing: json).root)
        else { return nil }
        return entity.index(of: FieldName("line_count")).flatMap { record[$0] }
    }

    @Test(
        "a count adds up what stands at its places, and is nothing where none of them is",
        arguments: [
            (#"{"Ref_Key":"1","A":[{"N":"1"},{"N":"2"}],"B":[{"N":"1"}]}"#, 3),
            (#"{"Ref_Key":"1","A":[],"B":[]}"#, 0), (#"{"Ref_Key":"1","B":[{"N":"1"}]}"#, 1),
            (#"{"Ref_Key":"1"}"#, nil),
        ] as [(String, Int64?)])
    func counts(json: String, count: Int64?) throws {
        #expect(try lineCount("[A.N, B.N]", json) == count.map(FieldValue.integer))
    }

    @Test("a count leaves out what its path leaves out")
    func chosen() throws {
        let json = #"{"Ref_Key":"1","A":[{"N":"1","X":true},{"N":"2","X":false}]}"#
        #expect(try lineCount(#""A[X!=true].N""#, json) == .integer(1))
    }

    @Test("arguments, paging and what a related list is found by are read")
    func forms() throws {
        let mapping = try mapping(
            """
                arguments: {Dimensions: "А,Б"}
                paging: {rows: d.r, total: n, offset: skip, size: top, length: 9}
                related: {a: {list: A, owner: Owner, by: Партнер_Key}}
                fields: {number: Number}

            """)
        #expect(mapping.arguments == [MappingArgument(name: "Dimensions", value: "А,Б")])
        #expect(mapping.related.first?.by == "Партнер_Key")
        #expect(mapping.paging?.advance == .offset(parameter: "skip"))
        #expect(mapping.paging?.size == 9 && mapping.paging?.sizeParameter == "top")
    }

    @Test("what is added up, and what tells the rows apart, is read")
    func sum() throws {
        let mapping = try stock(
            list: "R/Balance", sum: "{fields: quantity, rows: [Товар_Key, Счет_Key]}")
        #expect(mapping.sum?.fields == [FieldName("quantity")])
        #expect(mapping.sum?.rows == ["Товар_Key", "Счет_Key"])
        #expect(try stock(list: "R/Balance", sum: nil).sum == nil)
    }

    @Test(
        "a sum that cannot be is refused with its place",
        arguments: [
            ("R", "{fields: [quantity], rows: [A]}", "only rows of a virtual table"),
            ("hs/x/y", "{fields: [quantity], rows: [A]}", "only rows of a virtual table"),
            ("R/Balance", "{fields: [product], rows: [A]}", "'product' is no quantity"),
            ("R/Balance", "{fields: [reserved], rows: [A]}", "'reserved' is no quantity"),
            ("R/Balance", "{fields: [quantity]}", "'rows' is missing"),
            ("R/Balance", "{fields: [quantity], over: [A]}", "unknown key 'over'"),
        ])
    func wrongSum(list: String, sum: String, message: String) throws {
        #expect {
            try stock(list: list, sum: sum)
        } throws: { error in
            let error = error as? DefinitionError
            return error?.description.contains("m.yaml:6:") == true
                && error?.description.contains(message) == true
        }
    }

    private func stock(list: String, sum: String?) throws -> EntityMapping {
        let text = """
            system: onec
            entities:
              stock:
                list: \(list)
                id: Товар_Key
                \(sum.map { "sum: \($0)" } ?? "rights: []")
                fields: {product: Товар_Key, quantity: КоличествоBalance}
            """
        let entities = try SandboxFixture.entities()
        return try #require(
            try MappingFile.parse(text, file: "m.yaml", entities: entities)[EntityName("stock")])
    }

    @Test(
        "paging that cannot be is refused with its place",
        arguments: [
            ("{page: p, offset: o}", "at most one of these: page, offset, next"),
            ("{length: 0}", "'length' must be at least 1"), ("{pages: 3}", "pages"),
        ])
    func wrongPaging(paging: String, message: String) throws {
        #expect {
            try mapping("    paging: \(paging)\n    fields: {number: Number}\n")
        } throws: { error in
            let error = error as? DefinitionError
            return error?.description.contains("m.yaml:6:") == true
                && error?.description.contains(message) == true
        }
    }
}
