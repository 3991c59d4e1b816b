internal import Definitions
internal import Journal
internal import Records
internal import Storage

/// Says what the errors of a journal are, by the rules of `templates/journal/error-types.yaml`.
struct ErrorClasses {
    private var classifier: ErrorClassifier

    /// Reads the rules.
    ///
    /// - Throws: ``ConfigurationError`` with line and column.
    init(_ resources: ResourceFolders) throws {
        classifier = ErrorClassifier(try Self.types(resources))
    }

    /// The types and rules.
    static func types(_ resources: ResourceFolders) throws -> ErrorTypes {
        do {
            return try ErrorTypesFile.read(
                resources.file("templates/journal/error-types.yaml"))
        } catch let error as DefinitionError {
            throw ConfigurationError(error.description)
        }
    }

    /// The class of an operation; `nil` when it arrived.
    mutating func errorClass(of entry: JournalEntry) -> ErrorClass? {
        guard entry.isError else { return nil }
        let found = classifier.classify(
            code: entry.errorCode ?? "", message: entry.details ?? "")
        return ErrorClass(type: found.type, shape: found.shape)
    }
}
