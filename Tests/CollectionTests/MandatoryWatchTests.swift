import Collection
import Records
import Testing

@Suite("Mandatory fields of sources that do not describe their lists")
struct MandatoryWatchTests {
    /// What is lost when records consist of this.
    private func lost(
        _ expression: MappingExpression, related: [RelatedList] = [], in objects: [String]
    ) throws -> [LostField] {
        let field = FieldDefinition(
            name: FieldName("name"), type: .text, title: LocalizedText([:]))
        let entity = EntityDefinition(
            name: EntityName("product"), title: LocalizedText([:]), fields: [field],
            linkage: LinkageDefinition(), reconciliation: ReconciliationDefinition())
        let mapping = EntityMapping(
            entity: entity.name, list: "goods", id: try path("id"), related: related,
            fields: [
                FieldMapping(name: field.name, expression: expression, isMandatory: true)
            ])
        var decoding = RecordDecoding(RecordDecoder(mapping, entity: entity))
        for object in objects {
            decoding.decodeRows(of: try JSONDocument(parsing: object).root) { _ in }
        }
        return decoding.lostFields
    }

    private func path(_ text: String) throws -> MappingExpression {
        .path(try MappingPath(parsing: text))
    }

    @Test("one record that has the place is enough, whatever stands there")
    func one() throws {
        let name = try path("Name")
        #expect(try lost(name, in: [#"{"id":1}"#, #"{"id":2,"Name":null}"#]) == [])
        #expect(
            try lost(name, in: [#"{"id":1}"#, #"{"id":2,"name":"x"}"#])
                == [LostField(FieldName("name"), places: ["Name"])])
    }

    @Test("a list without records loses nothing")
    func nothing() throws { #expect(try lost(path("Name"), in: []) == []) }

    @Test("the id is looked for as well, and named first")
    func id() throws {
        #expect(
            try lost(path("Name"), in: [#"{"key":1}"#])
                == [
                    LostField(nil, places: ["id"]),
                    LostField(FieldName("name"), places: ["Name"]),
                ])
    }

    @Test("of alternatives one has to be there, of the parts of a key all")
    func alternatives() throws {
        let parts = [try path("a"), try path("b")]
        #expect(try lost(.firstOf(parts), in: [#"{"id":1,"b":2}"#]) == [])
        #expect(
            try lost(.firstOf(parts), in: [#"{"id":1}"#])
                == [LostField(FieldName("name"), places: ["a", "b"])])
        #expect(
            try lost(.key(parts, separator: "#"), in: [#"{"id":1,"b":2}"#])
                == [LostField(FieldName("name"), places: ["a"])])
    }

    @Test("a place inside of rows is there when any row has it, whatever chooses among them")
    func rows() throws {
        let inside = try path("rows[Kind=main][first].Value")
        #expect(
            try lost(inside, in: [#"{"id":1,"rows":[{"Kind":"other"},{"Value":"x"}]}"#]) == [])
        #expect(
            try lost(inside, in: [#"{"id":1,"rows":[{"Kind":"main"}]}"#, #"{"id":2,"rows":[]}"#])
                == [LostField(FieldName("name"), places: ["rows/Value"])])
    }

    @Test("what another list puts into records is not theirs to have")
    func related() throws {
        let list = RelatedList(name: "bank", list: "accounts", owner: "owner")
        #expect(try lost(path("bank[].number"), related: [list], in: [#"{"id":1}"#]) == [])
    }

    @Test("the error says what is missing where, what is safe, and what to do")
    func message() {
        let error = CollectionError.lost(
            LostField(FieldName("tax_id"), places: ["ИНН", "INN"]), of: "Catalog_Контрагенты",
            at: "srv/buh")
        #expect(error.kind == .misconfigured)
        #expect(
            error.message
                == "srv/buh: Catalog_Контрагенты has no ИНН, INN, which the mapping needs for 'tax_id'. "
                + "Nothing of this entity was taken, what an earlier run stored is untouched, and the "
                + "others are read all the same. After an update it may have another name: write that "
                + "into the mapping, or have the source give it again.")
    }
}
