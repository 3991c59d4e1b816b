import FileSource
import Foundation
import Operations
import RecordLinkage
import Records

/// Two files, and what their records are: named, or recognised from their columns.
struct TablePair {
    private(set) var left: FileLinking.Input
    private(set) var right: FileLinking.Input
    let entity: EntityDefinition
    private let recognition: TableRecognition?

    init(
        left: String, right: String, leftID: String?, rightID: String?, entity: String?,
        files: FileOptions
    ) throws {
        let leftFile = try ResultFile.existing(left, option: "--left")
        let rightFile = try ResultFile.existing(right, option: "--right")
        self.left = FileLinking.Input(
            leftFile, options: try files.recordFileOptions(idColumn: leftID))
        self.right = FileLinking.Input(
            rightFile, options: try files.recordFileOptions(idColumn: rightID))
        if let entity {
            self.entity = try EntityCatalog(ResourceFolders(overrides: nil)).entity(entity)
            recognition = nil
        } else {
            let recognition = try TableRecognition(
                left: self.left, right: self.right, progress: TerminalProgress())
            self.entity = recognition.recognized.definition
            self.left.options.idHeader = recognition.recognized.idHeaders[0]
            self.right.options.idHeader = recognition.recognized.idHeaders[1]
            self.left.options.fieldOfHeader = recognition.recognized.fieldOfHeader[0]
            self.right.options.fieldOfHeader = recognition.recognized.fieldOfHeader[1]
            self.recognition = recognition
        }
    }

    /// Writes what was recognised, for editing.
    func saveEntity(to file: URL) throws { try recognition?.save(to: file) }

    /// A linking of these files.
    ///
    /// - Parameter model: A file with the model to use, instead of learning one.
    /// - Returns: The linking.
    /// - Throws: `ConfigurationError` when the file is no model.
    func linking(model: String?) throws -> FileLinking {
        let given = try model.map { path in
            try ModelFile(reading: ResultFile.existing(path, option: "--model")).model
        }
        let shipped = try ModelCatalog(ResourceFolders(overrides: nil)).shipped(for: entity.name)
        return FileLinking(
            entity: entity, model: given, fallback: shipped, progress: TerminalProgress())
    }
}
