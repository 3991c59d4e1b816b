internal import Definitions
internal import Dispatch
internal import FileSource
public import Foundation
public import RecordLinkage
internal import Records
internal import Synchronization

/// Makes up an entity for files that nobody has described, and says what it chose.
public struct TableRecognition: Sendable {
    /// What was recognised.
    public let recognized: RecognizedEntity

    /// Recognises two files and which of their columns say the same.
    ///
    /// - Parameters:
    ///   - left: The one file.
    ///   - right: The other file.
    ///   - progress: Told what was chosen.
    /// - Throws: `FileError` when a file cannot be read, `RecognizedEntity.Refusal` when nothing can
    ///   be compared.
    public init(
        left: FileLinking.Input, right: FileLinking.Input, progress: any ProgressDisplay
    ) throws {
        let inputs = [left, right]
        let results = Mutex([Result<[ColumnProfile], any Error>?](repeating: nil, count: 2))
        DispatchQueue.concurrentPerform(iterations: 2) { side in
            let profiles = Result { try Self.profiles(inputs[side]) }
            results.withLock { $0[side] = profiles }
        }
        let profiles = try results.withLock { try $0.map { try $0?.get() ?? [] } }
        recognized = try RecognizedEntity(
            left: profiles[0], right: profiles[1],
            leftID: left.options.idHeader, rightID: right.options.idHeader)
        say(progress)
    }

    /// Recognises the columns of one file.
    ///
    /// - Throws: `FileError` when the file cannot be read, `RecognizedEntity.Refusal` when nothing
    ///   can be compared.
    public init(_ input: FileLinking.Input, progress: any ProgressDisplay) throws {
        recognized = try RecognizedEntity(
            Self.profiles(input), idHeader: input.options.idHeader)
        say(progress)
    }

    /// Writes what was recognised as an entity file, for editing.
    ///
    /// - Throws: When the file cannot be written.
    public func save(to file: URL) throws {
        let text =
            "# Recognised from the columns of a table; edit it and name it with --entity.\n"
            + EntityFile.text(of: recognized.definition)
        try Data(text.utf8).write(to: file, options: .atomic)
    }

    private func say(_ progress: any ProgressDisplay) {
        let stage = ProgressStage("recognise columns")
        progress.begin(stage)
        let fields = "\(recognized.definition.fields.count) fields"
        progress.end(
            stage,
            result: ([fields] + recognized.notes + ["--save-entity FILE writes it down for editing"])
                .joined(separator: "\n        "))
        for warning in recognized.warnings { progress.warn(warning) }
    }

    /// So many rows tell what the columns are.
    private static let enoughRows = 5000

    private static func profiles(_ input: FileLinking.Input) throws -> [ColumnProfile] {
        let sample = try TableSample(
            input.file, options: input.options, choice: .spread(Self.enoughRows))
        let keys = sample.headers.map {
            $0.lowercased().trimmingCharacters(in: .whitespacesAndNewlines)
        }
        // A column is named by its header: one without, or of one that was there, cannot be.
        return sample.headers.indices.filter { column in
            !keys[column].isEmpty && keys.firstIndex(of: keys[column]) == column
        }.map { column in
            ColumnProfile(
                header: sample.headers[column], values: sample.rows.map { $0[column] },
                tableRows: sample.rowCount)
        }
    }
}

extension RecognizedEntity.Refusal: ExplainedFailure {
    /// The description.
    public var explanation: String { description }
    /// Wrong usage.
    public var exitCode: Int32 { 2 }
}
