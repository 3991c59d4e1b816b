internal import Definitions
internal import Foundation
public import Records

/// Finds entity definitions by name or by file.
public struct EntityCatalog: Sendable {
    private let resources: ResourceFolders

    /// Looks into `templates/entities` of the folders.
    public init(_ resources: ResourceFolders) { self.resources = resources }

    /// The names of the entities that there are, in order.
    public var names: [String] {
        resources.names(in: "templates/entities", withExtension: "yaml")
    }

    /// The mappings for one kind of system, by name.
    ///
    /// - Parameters:
    ///   - system: What their files call it: `onec`, `bitrix24`, or `files` for exported XML.
    ///   - entities: The entities whose sections are wanted.
    /// - Returns: Names and mappings, in the order of the names.
    /// - Throws: ``ConfigurationError`` with the place of a mistake in a file.
    func mappings(
        of system: String, _ entities: [EntityDefinition]
    ) throws -> [(name: String, mapping: MappingDefinition)] {
        do {
            return try resources.names(in: "templates/mappings", withExtension: "yaml")
                .map { name in
                    let file = try resources.file("templates/mappings/\(name).yaml")
                    return (name, try MappingFile.read(file, entities: entities))
                }
                .filter { $0.mapping.system == system }
        } catch let error as DefinitionError {
            throw ConfigurationError(error.description)
        }
    }

    /// The text of the file that defines an entity.
    public func text(of name: String) throws -> String {
        try resources.text(of: "templates/entities/\(name).yaml")
    }

    /// Reads a definition.
    ///
    /// - Parameter nameOrFile: An entity's name, or the path of a YAML file.
    /// - Returns: The definition.
    /// - Throws: ``ConfigurationError`` that names the entities that there are, or the place of a
    ///   mistake in the file.
    public func entity(_ nameOrFile: String) throws -> EntityDefinition {
        do {
            if nameOrFile.hasSuffix(".yaml") || nameOrFile.hasSuffix(".yml") {
                return try EntityFile.read(URL(filePath: nameOrFile))
            }
            guard names.contains(nameOrFile) else {
                throw ConfigurationError(
                    "there is no entity '\(nameOrFile)'; there are: "
                        + names.joined(separator: ", ") + ". A path ending in .yaml names a file")
            }
            return try EntityFile.read(resources.file("templates/entities/\(nameOrFile).yaml"))
        } catch let error as DefinitionError {
            throw ConfigurationError(error.description)
        }
    }
}
