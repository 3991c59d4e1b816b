import Definitions
import Records
import Testing

@Suite("Errors in mapping files")
struct MappingFileErrorTests {
    private func error(in text: String) throws -> DefinitionError? {
        let entity = try EntityFile.parse(
            "entity: e\nfields: {a: {type: text}, b: {type: text}}", file: "e.yaml")
        do {
            _ = try MappingFile.parse(text, file: "m.yaml", entities: [entity])
            return nil
        } catch { return error }
    }

    @Test(
        "an error stands at the word that is wrong and says what would be right",
        arguments: [
            ("entities: {}", 1, 1, "'system' is missing"),
            ("system: x", 1, 1, "'entities' is missing"),
            (
                "sistem: x\nentities: {}", 1, 1,
                "unknown key 'sistem'; known here: changes, empty_values"
            ),
            ("system: x\nentities: [e]", 2, 11, "expected 'key: value' pairs"),
            ("system: x\nhtml_entities: 1\nentities: {}", 2, 16, "expected true or false"),
            ("system: x\nentities:\n  e: {id: ID}", 3, 6, "'list' is missing"),
            ("system: x\nentities:\n  e: {list: l, id: ID}", 3, 6, "'fields' is missing"),
            (
                "system: x\nentities:\n  e: {list: l, id: ID, fields: {}}", 3, 32,
                "no fields are mapped"
            ),
            (
                "system: x\nentities:\n  e: {list: l, id: ID, fields: {c: C}}", 3, 33,
                "'c' is not a field of e; its fields: a, b"
            ),
            (
                "system: x\nentities:\n  e: {list: l, id: ID, fields: {a: {path: A, mandatory: 1}}}",
                3,
                57, "expected true or false"
            ),
            (
                "system: x\nentities:\n  e: {list: l, id: ID, fields: {a: A, a: B}}", 3, 33,
                "twice here: a"
            ),
            (
                "system: x\nentities:\n  e: {list: l, id: ID, fields: {a: {path: A, currency: C}}}",
                3,
                56, "only an 'amount' has a currency"
            ),
            (
                "system: x\nentities:\n  e: {list: l, id: ID, fields: {a: {amount: A}}}", 3, 36,
                "'currency' is missing"
            ),
            (
                "system: x\nentities:\n  e: {list: l, id: ID, fields: {a: {path: A, vat: C}}}",
                3,
                51, "only 'lines' have a vat"
            ),
            (
                "system: x\nentities:\n  e:\n    list: l\n    id: ID\n    related: {r: {list: s}}\n"
                    + "    fields: {a: A}", 6, 18, "'owner' is missing"
            ),
            (
                "system: x\nentities:\n  e:\n    list: l\n    id: ID\n"
                    + "    related: {r: {list: s, owner: O, of: q}}\n    fields: {a: A}", 6, 42,
                "'q' is not a related list that stands before this"
            ),
            (
                "system: x\nentities:\n  e:\n    list: l\n    id: ID\n    skip: [{path: A}]\n"
                    + "    fields: {a: A}", 6, 12, "exactly one of these is needed: equals"
            ),
            (
                "system: x\nentities:\n  e:\n    list: l\n    id: ID\n"
                    + "    skip: [{path: A, digits: ten}]\n    fields: {a: A}", 6, 30,
                "expected a whole number"
            ),
            (
                "system: x\nlookups: {s: {list: t, key: K, value: V}}\nentities:\n"
                    + "  e: {list: l, id: ID, fields: {a: {path: A, lookup: r}}}", 4, 54,
                "'r' is not a lookup that stands before this; known: s"
            ),
            (
                "system: x\nentities:\n  e:\n    list: l\n    id: ID\n"
                    + "    lookups: {s: {list: t, key: K}}\n    fields: {a: A}", 6, 18,
                "'value' is missing"
            ),
            (
                "system: x\nlookups:\n  s: {list: t, key: K, value: {path: V, lookup: s}}\n"
                    + "entities: {}", 3, 49, "'s' is not a lookup that stands before this"
            ),
        ])
    func place(text: String, line: Int, column: Int, message: String) throws {
        let error = try #require(try self.error(in: text))
        #expect(error.line == line)
        #expect(error.column == column)
        #expect(error.message.contains(message), "\(error.message)")
    }

    @Test("an entity that is not asked for is not read")
    func otherEntity() throws {
        #expect(try error(in: "system: x\nentities: {other: {anything: goes}}") == nil)
    }

    @Test(
        "a path that cannot be read is refused where it stands",
        arguments: [
            "", ".A", "A.", "A..B", "A[", "A[x]", "A[=x]", "A]", "A[]B", "[first]", "A[first",
        ])
    func path(text: String) throws {
        let error = try #require(
            try error(in: "system: x\nentities: {e: {list: l, id: ID, fields: {a: \"\(text)\"}}}"))
        #expect(error.line == 2)
        #expect(error.column == 45)
    }
}
