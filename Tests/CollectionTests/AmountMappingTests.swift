import Collection
import Records
import Testing

@Suite("Amounts with their currency")
struct AmountMappingTests {
    private static let total = FieldName("total")

    private func path(_ text: String) throws -> MappingExpression {
        .path(try MappingPath(parsing: text))
    }

    private func record(
        _ json: String, _ amount: String, currency: MappingExpression,
        tables: LookupTables = LookupTables()
    ) throws -> Record {
        let mapping = EntityMapping(
            entity: EntityName("order"), list: "l", id: try path("id"), emptyValues: ["none"],
            fields: [
                FieldMapping(
                    name: Self.total, expression: .amount(try path(amount), currency: currency))
            ])
        let entity = EntityDefinition(
            name: mapping.entity, title: LocalizedText([:]),
            fields: [FieldDefinition(name: Self.total, type: .money, title: LocalizedText([:]))],
            linkage: LinkageDefinition(), reconciliation: ReconciliationDefinition())
        let decoder = RecordDecoder(mapping, entity: entity, lookups: tables)
        guard case .record(let record) = decoder.decode(try JSONDocument(parsing: json).root) else {
            throw JSONError(.trailingText, at: 0)
        }
        return record
    }

    @Test(
        "are of the currency that stands beside them, else of roubles",
        arguments: [
            (#"{"id":1,"sum":"99.50","currency":"USD"}"#, 9950, "USD"),
            (#"{"id":1,"sum":-7,"currency":"978"}"#, -700, "EUR"),
            (#"{"id":1,"sum":100,"currency":"руб."}"#, 10_000, "RUB"),
            (#"{"id":1,"sum":100,"currency":"none"}"#, 10_000, "RUB"),
            (#"{"id":1,"sum":100}"#, 10_000, "RUB"),
            (#"{"id":1,"sum":"100|EUR","currency":"RUB"}"#, 10_000, "EUR"),
            (#"{"id":1,"sum":"100|EUR","currency":"USD"}"#, 10_000, "EUR"),
        ])
    func beside(json: String, minorUnits: Int64, currency: String) throws {
        let record = try record(json, "sum", currency: path("currency"))
        #expect(record[0] == .money(Money(minorUnits: minorUnits, currency: currency)))
        #expect(record.readingNotes.isEmpty)
    }

    @Test("a currency that is not known is none, with a note; never roubles")
    func unknown() throws {
        let record = try record(
            #"{"id":1,"sum":5,"currency":"у.е."}"#, "sum", currency: path("currency"))
        #expect(record[0] == .money(Money(minorUnits: 500, currency: CurrencyCode.unknown)))
        #expect(record.readingNotes == [ReadingNote(.unknownKey, field: Self.total)])
    }

    @Test("without an amount there is no value, whatever the currency")
    func empty() throws {
        let record = try record(#"{"id":1,"currency":"USD"}"#, "sum", currency: path("currency"))
        #expect(record[0] == nil && record.readingNotes.isEmpty)
    }

    @Test("a reference to a list of currencies that could not be read says nothing")
    func unread() throws {
        let json = #"{"id":1,"sum":5,"currency":"8c7e-01"}"#
        let currency = try MappingExpression.lookedUp(path("currency"), "currency")
        var tables = LookupTables()
        let blind = try record(json, "sum", currency: currency, tables: tables)
        #expect(blind[0] == .money(Money(minorUnits: 500)))
        #expect(blind.readingNotes.isEmpty)
        tables["currency"] = ["8c7e-01": ["156"], "8c7e-02": ["840"]]
        let read = try record(json, "sum", currency: currency, tables: tables)
        #expect(read[0] == .money(Money(minorUnits: 500, currency: "CNY")))
    }

    @Test("what a list of currencies read in part lacks is none, with a note; never roubles")
    func readInPart() throws {
        let currency = try MappingExpression.lookedUp(path("currency"), "currency")
        var tables = LookupTables()
        tables["currency"] = ["8c7e-01": ["643"]]
        tables.markPartial("currency")
        let new = try record(
            #"{"id":1,"sum":1000,"currency":"8c7e-02"}"#, "sum", currency: currency, tables: tables)
        #expect(new[0] == .money(Money(minorUnits: 100_000, currency: CurrencyCode.unknown)))
        #expect(new.readingNotes == [ReadingNote(.unknownKey, field: Self.total)])
        let known = try record(
            #"{"id":1,"sum":1000,"currency":"8c7e-01"}"#, "sum", currency: currency, tables: tables)
        #expect(known[0] == .money(Money(minorUnits: 100_000)) && known.readingNotes.isEmpty)
        // Where no currency is named, none is unknown.
        let silent = try record(
            #"{"id":1,"sum":1000}"#, "sum", currency: currency, tables: tables)
        #expect(silent[0] == .money(Money(minorUnits: 100_000)) && silent.readingNotes.isEmpty)
    }

    @Test("one that leads there by way of another list is unknown as well")
    func readInPartBehind() throws {
        let kinds = LookupList(
            name: "kind", list: "kinds", key: try path("id"),
            value: .lookedUp(try path("currency"), "currency"))
        let mapping = EntityMapping(
            entity: EntityName("price"), list: "l", id: try path("id"), lookups: [kinds],
            fields: [])
        var tables = LookupTables()
        tables["currency"] = ["8c7e-01": ["643"]]
        tables.markPartial("currency")
        let rows = #"[{"id":"a","currency":"8c7e-01"},{"id":"b","currency":"8c7e-02"},{"id":"c"}]"#
        tables.fill(kinds, of: mapping, with: Array(try JSONDocument(parsing: rows).root.elements))
        #expect(tables["kind"] == ["a": ["643"], "c": []])
        let record = try record(
            #"{"id":1,"sum":5,"currency":"b"}"#, "sum",
            currency: .lookedUp(try path("currency"), "kind"), tables: tables)
        #expect(record[0] == .money(Money(minorUnits: 500, currency: CurrencyCode.unknown)))
    }

    @Test("nor does one that leads there by way of another list")
    func unreadBehind() throws {
        // A kind of prices has a currency.
        let kinds = LookupList(
            name: "kind", list: "kinds", key: try path("id"),
            value: .lookedUp(try path("currency"), "currency"))
        let mapping = EntityMapping(
            entity: EntityName("price"), list: "l", id: try path("id"), lookups: [kinds],
            fields: [])
        let rows = Array(
            try JSONDocument(parsing: #"[{"id":"k","currency":"8c7e-01"}]"#).root.elements)
        var tables = LookupTables()
        tables.fill(kinds, of: mapping, with: rows)
        #expect(tables["kind"] == ["k": []])
        tables["currency"] = ["8c7e-01": ["840"]]
        tables.fill(kinds, of: mapping, with: rows)
        #expect(tables["kind"] == ["k": ["840"]])
    }
}
