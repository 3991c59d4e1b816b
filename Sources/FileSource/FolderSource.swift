public import Collection
public import Foundation
public import Records

/// A folder of exported files as a source.
///
/// Each entity has a file of its name: `counterparty.csv`, `counterparty.jsonl`.
public struct FolderSource: SnapshotSource {
    /// The name in the configuration.
    public let name: SourceName
    private let folder: URL
    private let options: RecordFile.Options

    /// The endings under which an entity's file is looked for, in this order.
    private static let endings = ["csv", "tsv", "txt", "jsonl", "ndjson", "json"]

    /// Names a folder; nothing is read yet.
    public init(
        name: SourceName, folder: URL, options: RecordFile.Options = RecordFile.Options()
    ) {
        self.name = name
        self.folder = folder
        self.options = options
    }

    /// Reads the entity's file page by page.
    public func collect(
        _ entity: EntityDefinition,
        progress: @Sendable (_ delivered: Int, _ announced: Int?) -> Void,
        deliver: ([Record]) async throws -> Void
    ) async throws -> Certificate {
        let file = try find(entity)
        var options = options
        options.keepsPayload = true
        var builder = CertificateBuilder()
        do {
            let summary = try await RecordFile(file, entity: entity, options: options).read {
                page in
                builder.countPage()
                for record in page { builder.deliver(record) }
                progress(builder.deliveredCount, nil)
                try await deliver(page)
            }
            for _ in 0..<summary.withoutIDCount { builder.skipWithoutID() }
            for _ in 0..<summary.repeatedCount { builder.repeatRow() }
            for _ in 0..<summary.raggedCount { builder.countNote("ragged_row") }
            var traffic = Traffic()
            traffic.bytes = summary.byteCount
            return builder.finish(traffic)
        } catch let error as FileError {
            throw CollectionError(.malformed, error.description)
        }
    }

    /// Tries whether the file is there and its columns are recognised.
    public func check(_ entity: EntityDefinition) async -> [SourceCheck] {
        do {
            let file = try find(entity)
            let summary = try await RecordFile(file, entity: entity, options: options).read { _ in }
            return [
                SourceCheck(
                    subject: "file \(file.lastPathComponent)", isPassed: true,
                    detail: "\(summary.recordCount) records; "
                        + summary.roles.recognised.joined(separator: ", "))
            ]
        } catch {
            return [SourceCheck(subject: "file", isPassed: false, detail: "\(error)")]
        }
    }

    /// A file has no address to open a record at.
    public func webAddress(of id: RecordID, entity: EntityName) -> String? { nil }

    /// The file of an entity; `nil` when the folder has none.
    public func file(of entity: EntityName) -> URL? {
        Self.endings.map { folder.appending(path: "\(entity).\($0)") }
            .first { FileManager.default.fileExists(atPath: $0.path) }
    }

    private func find(_ entity: EntityDefinition) throws(CollectionError) -> URL {
        if let file = file(of: entity.name) { return file }
        throw CollectionError(
            .misconfigured,
            "no file for '\(entity.name)' in \(folder.path): expected \(entity.name).csv or .jsonl")
    }
}
