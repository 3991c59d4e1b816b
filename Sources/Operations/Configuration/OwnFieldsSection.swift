internal import Definitions
internal import Records

/// Reads `fields:` of a source: the fields that people added to it, by entity and field.
enum OwnFieldsSection {
    /// Reads the section.
    ///
    /// - Parameter node: The section; `nil` when there is none.
    /// - Returns: The fields, in the order of the file.
    /// - Throws: `DefinitionError` with line and column when a place is none.
    static func fields(from node: YAMLNode?) throws(DefinitionError) -> [OwnField] {
        var fields: [OwnField] = []
        for (entity, section) in try node?.pairs() ?? [] {
            for (field, place) in try section.pairs() {
                fields.append(
                    OwnField(
                        entity: EntityName(entity.value), field: FieldName(field.value),
                        path: try path(place)))
            }
        }
        return fields
    }

    private static func path(_ node: YAMLNode) throws(DefinitionError) -> MappingPath {
        let text = try node.text()
        do { return try MappingPath(parsing: text) } catch { throw node.error(error.description) }
    }
}
