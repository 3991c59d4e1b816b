import Definitions
import Foundation
import Records
import TestSupport
import Testing

@Suite("Entity files")
struct EntityFileTests {
    private static let templates = ProjectFolders.root.appending(path: "templates")

    /// The files that come with the house, by their names.
    private static func files(in folder: String) -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(
            atPath: templates.appending(path: folder).path)
        return (names ?? []).filter { $0.hasSuffix(".yaml") }.sorted()
    }

    @Test("all that come with the house are right", arguments: files(in: "entities"))
    func entities(file: String) throws {
        let entity = try EntityFile.read(Self.templates.appending(path: "entities/" + file))
        #expect(entity.name.rawValue + ".yaml" == file)
        #expect(entity.title["ru"] != entity.title["en"])
        #expect(Set(entity.fields.map(\.name)).count == entity.fields.count)
        let linkage = entity.linkage.completed(for: entity.fields)
        #expect(linkage.comparisons?.isEmpty == false)
        #expect(linkage.blocking?.isEmpty == false)
    }

    @Test("all mappings that come with the house are right", arguments: files(in: "mappings"))
    func mappings(file: String) throws {
        let entities = try Self.files(in: "entities").map {
            try EntityFile.read(Self.templates.appending(path: "entities/" + $0))
        }
        let mapping = try MappingFile.read(
            Self.templates.appending(path: "mappings/" + file), entities: entities)
        #expect(!mapping.entities.isEmpty)
        #expect(mapping.title["ru"] != mapping.title["en"])
    }

    @Test("there are such files at all")
    func present() {
        #expect(Self.files(in: "entities").contains("counterparty.yaml"))
        #expect(Self.files(in: "mappings").count >= 3)
    }

    @Test("a counterparty is what the file says")
    func counterparty() throws {
        let entity = try EntityFile.read(
            Self.templates.appending(path: "entities/counterparty.yaml"))
        let phone = try #require(entity.fields.first { $0.name == FieldName("phone") })
        #expect(phone.type == .phone && phone.isMultiple && phone.isPersonal)
        #expect(phone.headers.contains("Телефон"))
        #expect(entity.linkage.rules.map(\.name) == ["tax_id+kpp", "tax_id"])
        #expect(entity.linkage.rules.last?.leastOtherEvidence == -6)
        #expect(
            entity.linkage.distinctions
                == [
                    Distinction(
                        same: [FieldName("tax_id")], different: [FieldName("kpp")],
                        overruledBy: 3)
                ])
        let reconciliation = entity.reconciliation
        #expect(reconciliation.rule(for: .missing).atStake == Money(minorUnits: 300_000))
        #expect(
            reconciliation.validityRules.first?.exceptions[FieldName("legal_kind")] == ["foreign"])
        let taxID = try #require(reconciliation.fieldRules.first)
        #expect(taxID.authoritative == .left && taxID.onlyLeft == .warning)
        let number = reconciliation.fieldRules.first { $0.field.rawValue == "registration_number" }
        #expect(number?.onlyLeft == nil)
    }

    @Test("what may be missing and which numbers are possible is what the file says")
    func expectations() throws {
        let entity = try EntityFile.parse(
            """
            entity: e
            fields: {type: {type: code}, price: {type: money}, barcode: {type: code}}
            reconciliation:
              validate:
                price: {severity: warning, above: 0}
                barcode: {severity: info, form: gs1}
              findings:
                missing: {severity: info, within: [type], unless: {price: [0, 0.01]}}
            """, file: "e.yaml")
        let rules = entity.reconciliation
        #expect(rules.validityRules.map(\.bound) == [.above(Quantity(units: 0, scale: 0)), nil])
        #expect(rules.validityRules.map(\.form) == [nil, .gs1])
        #expect(rules.rule(for: .missing).within == [FieldName("type")])
        #expect(rules.rule(for: .missing).exceptions == [FieldName("price"): ["0", "0.01"]])
        #expect(rules.rule(for: .duplicate).within.isEmpty)
    }

    @Test("a file with nothing but fields is enough")
    func fieldsOnly() throws {
        let entity = try EntityFile.parse(
            """
            entity: customer
            fields:
              surname: {type: person_name}
              born: {type: date}
              phone: {type: phone, multiple: true}
              active: {type: boolean}
            """, file: "customer.yaml")
        #expect(entity.idHeaders == ["id"])
        #expect(entity.title["ru"] == "customer")
        #expect(entity.fields[0].title["en"] == "surname")
        #expect(!entity.fields[0].isPersonal && !entity.fields[0].isMultiple)
        #expect(entity.linkage == LinkageDefinition())
        #expect(entity.reconciliation == ReconciliationDefinition())
        let linkage = entity.linkage.completed(for: entity.fields)
        let comparisons = try #require(linkage.comparisons)
        #expect(comparisons.map(\.name) == ["surname", "born", "phone"])
        #expect(comparisons.map(\.method) == [.personName, .date, .overlap])
        let rules = try #require(linkage.blocking).map(\.name)
        #expect(
            rules == [
                "surname", "born", "phone", "phone:one_error", "surname:prefix+born",
                "surname:suffix+born",
            ])
    }

    @Test("what is incidental is kept and never compared")
    func incidental() throws {
        let fields = "fields: {a: {type: code}, by: {type: code, incidental: true}}"
        let entity = try EntityFile.parse("entity: e\n\(fields)", file: "e.yaml")
        #expect(entity.fields.map(\.isIncidental) == [false, true])
        let linkage = entity.linkage.completed(for: entity.fields)
        #expect(linkage.comparisons?.map(\.name) == ["a"])
        #expect(try EntityFile.parse(EntityFile.text(of: entity), file: "again.yaml") == entity)
        for section in [
            "linkage: {comparisons: [{fields: [by]}]}",
            "reconciliation: {compare: {by: {severity: info}}}",
        ] {
            #expect(throws: DefinitionError.self) {
                try EntityFile.parse("entity: e\n\(fields)\n\(section)", file: "e.yaml")
            }
        }
    }

    @Test("what is given of a linkage section stays, what is left out is filled in")
    func partOfLinkage() throws {
        let entity = try EntityFile.parse(
            """
            entity: e
            fields: {a: {type: text}, b: {type: code}}
            linkage: {comparisons: [{fields: [b]}]}
            """, file: "e.yaml")
        let linkage = entity.linkage.completed(for: entity.fields)
        #expect(linkage.comparisons?.map(\.name) == ["b"])
        #expect(linkage.comparisons?.map(\.method) == [.digits])
        #expect(linkage.blocking?.map(\.name) == ["b", "b:one_error"])
        #expect(linkage.completed(for: entity.fields) == linkage)
    }

    @Test(
        "each type has a comparison by itself, or is left out on purpose",
        arguments: FieldType.allCases)
    func everyType(type: FieldType) throws {
        let entity = try EntityFile.parse(
            "entity: e\nfields: {a: {type: \(type.rawValue)}}", file: "e.yaml")
        let linkage = entity.linkage.completed(for: entity.fields)
        let isCompared = linkage.comparisons?.isEmpty == false
        #expect(isCompared == ![.boolean, .instant, .line].contains(type))
    }

    @Test("Windows habits do no harm: byte order mark, CRLF", arguments: ["\u{FEFF}", ""])
    func windows(mark: String) throws {
        let text = mark + "entity: e\r\nfields:\r\n  a: {type: text}\r\n"
        let entity = try EntityFile.parse(text, file: "e.yaml")
        #expect(entity.name == EntityName("e"))
        let folder = try TemporaryFolder()
        #expect(try EntityFile.read(folder.write(text, to: "e.yaml")) == entity)
    }
}
