import Definitions
import Foundation
import Records
import TestSupport
import Testing

@Suite("Mapping files")
struct MappingFileTests {
    private static let templates = ProjectFolders.root.appending(path: "templates")

    private var counterparty: EntityDefinition {
        get throws {
            try EntityFile.read(Self.templates.appending(path: "entities/counterparty.yaml"))
        }
    }

    @Test(
        "those that come with the house are right and map the identifying fields",
        arguments: ["onec-bp30", "onec-ut11", "onec-unf3", "onec-erp2", "bitrix24"])
    func templates(name: String) throws {
        let mapping = try MappingFile.read(
            Self.templates.appending(path: "mappings/\(name).yaml"), entities: [counterparty])
        let fields = try #require(mapping[EntityName("counterparty")]).fields.map(\.name.rawValue)
        let wanted = "name full_name legal_kind tax_id kpp phone email address"
        for field in wanted.split(separator: " ").map(String.init) {
            #expect(fields.contains(field))
        }
    }

    @Test("an error names the file, the line and the column")
    func place() throws {
        let text = """
            system: x
            entities:
              counterparty:
                list: l
                id: ID
                fields:
                  name: NAME
                  surname: X
            """
        let entity = try counterparty
        #expect {
            try MappingFile.parse(text, file: "x.yaml", entities: [entity])
        } throws: { error in
            let error = error as? DefinitionError
            return error?.line == 8 && error?.column == 7
                && error?.message.hasPrefix("'surname' is not a field of counterparty") == true
        }
    }

    @Test(
        "what cannot be meant is refused",
        arguments: [
            ("{path: A, constant: b}", "exactly one of these is needed"),
            ("{pth: A}", "unknown key 'pth'"), ("$main.A", "'$main' is not defined"),
            ("\"A[\"", "'[' is not closed"),
            ("{path: A, form: uuid}", "'uuid' is not one of: guid"),
            ("{cases: [{value: a, when: {path: A}}]}", "exactly one of these is needed: equals"),
        ])
    func refuses(expression: String, message: String) throws {
        let text =
            "system: x\nentities: {counterparty: {list: l, id: ID, fields: {name: \(expression)}}}"
        let entity = try counterparty
        #expect {
            try MappingFile.parse(text, file: "x.yaml", entities: [entity])
        } throws: { error in
            (error as? DefinitionError)?.message.contains(message) == true
        }
    }

    @Test("a name stands for the place that it was given")
    func names() throws {
        let text = """
            system: x
            entities:
              counterparty:
                list: l
                id: ID
                names: {active: "r[A=Y]", main: "$active[first]"}
                fields: {name: $main.N}
            """
        let mapping = try MappingFile.parse(text, file: "x.yaml", entities: [counterparty])
        #expect(
            mapping.entities.first?.fields.first?.expression
                == .path(try MappingPath(parsing: "r[A=Y][first].N")))
    }

    @Test("rows may be chosen by what a lookup says of them, in a name too")
    func choiceByLookup() throws {
        let text = """
            system: x
            lookups: {kind: {list: kinds, key: K, value: V}}
            entities:
              counterparty:
                list: l
                id: ID
                names: {legal: "A[T=1, Kind@kind!=Old|Post]"}
                fields: {name: $legal.N}
            """
        let mapping = try MappingFile.parse(text, file: "x.yaml", entities: [counterparty])
        let entity = try #require(mapping.entities.first)
        let tests = [
            MappingPath.Test(member: "T", values: ["1"], isNegated: false),
            MappingPath.Test(
                member: "Kind", lookup: "kind", values: ["Old", "Post"], isNegated: true),
        ]
        #expect(
            entity.fields.first?.expression
                == .path(MappingPath(steps: [.member("A"), .matching(tests), .member("N")])))
        #expect(entity.lookups.map(\.name) == ["kind"])
        #expect(entity.selection["A"].names == ["T", "Kind", "N"])
        let mistaken = text.replacing("@kind", with: "@sort")
        let definition = try counterparty
        #expect {
            try MappingFile.parse(mistaken, file: "x.yaml", entities: [definition])
        } throws: { error in
            (error as? DefinitionError)?.message
                == "'sort' is not a lookup that stands before this; known: kind"
        }
    }

    @Test("rows, composite ids, parts of texts and the mark of changes are read")
    func rowsAndKeys() throws {
        let text = """
            system: x
            changes: {member: Only, equals: ["true", "1"]}
            entities:
              counterparty:
                list: l
                id: {key: [offer.ID, [A, B]], separator: "/"}
                rows: {path: [P.Q, R], around: offer}
                fields: {name: {path: N, before: "#"}, code: {path: offer.C, after: "#"}}
            """
        let mapping = try MappingFile.parse(text, file: "x.yaml", entities: [counterparty])
        let entity = try #require(mapping.entities.first)
        func path(_ text: String) throws -> MappingExpression {
            .path(try MappingPath(parsing: text))
        }
        #expect(mapping.changes == .member("Only", values: ["true", "1"]))
        #expect(
            try entity.id
                == .key([path("offer.ID"), .firstOf([path("A"), path("B")])], separator: "/"))
        #expect(entity.rows?.around == "offer")
        #expect(entity.rows?.paths.count == 2)
        #expect(try entity.fields[0].expression == .part(path("N"), .before("#")))
        #expect(try entity.fields[1].expression == .part(path("offer.C"), .after("#")))
        #expect(entity.selection.names == ["ID", "P", "R", "C"])
    }

    @Test(
        "only lookups that are used are read, those they use first; a section's own take precedence"
    )
    func lookups() throws {
        let text = """
            system: x
            lookups:
              city: {list: cities, key: id, value: name}
              store: {list: stores, filter: {ACTIVE: "Y"}, key: id, value: {path: city, lookup: city}}
              unit: {list: units, key: id, value: name}
            entities:
              counterparty:
                list: l
                id: ID
                lookups:
                  stage:
                    list: states
                    where: {path: KIND, starts_with: STAGE}
                    key: {key: [KIND, ID]}
                    value: [SEMANTICS, NAME]
                fields:
                  name: {path: S, lookup: store}
                  code: {path: C, lookup: stage, map: {a: b}}
            """
        let mapping = try MappingFile.parse(text, file: "x.yaml", entities: [counterparty])
        let entity = try #require(mapping.entities.first)
        func path(_ text: String) throws -> MappingExpression {
            .path(try MappingPath(parsing: text))
        }
        #expect(entity.lookups.map(\.name) == ["city", "store", "stage"])
        #expect(entity.lookups[1].filter == [.init(member: "ACTIVE", value: "Y")])
        #expect(try entity.lookups[1].value == .lookedUp(path("city"), "city"))
        #expect(entity.lookups[2].selection.names == ["KIND", "ID", "SEMANTICS", "NAME"])
        #expect(try entity.fields[0].expression == .lookedUp(path("S"), "store"))
        #expect(
            try entity.fields[1].expression
                == .translated(.lookedUp(path("C"), "stage"), ["a": "b"], otherwise: nil))
        #expect(entity.selection.names == ["ID", "S", "C"])
    }

    @Test("an amount has a currency, and lines have parts with lookups of their own")
    func amountsAndLines() throws {
        let text = """
            system: x
            lookups:
              currency: {list: currencies, key: id, value: code}
              product: {list: products, key: id, value: name}
              idle: {list: others, key: id, value: name}
            entities:
              counterparty:
                list: l
                id: ID
                fields:
                  name: {amount: [SUM, TOTAL], currency: {path: CUR, lookup: currency}, mandatory: true}
                  phone: {lines: "ROWS[off!=Y]", product: P, name: {path: P, lookup: product}, sum: S}
            """
        let mapping = try MappingFile.parse(text, file: "x.yaml", entities: [counterparty])
        let entity = try #require(mapping.entities.first)
        func path(_ text: String) throws -> MappingExpression {
            .path(try MappingPath(parsing: text))
        }
        #expect(
            try entity.fields[0].expression
                == .amount(
                    .firstOf([path("SUM"), path("TOTAL")]),
                    currency: .lookedUp(path("CUR"), "currency")))
        #expect(entity.fields[0].isMandatory)
        #expect(
            try entity.fields[1].expression
                == .lines(
                    LinesMapping(
                        path: MappingPath(parsing: "ROWS[off!=Y]"),
                        parts: [
                            .product: path("P"), .name: .lookedUp(path("P"), "product"),
                            .sum: path("S"),
                        ])))
        // What is read in a line is asked for as what stands in the rows.
        #expect(entity.selection.names == ["ID", "SUM", "TOTAL", "CUR", "ROWS"])
        #expect(entity.selection["ROWS"].names == ["off", "P", "S"])
        #expect(entity.lookups.map(\.name) == ["currency", "product"])
    }

    @Test(
        "several lists of one entity, and what older systems have instead, are read in their order")
    func sections() throws {
        let text = """
            system: x
            empty_values: [none]
            lookups:
              state: {list: states, key: id, value: meaning}
            entities:
              counterparty:
                - {list: companies, id: ID, fields: {name: N}}
                - list: people
                  id: ID
                  prefix: person-
                  skip: [{path: S, lookup: state, not: [won], reason: open}]
                  fields: {name: N}
                  older:
                    - {list: contacts, id: ID, fields: {name: N}}
            """
        let mapping = try MappingFile.parse(text, file: "x.yaml", entities: [counterparty])
        let sections = mapping.sections(of: EntityName("counterparty"))
        #expect(sections.map(\.list) == ["companies", "people"])
        #expect(mapping[EntityName("counterparty")]?.list == "companies")
        #expect(sections[0].older == nil)
        let people = try #require(sections.last)
        #expect(people.idPrefix == "person-")
        #expect(people.older?.map(\.list) == ["contacts"])
        #expect(people.older?.first?.emptyValues == ["none"])
        #expect(
            people.skips == [
                MappingCondition(
                    path: try MappingPath(parsing: "S"), lookup: "state",
                    question: .differs(["won"]), reason: "open")
            ])
        #expect(people.lookups.map(\.name) == ["state"])
    }

    @Test("a doubtful rule needs a reason, by which what it leaves out is counted")
    func doubtfulRules() throws {
        let text = """
            system: x
            entities:
              counterparty:
                list: l
                id: ID
                skip:
                  - {path: S, equals: none, reason: nowhere, doubtful: true}
                fields: {name: N}
            """
        let entity = try counterparty
        let mapping = try MappingFile.parse(text, file: "x.yaml", entities: [entity])
        #expect(mapping.entities.first?.skips.map(\.isDoubtful) == [true])
        let nameless = text.replacing(" reason: nowhere,", with: "")
        #expect {
            try MappingFile.parse(nameless, file: "x.yaml", entities: [entity])
        } throws: { error in
            let error = error as? DefinitionError
            return error?.line == 7 && error?.column == 43
                && error?.message
                    == "what is doubtful needs a 'reason', by which it is counted"
        }
    }

    @Test("rows of the first place that has any, and an entity's own mark of changes")
    func rowsAndChanges() throws {
        let text = """
            system: x
            changes: always
            entities:
              counterparty:
                list: l
                id: ID
                changes: {inside: [Document, Part]}
                rows: {first: [P.Q, R], around: offer}
                fields: {name: N, code: C}
            """
        let mapping = try MappingFile.parse(text, file: "x.yaml", entities: [counterparty])
        let entity = try #require(mapping.entities.first)
        #expect(mapping.changes == .always)
        #expect(entity.changes == .inside(["Document", "Part"]))
        #expect(entity.rows?.isFirstOnly == true)
        #expect(entity.rows?.paths.count == 2)
    }

    @Test(
        "rows in two forms, a lookup in another form, and an unknown mark are refused",
        arguments: [
            ("rows: {path: A, first: [B], around: o}", "one of 'path' and 'first'"),
            ("lookups: {names: {list: l, id: i, name: n}}", "unknown key 'id'"),
            ("changes: sometimes", "expected 'always', {member: …, equals: …} or {inside: …}"),
        ])
    func refusesSections(section: String, message: String) throws {
        let text = """
            system: x
            entities:
              counterparty:
                list: l
                id: ID
                \(section)
                fields: {name: N}
            """
        let entity = try counterparty
        #expect {
            try MappingFile.parse(text, file: "x.yaml", entities: [entity])
        } throws: { error in
            (error as? DefinitionError)?.message.contains(message) == true
        }
    }
}
