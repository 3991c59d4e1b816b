internal import Definitions
internal import Foundation
public import Records

/// Finds entity definitions by name or by file.
public struct EntityCatalog: Sendable {
    private let resources: ResourceFolders

    /// Looks into `templates/entities` of the folders.
    public init(_ resources: ResourceFolders) { self.resources = resources }

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
            let known = resources.names(in: "templates/entities", withExtension: "yaml")
            guard known.contains(nameOrFile) else {
                throw ConfigurationError(
                    "there is no entity '\(nameOrFile)'; there are: "
                        + known.joined(separator: ", ") + ". A path ending in .yaml names a file")
            }
            return try EntityFile.read(resources.file("templates/entities/\(nameOrFile).yaml"))
        } catch let error as DefinitionError {
            throw ConfigurationError(error.description)
        }
    }
}
