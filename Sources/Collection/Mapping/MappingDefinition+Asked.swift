public import Records

extension MappingDefinition {
    /// The sections of an entity, for a system that is asked for its lists.
    ///
    /// - Parameters:
    ///   - entity: The entity that is to be read.
    ///   - source: Whose mapping it is, for messages.
    /// - Returns: At least one section, in the order of the file.
    /// - Throws: ``CollectionError`` when there is none, or when one, or what older systems have in
    ///   its place, says something that only exported files are read for.
    public func askedSections(
        of entity: EntityName, in source: SourceName
    ) throws(CollectionError) -> [EntityMapping] {
        let sections = sections(of: entity)
        guard !sections.isEmpty else {
            throw CollectionError(
                .misconfigured,
                "The mapping of source '\(source)' has no section for \(entity). Add it to the "
                    + "mapping file or leave the entity out.")
        }
        let all = sections + sections.flatMap { $0.older ?? [] }
        if let section = all.first(where: { $0.deletions != nil }) {
            throw CollectionError(
                .misconfigured,
                "The mapping of source '\(source)' has 'deletions' for \(section.list), which are "
                    + "read of exported files only. Take them out of the mapping file.")
        }
        return sections
    }
}
