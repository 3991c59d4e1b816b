import Collection
import Records
import Testing

@Suite("Lines of documents, mapped")
struct LinesMappingTests {
    private func path(_ text: String) throws -> MappingExpression {
        .path(try MappingPath(parsing: text))
    }

    private func lines(
        _ json: String, at place: String, _ parts: [LinesMapping.Part: String],
        tables: LookupTables = LookupTables()
    ) throws -> [DocumentLine] {
        var expressions = try parts.mapValues(path)
        if !tables["product"].isEmpty {
            expressions[.name] = .lookedUp(try path("product"), "product")
        }
        let mapping = EntityMapping(
            entity: EntityName("order"), list: "l", id: try path("id"),
            fields: [
                FieldMapping(
                    name: FieldName("lines"),
                    expression: .lines(
                        LinesMapping(path: try MappingPath(parsing: place), parts: expressions)))
            ])
        let field = FieldDefinition(
            name: FieldName("lines"), type: .line, isMultiple: true, title: LocalizedText([:]))
        let entity = EntityDefinition(
            name: mapping.entity, title: LocalizedText([:]), fields: [field],
            linkage: LinkageDefinition(), reconciliation: ReconciliationDefinition())
        let decoder = RecordDecoder(mapping, entity: entity, lookups: tables)
        guard case .record(let record) = decoder.decode(try JSONDocument(parsing: json).root) else {
            throw JSONError(.trailingText, at: 0)
        }
        #expect(record.readingNotes.isEmpty)
        return try record[0]?.texts.map { try #require(DocumentLine($0)) } ?? []
    }

    @Test("each row that counts is a line with what its parts say, also two that say the same")
    func rows() throws {
        var tables = LookupTables()
        tables["product"] = ["p1": ["Бумага А4"], "p2": ["Скрепки"]]
        let read = try lines(
            """
            {"id":1,"rows":[
              {"product":"p1","quantity":10,"sum":"2500.00","vat":"20.00"},
              {"product":"p2","quantity":1,"sum":9,"cancelled":true},
              {"product":"p2","quantity":2.5,"sum":100},
              {"product":"p2","quantity":2.5,"sum":100}]}
            """, at: "rows[cancelled!=true]",
            [.product: "product", .quantity: "quantity", .sum: "sum", .vat: "vat"],
            tables: tables)
        #expect(read.map(\.name) == ["Бумага А4", "Скрепки", "Скрепки"])
        #expect(read.map(\.product) == ["p1", "p2", "p2"])
        #expect(read.map(\.quantity) == [Quantity("10"), Quantity("2.5"), Quantity("2.5")])
        #expect(read.map(\.sum) == [Quantity("2500"), Quantity("100"), Quantity("100")])
        #expect(read.map(\.vat) == ["20", nil, nil])
    }

    @Test("a sum is what price and quantity make, and tax that it lacks is added")
    func sums() throws {
        let byPrice = try lines(
            #"{"id":1,"rows":[{"n":"Доставка","q":"3","p":"33.335"}]}"#, at: "rows",
            [.name: "n", .quantity: "q", .price: "p"])
        #expect(byPrice.map(\.sum) == [Quantity("100.01")])
        let net = try lines(
            #"{"id":1,"rows":[{"q":1,"s":100,"t":"20.5"}]}"#, at: "rows",
            [.quantity: "q", .sum: "s", .tax: "t"])
        #expect(net.map(\.sum) == [Quantity("120.5")])
    }

    @Test("rows that say nothing of what is asked are none; one row may stand without a list")
    func forms() throws {
        #expect(try lines(#"{"id":1,"rows":[{"x":1}]}"#, at: "rows", [.name: "n"]).isEmpty)
        #expect(try lines(#"{"id":1,"rows":[]}"#, at: "rows", [.name: "n"]).isEmpty)
        #expect(try lines(#"{"id":1,"rows":{"n":"a"}}"#, at: "rows", [.name: "n"]).count == 1)
    }
}
