import Collection
import Records
import Testing

@Suite("Record decoder")
struct RecordDecoderTests {
    private func decode(
        _ json: String, _ expression: MappingExpression, type: FieldType = .text,
        isMultiple: Bool = false, skips: [MappingCondition] = []
    ) throws -> RecordDecoder.Outcome {
        let field = FieldDefinition(
            name: FieldName("x"), type: type, isMultiple: isMultiple, title: LocalizedText([:]))
        let entity = EntityDefinition(
            name: EntityName("thing"), title: LocalizedText([:]), fields: [field],
            linkage: LinkageDefinition(), reconciliation: ReconciliationDefinition())
        let mapping = EntityMapping(
            entity: entity.name, list: "things", id: try path("id"), skips: skips,
            emptyValues: ["0"], fields: [FieldMapping(name: field.name, expression: expression)])
        return RecordDecoder(mapping, entity: entity).decode(try JSONDocument(parsing: json).root)
    }

    private func value(
        _ json: String, _ expression: MappingExpression, type: FieldType = .text,
        isMultiple: Bool = false
    ) throws -> FieldValue? {
        guard
            case .record(let record) = try decode(
                json, expression, type: type, isMultiple: isMultiple)
        else { return nil }
        return record[0]
    }

    private func path(_ text: String) throws -> MappingExpression {
        .path(try MappingPath(parsing: text))
    }

    private let rows = """
        {"id": 7, "kinds": [{"t": "P", "v": " 1 "}, {"t": "E", "v": "e"}, {"t": "P", "v": ""},
         {"t": "P", "v": "2"}], "name": "A", "no": false, "zero": "0"}
        """

    @Test("a path with a filter takes the rows that pass")
    func filtered() throws {
        #expect(
            try value(rows, path("kinds[t=P].v"), type: .phone, isMultiple: true)
                == .texts(["1", "2"]))
        #expect(try value(rows, path("kinds[t=P][first].v")) == .text("1"))
        #expect(try value(rows, path("kinds[t!=P|X].v")) == .text("e"))
        #expect(try value(rows, path("kinds[rest].v")) == .text("e"))
        #expect(try value(rows, path("kinds[].v")) == .text("1"))
        #expect(try value(rows, path("kinds.v")) == .text("1"))
    }

    @Test("the first alternative that is not empty counts")
    func alternatives() throws {
        let expression = MappingExpression.firstOf([
            try path("missing"), try path("zero"), try path("name"), .constant("never"),
        ])
        #expect(try value(rows, expression) == .text("A"))
    }

    @Test("false is a value of a yes-or-no field and of no other")
    func booleans() throws {
        #expect(try value(rows, path("no"), type: .boolean) == .boolean(false))
        #expect(try value(rows, path("no")) == nil)
    }

    @Test("parts are joined, empty and repeated ones left out")
    func joined() throws {
        let expression = MappingExpression.joined(
            each: nil,
            parts: [
                try MappingPath(parsing: "name"), try MappingPath(parsing: "zero"),
                try MappingPath(parsing: "id"), try MappingPath(parsing: "name"),
            ],
            separator: ", ", needs: nil)
        #expect(try value(rows, expression) == .text("A, 7"))
    }

    @Test("a reference of a record to itself is no value")
    func restricted() throws {
        let expression = MappingExpression.restricted(
            try path("id"), MappingRestriction(differsFrom: try MappingPath(parsing: "id")))
        #expect(try value(rows, expression) == nil)
    }

    @Test("what a rule names is skipped, and an object without an id is told apart")
    func outcomes() throws {
        let skip = MappingCondition(
            path: try MappingPath(parsing: "no"), question: .equals(["false"]), reason: "folder")
        #expect(try decode(rows, path("name"), skips: [skip]) == .skipped(reason: "folder"))
        #expect(try decode(#"{"name": "B"}"#, path("name")) == .withoutID)
        #expect(try decode(#"{"id": "0"}"#, path("name")) == .withoutID)
    }

    @Test("what was mended is noted on its field, elsewhere without one")
    func notes() throws {
        let json = "{\"id\": 1, \"name\": \"A\\u0000\", \"other\": \"\\uD800\"}"
        guard case .record(let record) = try decode(json, path("name")) else {
            Issue.record("no record")
            return
        }
        #expect(
            record.readingNotes == [
                ReadingNote(.nulRemoved, field: FieldName("x")), ReadingNote(.brokenEncoding),
            ])
        #expect(record.payload == "{\"id\":1,\"name\":\"A\",\"other\":\"\u{FFFD}\"}")
    }

    @Test(
        "a path that cannot be read says why",
        arguments: ["", "a.", "a[", "a[x]", "a[=1]", "a]b", "a[]b"])
    func badPaths(text: String) {
        #expect(throws: MappingPathError.self) { try MappingPath(parsing: text) }
    }

    @Test("the selection names what paths read, with what is inside")
    func selection() throws {
        var selection = MappingSelection()
        for text in ["a", "k[t=P].v", "k[first].w", "a"] {
            selection.insert(try MappingPath(parsing: text))
        }
        #expect(selection.names == ["a", "k"])
        #expect(selection["k"].names == ["t", "v", "w"])
        #expect(selection["a"].names.isEmpty)
    }
}
