internal import Archives
internal import Collection
internal import Foundation
internal import Records
internal import XMLStream

/// One reading of a folder's files for one entity.
final class XMLReading {
    var builder: CertificateBuilder

    private let pattern: ElementPattern
    private let changes: ChangesMark?
    private let decoder: RecordDecoder
    private let settings: XMLFolderSource.Settings
    private let folder: ExportFolder
    private var ids = IdentitySet()
    private var page: [Record] = []
    private var byteCount = 0
    private var readNames: [String] = []
    private var filesOfChanges: [String] = []
    /// The files that held records, or the place where records would be.
    private var filesOfRecords: [ExportFolder.File] = []

    init(
        pattern: ElementPattern, changes: ChangesMark?, decoder: RecordDecoder,
        settings: XMLFolderSource.Settings, folder: ExportFolder, builder: CertificateBuilder
    ) {
        self.pattern = pattern
        self.changes = changes
        self.decoder = decoder
        self.settings = settings
        self.folder = folder
        self.builder = builder
    }

    /// Reads a file to its end.
    ///
    /// - Returns: What identifies the file.
    /// - Throws: ``CollectionError`` when it is not whole, or changes meanwhile.
    func read(
        _ file: ExportFolder.File,
        progress: (_ delivered: Int, _ announced: Int?) -> Void,
        deliver: ([Record]) async throws -> Void
    ) async throws -> TakenFile {
        let url = folder.url.appending(path: file.name)
        var document = file.name
        var hasRecords = false
        var hasChanges = false
        do {
            var documents = try ExportDocuments(url, limits: settings.archiveLimits)
            while let name = try documents.nextDocument() {
                document = name
                let elements = RecordElements(pattern, changes: changes) { [unowned self] in
                    take($0)
                }
                let parser = XMLStreamParser(handler: elements)
                while let piece = try documents.nextPiece() {
                    try Task.checkCancellation()
                    byteCount += piece.count
                    try parser.feed(piece)
                    if page.count >= settings.pageSize { try await hand(progress, deliver) }
                }
                try parser.finish()
                if parser.isEncodingRepaired { builder.countNote("encoding_repaired") }
                let summary = elements.finish()
                for _ in 0..<summary.cutCount { builder.countNote("long_text_cut") }
                hasRecords = hasRecords || summary.hasContainer
                hasChanges = hasChanges || summary.hasChanges
            }
            if !page.isEmpty { try await hand(progress, deliver) }
        } catch let error where error is XMLError || error is ArchiveError || error is FileError {
            throw CollectionError(
                .malformed,
                "\(document): \(error). The snapshot is not taken; have the file exported again.")
        } catch let error as CollectionError {
            throw CollectionError(error.kind, "\(document): \(error.message)")
        }
        guard folder.isUnchanged(file) else {
            throw CollectionError(
                .unreachable,
                "\(file.name) changed while it was read; the snapshot is not taken. Try again when "
                    + "the export has ended.")
        }
        readNames.append(file.name)
        if hasRecords { filesOfRecords.append(file) }
        if hasChanges { filesOfChanges.append(file.name) }
        return TakenFile(
            name: file.name, byteCount: file.byteCount, checksum: try CyclicChecksum.of(url))
    }

    /// Closes the certificate.
    ///
    /// - Throws: ``CollectionError`` when no file has a place for such records.
    func finish() throws(CollectionError) -> Certificate {
        guard let newest = filesOfRecords.max(by: { $0.modified < $1.modified }),
            let oldest = filesOfRecords.min(by: { $0.modified < $1.modified })
        else {
            throw CollectionError(
                .misconfigured,
                "none of the files \(listed(readNames)) has an element that the mapping's 'list' "
                    + "names; this is not an empty list but another export, or another mapping is "
                    + "needed")
        }
        if !filesOfChanges.isEmpty {
            builder.doubt(.partial(detail: "changes only: \(listed(filesOfChanges))"))
        }
        if newest.modified.timeIntervalSince(oldest.modified) > settings.exportDuration {
            builder.doubt(
                .partial(
                    detail: "\(oldest.name) is much older than \(newest.name) and may be left "
                        + "over from an earlier export"))
        }
        var traffic = Traffic()
        traffic.bytes = byteCount
        return builder.finish(traffic)
    }

    private func take(_ payload: JSONValue) {
        for outcome in decoder.decodeRows(of: payload) {
            switch outcome {
            case .record(let record):
                guard ids.insert(record.id.rawValue) else {
                    builder.repeatRow()
                    continue
                }
                builder.deliver(record)
                page.append(record)
            case .skipped(let reason): builder.skip(reason: reason)
            case .withoutID: builder.skipWithoutID()
            }
        }
    }

    private func hand(
        _ progress: (_ delivered: Int, _ announced: Int?) -> Void,
        _ deliver: ([Record]) async throws -> Void
    ) async throws {
        builder.countPage()
        progress(builder.deliveredCount, nil)
        let records = page
        page = []
        try await deliver(records)
    }

    private func listed(_ names: [String]) -> String {
        names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", …" : "")
    }
}
