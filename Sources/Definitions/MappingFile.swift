public import Foundation
public import Records

/// Reads mappings: the files of `templates/mappings/`.
public enum MappingFile {
    /// Reads and checks a mapping.
    ///
    /// - Parameters:
    ///   - url: The YAML file.
    ///   - entities: The entities whose fields are mapped; mappings of others are left out.
    /// - Returns: The mapping.
    /// - Throws: ``DefinitionError`` with line and column when it cannot be read or is not right.
    public static func read(
        _ url: URL, entities: [EntityDefinition]
    ) throws(DefinitionError) -> MappingDefinition {
        let text: String
        do {
            text = try String(contentsOf: url, encoding: .utf8)
        } catch {
            throw DefinitionError(file: url.path, message: "cannot be read as UTF-8 text")
        }
        return try parse(text, file: url.lastPathComponent, entities: entities)
    }

    /// Checks a mapping given as text.
    ///
    /// - Parameters:
    ///   - text: The YAML text.
    ///   - file: The name used in errors.
    ///   - entities: The entities whose fields are mapped; mappings of others are left out.
    /// - Returns: The mapping.
    /// - Throws: ``DefinitionError`` with line and column when it is not right.
    public static func parse(
        _ text: String, file: String, entities: [EntityDefinition]
    ) throws(DefinitionError) -> MappingDefinition {
        let root = try YAMLNode(parsing: text, file: file)
        try root.allow(keys: [
            "system", "title", "changes", "empty_values", "html_entities", "lookups",
            "recognised_by", "entities",
        ])
        let system = try root.required("system").text()
        let emptyValues = try root.optional("empty_values")?.texts() ?? []
        let decodesHTMLEntities = try root.optional("html_entities")?.boolean() ?? false
        let lookups = try LookupSection.lookups(from: root.optional("lookups"), after: [])
        let texts = MappingSection.Texts(
            emptyValues: emptyValues, decodesHTMLEntities: decodesHTMLEntities)
        var mappings: [EntityMapping] = []
        for (key, node) in try root.required("entities").pairs() {
            guard let entity = entities.first(where: { $0.name.rawValue == key.value }) else {
                continue
            }
            let section = MappingSection(entity: entity, lookups: lookups, texts: texts)
            mappings += try section.mappings(from: node)
        }
        var definition = MappingDefinition(
            system: system,
            title: try root.optional("title").map(EntityFile.localizedText)
                ?? LocalizedText(["en": system]),
            changes: try root.optional("changes").map(MappingSection.changes), entities: mappings)
        definition.signs = try root.optional("recognised_by")?.texts() ?? []
        return definition
    }
}
