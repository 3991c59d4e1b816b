internal import Archives
internal import Collection
internal import Foundation
internal import Records
internal import XMLStream

/// One reading of a folder's files for one entity.
final class XMLReading {
    var builder: CertificateBuilder
    /// The files that held records, or the place where records would be.
    private(set) var filesOfRecords: [ExportFile] = []
    /// Those of them that hold the whole of something.
    private(set) var wholeFiles: [ExportFile] = []

    private let pattern: ElementPattern
    private let deletions: ElementPattern?
    private let changes: ChangesMark?
    private var decoding: RecordDecoding
    private let list: String
    private let settings: XMLFolderSource.Settings
    private let folder: ExportFolder
    private var known = KnownRecords()
    /// Records that were left out for their id.
    private var clashes = IDClashes()
    /// The number of the file that is being read, and the families of those before it that hold the whole
    /// of something, by their numbers.
    private var fileNumber: UInt32 = 0
    private var wholeFamilies: [UInt32: String] = [:]
    /// A number that no file has.
    private static let deletionsNumber = UInt32.max
    private var page: [Record] = []
    /// Of the file that is being read: its records, and how many of them newer files had.
    private var recordCount = 0
    private var repeatedCount = 0
    /// Of the file that is being read, by the file of the record before.
    private var clashesByFile: [UInt32: IDClashes] = [:]
    private var byteCount = 0
    /// The elements of all files that are records.
    private var elementCount = 0
    private var readNames: [String] = []
    private var filesOfChanges: [String] = []

    init(
        pattern: ElementPattern, deletions: ElementPattern?, list: String, changes: ChangesMark?,
        decoder: RecordDecoder, settings: XMLFolderSource.Settings, folder: ExportFolder,
        builder: CertificateBuilder
    ) {
        self.pattern = pattern
        self.deletions = deletions
        self.list = list
        self.changes = changes
        decoding = RecordDecoding(decoder)
        self.settings = settings
        self.folder = folder
        self.builder = builder
    }

    /// Reads a file to its end.
    ///
    /// - Returns: The share of its records that newer files had, 0 to 1.
    /// - Throws: ``CollectionError`` when it is not whole, or changes meanwhile.
    func read(
        _ file: ExportFile,
        progress: (_ delivered: Int, _ announced: Int?) -> Void,
        deliver: ([Record]) async throws -> Void
    ) async throws -> Double {
        var document = file.name
        (recordCount, repeatedCount) = (0, 0)
        fileNumber += 1
        var summary = RecordElements.Summary()
        do {
            var documents = try ExportDocuments(
                folder.place(of: file.name), limits: settings.archiveLimits)
            while let name = try documents.nextDocument() {
                document = name
                let found = try await parse(&documents, progress, deliver)
                summary.hasContainer = summary.hasContainer || found.hasContainer
                summary.hasChanges = summary.hasChanges || found.hasChanges
            }
            if !page.isEmpty { try await hand(progress, deliver) }
        } catch let error where error is XMLError || error is ArchiveError || error is FileError {
            // What is read while it is written may look like anything.
            try folder.checkUnchanged(file)
            throw CollectionError(
                .malformed,
                "\(document): \(FileError.reason(error)). The snapshot is not taken; have the file "
                    + "exported again.")
        } catch let error as CollectionError {
            throw CollectionError(error.kind, "\(document): \(error.message)")
        }
        try folder.checkUnchanged(file)
        readNames.append(file.name)
        let family = ExportName.family(of: file.name)
        countClashes(isWhole: !summary.hasChanges, of: family)
        guard summary.hasContainer else { return 0 }
        filesOfRecords.append(file)
        if summary.hasChanges {
            filesOfChanges.append(file.name)
        } else {
            wholeFiles.append(file)
            wholeFamilies[fileNumber] = family
        }
        return recordCount == 0 ? 0 : Double(repeatedCount) / Double(recordCount)
    }

    /// Doubts the whole for a file of an earlier export among its files.
    func doubtLeftOver(_ file: ExportFile) {
        builder.doubt(
            .partial(detail: "\(file.name) seems to be left over from an earlier export"))
    }

    private func parse(
        _ documents: inout ExportDocuments,
        _ progress: (_ delivered: Int, _ announced: Int?) -> Void,
        _ deliver: ([Record]) async throws -> Void
    ) async throws -> RecordElements.Summary {
        let elements = RecordElements(pattern, deletions: deletions, changes: changes) {
            [unowned self] element, kind in
            switch kind {
            case .record: take(element)
            case .deletion: takeDeletion(element)
            }
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
        elementCount += summary.recordCount
        for _ in 0..<summary.cutCount { builder.countNote("long_text_cut") }
        return summary
    }

    /// Closes the certificate.
    ///
    /// - Throws: ``CollectionError`` when no file has a place for such records, or none of them has what
    ///   the mapping calls mandatory.
    func finish() throws(CollectionError) -> Certificate {
        guard let newest = filesOfRecords.first, let oldest = filesOfRecords.last else {
            throw CollectionError(.misconfigured, Self.otherExport(readNames))
        }
        if let lost = decoding.lostFields.first {
            throw .lost(lost, of: list, at: Self.listed(filesOfRecords.map(\.name)))
        }
        builder.count(clashes)
        // A byte search would count elements of the same name in other places, too.
        builder.countRows(RowCounts(scanned: nil, read: elementCount))
        if !filesOfChanges.isEmpty {
            builder.doubt(.partial(detail: "changes only: \(Self.listed(filesOfChanges))"))
        }
        if oldest.isOlder(than: newest, by: settings.exportDuration) { doubtLeftOver(oldest) }
        // A file that changes while it is read is refused.
        builder.appear(0)
        var traffic = Traffic()
        traffic.bytes = byteCount
        return builder.finish(traffic)
    }

    private func take(_ payload: JSONValue) {
        decoding.decodeRows(of: payload) { outcome in
            switch outcome {
            case .record(let record):
                recordCount += 1
                let standing = known.take(record, of: fileNumber)
                guard standing == .new else {
                    if case .other(let file) = standing {
                        clashesByFile[file, default: IDClashes()].add(record.id)
                    }
                    repeatedCount += 1
                    builder.repeatRow()
                    return
                }
                builder.deliver(record)
                page.append(record)
            case .skipped(let reason): builder.skip(reason: reason)
            case .withoutID: builder.skipWithoutID()
            case .unknownKey: builder.skipUnknownKey()
            }
        }
    }

    /// Takes a deletion, unless a newer file has the record.
    private func takeDeletion(_ element: JSONValue) {
        guard let record = decoding.decodeDeletion(element),
            known.take(record, of: Self.deletionsNumber) == .new
        else { return }
        page.append(record)
    }

    /// Counts the clashes of a file that has ended: with itself, and with others where all are whole.
    ///
    /// What changed takes the place of what was, as does a part of a later export of the same part of an
    /// earlier one.
    private func countClashes(isWhole: Bool, of family: String) {
        for (file, found) in clashesByFile.sorted(by: { $0.key < $1.key }) {
            let other = wholeFamilies[file]
            guard file == fileNumber || isWhole && other != nil && other != family else { continue }
            clashes.add(found)
        }
        clashesByFile = [:]
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

    /// Says that files have no place for such records.
    static func otherExport(_ names: [String]) -> String {
        "none of the files \(listed(names)) has an element that the mapping's 'list' names; this is "
            + "not an empty list but another export, or another mapping is needed"
    }

    static func listed(_ names: [String]) -> String {
        names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", …" : "")
    }
}
