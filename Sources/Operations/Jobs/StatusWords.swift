internal import Definitions
internal import Foundation

/// What a journal writes for operations that arrived and that failed.
struct StatusWords {
    let success: Set<String>
    let error: Set<String>

    /// Reads `templates/journal/statuses.yaml`.
    ///
    /// - Throws: ``ConfigurationError`` with line and column.
    static func read(_ resources: ResourceFolders) throws -> StatusWords {
        let path = "templates/journal/statuses.yaml"
        do {
            let root = try YAMLNode(parsing: resources.text(of: path), file: path)
            try root.allow(keys: ["success", "error"])
            let success = try Set(root.required("success").texts().map { $0.lowercased() })
            let error = try Set(root.required("error").texts().map { $0.lowercased() })
            if let both = success.intersection(error).min() {
                throw root.error("'\(both)' stands for success and for error")
            }
            return StatusWords(success: success, error: error)
        } catch let error as DefinitionError {
            throw ConfigurationError(error.description)
        }
    }
}
