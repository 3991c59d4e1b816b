import Collection
import Records
import Testing

@Suite("The sections that a system is asked for")
struct AskedSectionTests {
    private let entity = EntityName("counterparty")

    private func section(_ list: String, deletions: DeletionList? = nil) -> EntityMapping {
        var section = EntityMapping(
            entity: entity, list: list, id: .constant("1"), fields: [])
        section.deletions = deletions
        return section
    }

    private func sections(_ entities: [EntityMapping]) throws(CollectionError) -> [String] {
        let mapping = MappingDefinition(
            system: "bitrix24", title: LocalizedText([:]), entities: entities)
        return try mapping.askedSections(of: entity, in: SourceName("crm")).map(\.list)
    }

    @Test("are those of the entity, in the order of the file")
    func all() throws {
        let given = [section("companies"), section("persons")]
        #expect(try sections(given) == ["companies", "persons"])
    }

    @Test("an entity without a section is refused by its name")
    func none() {
        #expect(
            throws: CollectionError(
                .misconfigured,
                "The mapping of source 'crm' has no section for counterparty. Add it to the "
                    + "mapping file or leave the entity out.")
        ) { try sections([]) }
    }

    @Test("deletions are refused, also those of what is read in a list's place")
    func deletions() {
        let deleting = section(
            "companies", deletions: DeletionList(list: "gone", id: .constant("1")))
        var standing = section("clients")
        standing.older = [deleting]
        for given in [deleting, standing] {
            #expect(
                throws: CollectionError(
                    .misconfigured,
                    "The mapping of source 'crm' has 'deletions' for companies, which are read of "
                        + "exported files only. Take them out of the mapping file.")
            ) { try sections([given]) }
        }
    }
}
