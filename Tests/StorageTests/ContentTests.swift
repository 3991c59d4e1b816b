import Records
import Testing

@testable import Storage

@Suite("Content of records")
struct ContentTests {
    private func definition(_ fields: [FieldDefinition]) -> EntityDefinition {
        EntityDefinition(
            name: EntityName("thing"), title: LocalizedText([:]), fields: fields,
            linkage: LinkageDefinition(), reconciliation: ReconciliationDefinition())
    }

    private func field(
        _ name: String, _ type: FieldType, personal: Bool = false, incidental: Bool = false
    ) -> FieldDefinition {
        FieldDefinition(
            name: FieldName(name), type: type, isPersonal: personal, isIncidental: incidental,
            title: LocalizedText([:]))
    }

    @Test("values of every type are read back as they were written")
    func roundTrip() throws {
        let entity = definition([
            field("a", .text), field("b", .phone, personal: true), field("c", .boolean),
            field("d", .integer), field("e", .quantity), field("f", .money), field("g", .date),
            field("h", .instant), field("i", .code),
        ])
        let record = Record(
            id: RecordID("1"),
            fields: [
                .text("\"ООО\" \\ «Ы»\n\t\u{1}\u{1F}🙂 {[,:]}"), .texts(["", "1\"2", "три"]),
                .boolean(false), .integer(.min), .quantity(Quantity(units: -123_456, scale: 3)),
                .money(Money(minorUnits: -5, currency: "USD")),
                .date(try #require(CalendarDate("2026-02-28"))), .instant(epochSeconds: 1_700),
                nil,
            ])
        let content = RecordContent(entity)
        var fields = FieldReader(entity).noValues
        for isPersonal in [true, false] {
            #expect(
                FieldReader(entity).read(
                    content.json(record, personal: isPersonal), into: &fields))
        }
        #expect(fields == record.fields)
    }

    @Test("a value whose field has another type now is no value")
    func changedType() {
        let entity = definition([field("a", .date)])
        var fields = FieldReader(entity).noValues
        #expect(
            FieldReader(entity).read(
                #"{"a": 12, "gone": {"minor": 1, "currency": "RUB"}}"#, into: &fields))
        #expect(fields == [nil])
    }

    @Test(
        "damaged text is refused", arguments: ["", "{", #"{"a""#, #"{"a": }"#, #"{"a": "x}"#, "[]"])
    func damaged(text: String) {
        let entity = definition([field("a", .text)])
        var fields = FieldReader(entity).noValues
        #expect(!FieldReader(entity).read(text, into: &fields))
    }

    @Test("the hash knows content and personal marks, not the order of fields nor the payload")
    func hash() {
        let (a, b) = (field("a", .text), field("b", .text))
        var scratch: [UInt8] = []
        func hash(
            _ fields: [FieldDefinition], _ values: [FieldValue?], payload: String = ""
        ) -> Digest128 {
            RecordContent(definition(fields)).hash(
                Record(id: RecordID("1"), fields: values, payload: payload), scratch: &scratch)
        }
        let plain = hash([a, b], [.text("x"), nil])
        #expect(plain == hash([b, a], [nil, .text("x")], payload: "other"))
        #expect(plain == hash([a], [.text("x")]))
        #expect(plain != hash([a, b], [nil, .text("x")]))
        #expect(plain != hash([a, b], [.texts(["x"]), nil]))
        #expect(plain != hash([field("a", .text, personal: true)], [.text("x")]))
        #expect(hash([a, b], [.text("x"), .text("y")]) != hash([a, b], [.text("xy"), nil]))
    }

    @Test("what is incidental is kept; that it is there counts, and not what it is")
    func incidental() {
        var scratch: [UInt8] = []
        func hash(
            _ values: [FieldValue?], personal: Bool = false, incidental: Bool = true
        ) -> Digest128 {
            RecordContent(
                definition([
                    field("a", .text),
                    field("by", .code, personal: personal, incidental: incidental),
                ])
            ).hash(Record(id: RecordID("1"), fields: values), scratch: &scratch)
        }
        let plain = hash([.text("x"), .text("7")])
        #expect(plain == hash([.text("x"), .text("8")]))
        #expect(plain != hash([.text("y"), .text("7")]))
        // So that a field that is new, or has another mark, is written into the records there are.
        #expect(plain != hash([.text("x"), nil]))
        #expect(plain != hash([.text("x"), .text("7")], personal: true))
        #expect(plain != hash([.text("x"), .text("7")], incidental: false))
        #expect(hash([.text("x"), nil]) == hash([.text("x"), nil], incidental: false))

        let content = RecordContent(
            definition([field("a", .text), field("by", .code, incidental: true)]))
        let record = Record(id: RecordID("1"), fields: [.text("x"), .text("7")])
        #expect(content.json(record, personal: false) == #"{"a":"x","by":"7"}"#)
    }

    @Test("a stored hash stays the same in later versions")
    func stable() {
        // Another value writes every record of every customer anew.
        var scratch: [UInt8] = []
        let hash = RecordContent(definition([field("name", .text)])).hash(
            Record(id: RecordID("1"), fields: [.text("Альфа")]), scratch: &scratch)
        #expect(hash.hexadecimal == "25f463f26edb5c6867690a987ab98dcd")
    }
}
