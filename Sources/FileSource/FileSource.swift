public import Collection
public import Foundation
public import Records

/// Files that a person exported: CSV, or JSON objects one to a line.
public struct FileSource: SnapshotSource {
    /// Records handed over at once.
    private static let pageLength = 2_000

    /// The name in the configuration.
    public let name: SourceName
    private let files: [EntityName: URL]
    private let options: FileOptions

    /// Makes a source of one file for each entity.
    ///
    /// - Parameters:
    ///   - name: The name in the configuration.
    ///   - files: The files by entity.
    ///   - options: How they are written, where that is not to be found out.
    public init(
        name: SourceName, files: [EntityName: URL], options: FileOptions = FileOptions()
    ) {
        self.name = name
        self.files = files
        self.options = options
    }

    /// Reads every record of an entity, two thousand at a time.
    ///
    /// - Throws: ``CollectionError`` when the file cannot be read to the end.
    public func collect(
        _ entity: EntityDefinition,
        progress: @Sendable (_ delivered: Int, _ announced: Int?) -> Void,
        deliver: ([Record]) async throws -> Void
    ) async throws -> Certificate {
        let url = try file(of: entity.name)
        let stamp = Self.stamp(of: url)
        var file = try RecordFile(url, entity: entity, options: options, keepsPayload: true)
        var pages = 0
        var page: [Record] = []
        while let record = try file.next() {
            page.append(record)
            guard page.count == Self.pageLength else { continue }
            try Task.checkCancellation()
            try await deliver(page)
            pages += 1
            page.removeAll(keepingCapacity: true)
            progress(file.builder.deliveredCount, nil)
        }
        if !page.isEmpty {
            try await deliver(page)
            pages += 1
        }
        progress(file.builder.deliveredCount, nil)
        var builder = file.builder
        builder.countPage(pages)
        if Self.stamp(of: url) != stamp {
            builder.doubt(
                .partial(detail: "\(url.lastPathComponent) was written to while it was read."))
        }
        return builder.finish(byteCount: file.byteCount)
    }

    /// Tries the file, its form and its columns.
    public func check(_ entity: EntityDefinition) async -> [SourceCheck] {
        do {
            let url = try file(of: entity.name)
            var file = try RecordFile(url, entity: entity, options: options, keepsPayload: false)
            _ = try file.next()
            let columns = file.columns
            let fields = columns?.recognised.map { "\($0.header) = \($0.field)" } ?? []
            let ignored = columns?.ignored ?? []
            return [
                SourceCheck(
                    subject: url.lastPathComponent, isPassed: true,
                    detail: "id in '\(columns?.id ?? "")'; \(fields.joined(separator: ", "))"
                        + (ignored.isEmpty ? "" : "; ignored: \(ignored.joined(separator: ", "))"))
            ]
        } catch {
            return [
                SourceCheck(
                    subject: "file", isPassed: false,
                    detail: error.message)
            ]
        }
    }

    /// Files have no pages to open.
    public func webAddress(of id: RecordID, entity: EntityName) -> String? { nil }

    private func file(of entity: EntityName) throws(CollectionError) -> URL {
        guard let url = files[entity] else {
            throw CollectionError(
                .misconfigured,
                "Source '\(name)' names no file for \(entity). Add one or leave the entity out.")
        }
        return url
    }

    /// Size and time of the last change, to see whether somebody writes to a file.
    private static func stamp(of url: URL) -> [String] {
        let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
        return [FileAttributeKey.size, .modificationDate].map { "\(attributes?[$0] ?? "")" }
    }
}

/// Everything in a file, for work that holds all records in memory.
public struct FileReading: Sendable {
    /// The records in the order of the file, each id once.
    public var records: [Record]
    /// What the columns were taken for; `nil` when the file holds no record.
    public var columns: FileColumns?
    /// What can be said about completeness: rows left out, repeated, ragged, mended.
    public var certificate: Certificate
}

extension FileSource {
    /// Reads a file whole.
    ///
    /// - Parameters:
    ///   - url: A CSV file, or one of JSON lines.
    ///   - entity: The entity whose fields the columns are.
    ///   - idColumn: The header of the column with the ids; `nil` looks for a usual one.
    ///   - options: How the file is written, where that is not to be found out.
    ///   - keepsPayload: Whether records keep their row as JSON.
    ///   - progress: Called every two thousand records.
    /// - Throws: ``CollectionError`` with the line where the file is broken.
    public static func read(
        _ url: URL, entity: EntityDefinition, idColumn: String? = nil,
        options: FileOptions = FileOptions(), keepsPayload: Bool = false,
        progress: (_ records: Int) -> Void = { _ in }
    ) throws(CollectionError) -> FileReading {
        var options = options
        options.idColumn = idColumn ?? options.idColumn
        var file = try RecordFile(url, entity: entity, options: options, keepsPayload: keepsPayload)
        var records: [Record] = []
        while let record = try file.next() {
            records.append(record)
            if records.count % pageLength == 0 { progress(records.count) }
        }
        return FileReading(
            records: records, columns: file.columns,
            certificate: file.builder.finish(byteCount: file.byteCount))
    }
}

extension CertificateBuilder {
    fileprivate consuming func finish(byteCount: Int) -> Certificate {
        var certificate = finish()
        certificate.byteCount = byteCount
        return certificate
    }
}
