import Records
import Testing

@testable import Collection

@Suite("Rows inside listed objects")
struct RowDecodingTests {
    private let offer = """
        {"id": "a#b", "name": "nails", "prices": {"price": [{"type": "1", "v": 5},
         {"type": "2", "v": 6}, {"v": 7}]}, "stock": ["3"]}
        """

    private func path(_ text: String) throws -> MappingExpression {
        .path(try MappingPath(parsing: text))
    }

    private func decoder(
        rows: [String], id: MappingExpression, field: MappingExpression
    ) throws -> RecordDecoder {
        let definition = FieldDefinition(
            name: FieldName("x"), type: .text, title: LocalizedText([:]))
        let entity = EntityDefinition(
            name: EntityName("price"), title: LocalizedText([:]), fields: [definition],
            linkage: LinkageDefinition(), reconciliation: ReconciliationDefinition())
        let mapping = EntityMapping(
            entity: entity.name, list: "offers", id: id,
            rows: rows.isEmpty
                ? nil
                : MappingRows(
                    paths: try rows.map { try MappingPath(parsing: $0) }, around: "offer"),
            fields: [FieldMapping(name: definition.name, expression: field)])
        return RecordDecoder(mapping, entity: entity)
    }

    @Test("each row is a record, whose id several parts make up")
    func rows() throws {
        let decoder = try decoder(
            rows: ["prices.price"], id: .key([path("offer.id"), path("type")], separator: "/"),
            field: path("offer.name"))
        let outcomes = decoder.decodeRows(of: try JSONDocument(parsing: offer).root)
        #expect(outcomes.count == 3)
        let records = outcomes.compactMap { outcome in
            if case .record(let record) = outcome { record } else { nil }
        }
        #expect(records.map(\.id.rawValue) == ["a#b/1", "a#b/2"])
        #expect(records.first?[0] == .text("nails"))
        // A part that is missing makes no id, and what is around a row does not repeat the rows.
        #expect(outcomes.last == .withoutID)
        #expect(
            records.first?.payload
                == #"{"type":"1","v":5,"offer":{"id":"a#b","name":"nails","stock":["3"]}}"#)
    }

    @Test("of several places only the first that has rows counts, where the mapping says so")
    func firstPlace() throws {
        let splitter = RowSplitter(
            MappingRows(
                paths: try ["nothing", "stock", "prices.price"].map {
                    try MappingPath(parsing: $0)
                }, isFirstOnly: true, around: "offer"))
        let payloads = splitter.payloads(of: try JSONDocument(parsing: offer).root)
        #expect(payloads.map { $0["stock"]?.string } == ["3"])
    }

    @Test("rows of rows are taken of all of them, and nothing on the way to them is around one")
    func nested() throws {
        let decoder = try decoder(
            rows: ["link[].payment"], id: path("id"), field: path("offer.name"))
        let deal = """
            {"name": "deal", "link": [{"order": 1, "payment": [{"id": 7}, {"id": 8}]}, {"order": 2},
             {"order": 3, "payment": [{"id": 9}]}]}
            """
        let outcomes = decoder.decodeRows(of: try JSONDocument(parsing: deal).root)
        let records = outcomes.compactMap { outcome in
            if case .record(let record) = outcome { record } else { nil }
        }
        #expect(records.map(\.id.rawValue) == ["7", "8", "9"])
        #expect(records.allSatisfy { $0[0] == .text("deal") })
        #expect(records.first?.payload == #"{"id":7,"offer":{"name":"deal"}}"#)
    }

    @Test("a row that is only a text stands under the name that led to it")
    func scalarRows() throws {
        let decoder = try decoder(
            rows: ["stock"], id: .key([path("offer.id"), path("stock")], separator: "/"),
            field: path("stock"))
        let outcomes = decoder.decodeRows(of: try JSONDocument(parsing: offer).root)
        guard case .record(let record)? = outcomes.first else {
            Issue.record("no record")
            return
        }
        #expect(record.id.rawValue == "a#b/3")
    }

    @Test("equal parts of a key stay apart")
    func equalParts() throws {
        let decoder = try decoder(
            rows: [], id: .key([path("id"), path("id")], separator: "/"), field: path("id"))
        guard
            case .record(let record) = decoder.decode(try JSONDocument(parsing: #"{"id": 1}"#).root)
        else {
            Issue.record("no record")
            return
        }
        #expect(record.id.rawValue == "1/1")
    }

    @Test(
        "a part of a text stands before or after a mark",
        arguments: [
            (MappingPart.before("#"), "a#b#c", "a"), (.before("#"), "abc", "abc"),
            (.after("#"), "a#b#c", "b#c"), (.after("#"), "abc", nil), (.after("#"), "a#", nil),
        ] as [(MappingPart, String, String?)])
    func parts(part: MappingPart, text: String, expected: String?) throws {
        let decoder = try decoder(rows: [], id: .constant("1"), field: .part(path("t"), part))
        let payload = try JSONDocument(parsing: "{\"t\": \"\(text)\"}").root
        guard case .record(let record) = decoder.decode(payload) else {
            Issue.record("no record")
            return
        }
        #expect(record[0] == expected.map(FieldValue.text))
    }
}
