import Collection
import Records
import Testing

@Suite("Lookups")
struct LookupTests {
    private func path(_ text: String) throws -> MappingExpression {
        .path(try MappingPath(parsing: text))
    }

    private func rows(_ json: String) throws -> [JSONValue] {
        Array(try JSONDocument(parsing: json).root.elements)
    }

    private func mapping(
        _ expression: MappingExpression, _ lookups: [LookupList]
    ) throws -> EntityMapping {
        EntityMapping(
            entity: EntityName("stock"), list: "stock", id: try path("id"), lookups: lookups,
            emptyValues: ["none"],
            fields: [FieldMapping(name: FieldName("warehouse"), expression: expression)])
    }

    private func record(
        _ json: String, by mapping: EntityMapping, tables: LookupTables
    ) throws -> Record {
        guard case .record(let record) = try outcome(json, by: mapping, tables: tables) else {
            throw JSONError(.trailingText, at: 0)
        }
        return record
    }

    private func outcome(
        _ json: String, by mapping: EntityMapping, tables: LookupTables
    ) throws -> RecordDecoder.Outcome {
        let field = FieldDefinition(
            name: FieldName("warehouse"), type: .text, isMultiple: true, title: LocalizedText([:]))
        let entity = EntityDefinition(
            name: mapping.entity, title: LocalizedText([:]), fields: [field],
            linkage: LinkageDefinition(), reconciliation: ReconciliationDefinition())
        let decoder = RecordDecoder(mapping, entity: entity, lookups: tables)
        return decoder.decode(try JSONDocument(parsing: json).root)
    }

    @Test("a reference reads as what the list says of it, and as itself with a note when it is new")
    func references() throws {
        let stores = LookupList(
            name: "store", list: "stores", key: try path("id"), value: try path("title"))
        let mapping = try mapping(.lookedUp(path("storeId"), "store"), [stores])
        var tables = LookupTables()
        tables.fill(
            stores, of: mapping,
            with: try rows(#"[{"id": 1, "title": "Main"}, {"id": 2, "title": "none"}, {}]"#))
        let known = try record(#"{"id": 7, "storeId": "1"}"#, by: mapping, tables: tables)
        #expect(known[0] == .texts(["Main"]))
        #expect(known.readingNotes.isEmpty)
        // What is known to have no name has none.
        let nameless = try record(#"{"id": 7, "storeId": 2}"#, by: mapping, tables: tables)
        #expect(nameless[0] == nil && nameless.readingNotes.isEmpty)
        let new = try record(#"{"id": 8, "storeId": [1, 3]}"#, by: mapping, tables: tables)
        #expect(new[0] == .texts(["Main", "3"]))
        #expect(new.readingNotes == [ReadingNote(.unknownKey, field: FieldName("warehouse"))])
        let silent = try record(#"{"id": 9}"#, by: mapping, tables: tables)
        #expect(silent[0] == nil && silent.readingNotes.isEmpty)
    }

    @Test("a reference into a list that was not read as a whole reads as nothing, with a note")
    func partial() throws {
        let stores = LookupList(
            name: "store", list: "stores", key: try path("id"), value: try path("title"))
        let mapping = try mapping(.lookedUp(path("storeId"), "store"), [stores])
        var unread = LookupTables()
        unread.markPartial("store")
        var partial = unread
        partial.fill(stores, of: mapping, with: try rows(#"[{"id": 1, "title": "Main"}]"#))
        var taken = LookupTables()
        taken.take("store", from: partial)
        let note = ReadingNote(.unknownKey, field: FieldName("warehouse"))
        let json = #"{"id": 7, "storeId": [1, 3]}"#
        let expected: [(LookupTables, [String]?)] = [
            (unread, nil), (partial, ["Main"]), (taken, ["Main"]),
        ]
        for (tables, value) in expected {
            let record = try self.record(json, by: mapping, tables: tables)
            #expect(record[0] == value.map(FieldValue.texts))
            #expect(record.readingNotes == [note])
        }
    }

    @Test("rows are chosen by what a lookup says of them; one that is not in there is none of them")
    func choice() throws {
        let kinds = LookupList(
            name: "kind", list: "kinds", key: try path("id"),
            value: .allOf([try path("code"), try path("title")]))
        let mapping = try mapping(
            .firstOf([path("row[t=A, kind@kind=Legal|Registered][first].text")]), [kinds])
        var tables = LookupTables()
        tables.fill(
            kinds, of: mapping,
            with: try rows(#"[{"id": 1, "title": "Actual"}, {"id": 2, "code": "Legal"}]"#))
        func text(_ json: String) throws -> FieldValue? {
            try record(#"{"id": 7, "row": \#(json)}"#, by: mapping, tables: tables)[0]
        }
        let rows = """
            [{"t": "A", "kind": 1, "text": "one"}, {"t": "B", "kind": 2, "text": "two"},
             {"t": "A", "kind": 3, "text": "three"}, {"t": "A", "kind": 2, "text": "four"}]
            """
        #expect(try text(rows) == .texts(["four"]))
        #expect(try text(#"[{"t": "A", "kind": 1, "text": "one"}, {"t": "A"}]"#) == nil)
    }

    @Test("all rows with one key speak, those that fail the condition do not")
    func conditions() throws {
        let codes = LookupList(
            name: "code", list: "codes",
            conditions: [
                MappingCondition(
                    path: try MappingPath(parsing: "kind"), question: .startsWith(["STAGE"]))
            ], key: try path("of"), value: try path("text"))
        let mapping = try mapping(.lookedUp(path("id"), "code"), [codes])
        var tables = LookupTables()
        let all = """
            [{"kind": "STAGE_1", "of": "a", "text": "1"}, {"kind": "OTHER", "of": "a", "text": "2"},
             {"kind": "STAGE", "of": "a", "text": "3"}, {"kind": "STAGE", "of": "a", "text": "1"}]
            """
        tables.fill(codes, of: mapping, with: try rows(all))
        #expect(
            try record(#"{"id": "a"}"#, by: mapping, tables: tables)[0] == .texts(["1", "3"]))
    }

    @Test("a lookup may use one before it")
    func chained() throws {
        let cities = LookupList(
            name: "city", list: "cities", key: try path("id"), value: try path("name"))
        let stores = LookupList(
            name: "store", list: "stores", key: try path("id"),
            value: .lookedUp(try path("city"), "city"))
        let mapping = try mapping(.lookedUp(path("id"), "store"), [cities, stores])
        var tables = LookupTables()
        tables.fill(cities, of: mapping, with: try rows(#"[{"id": 5, "name": "Omsk"}]"#))
        tables.fill(stores, of: mapping, with: try rows(#"[{"id": 1, "city": 5}]"#))
        #expect(try record(#"{"id": 1}"#, by: mapping, tables: tables)[0] == .texts(["Omsk"]))
    }

    @Test("records are passed over by what a lookup says, and ids of one list get its prefix")
    func skips() throws {
        let states = LookupList(
            name: "state", list: "states", key: try path("id"), value: try path("meaning"))
        var mapping = try mapping(path("id"), [states])
        mapping.idPrefix = "bill-"
        mapping.skips = [
            MappingCondition(
                path: try MappingPath(parsing: "state"), lookup: "state",
                question: .differs(["won"]), reason: "open")
        ]
        var tables = LookupTables()
        tables.fill(states, of: mapping, with: try rows(#"[{"id": "P", "meaning": "won"}]"#))
        let record = try self.record(#"{"id": 7, "state": "P"}"#, by: mapping, tables: tables)
        #expect(record.id == RecordID("bill-7"))
        for json in [#"{"id": 7, "state": "N"}"#, #"{"id": 7}"#] {
            #expect(throws: JSONError.self) {
                try self.record(json, by: mapping, tables: tables)
            }
        }
    }

    @Test("what is left out for a key of a list read in part is told from what a rule leaves out")
    func leftOutInDoubt() throws {
        let states = LookupList(
            name: "state", list: "states", key: try path("id"), value: try path("meaning"))
        var mapping = try mapping(path("id"), [states])
        mapping.skips = [
            MappingCondition(
                path: try MappingPath(parsing: "state"), lookup: "state",
                question: .differs(["won", "N"]), reason: "open")
        ]
        var tables = LookupTables()
        tables.fill(
            states, of: mapping,
            with: try rows(#"[{"id": "P", "meaning": "won"}, {"id": "L", "meaning": "lost"}]"#))
        tables.markPartial("state")
        let open = RecordDecoder.Outcome.skipped(reason: "open")
        #expect(try outcome(#"{"id": 7, "state": "L"}"#, by: mapping, tables: tables) == open)
        #expect(try outcome(#"{"id": 7}"#, by: mapping, tables: tables) == open)
        // The key is not taken for what it stands for, though it is written like that.
        let unknown = try outcome(#"{"id": 7, "state": "N"}"#, by: mapping, tables: tables)
        #expect(unknown == .unknownKey)
        mapping.skips = []
        mapping.id = .lookedUp(try path("state"), "state")
        #expect(try outcome(#"{"state": "N"}"#, by: mapping, tables: tables) == .unknownKey)
        #expect(try outcome(#"{"id": 7}"#, by: mapping, tables: tables) == .withoutID)
    }
}
