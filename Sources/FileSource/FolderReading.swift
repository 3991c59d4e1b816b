internal import Collection
internal import Foundation
internal import Records

/// One reading of an entity's files.
struct FolderReading {
    let entity: EntityDefinition
    let options: RecordFile.Options
    let folder: ExportFolder
    private var builder: CertificateBuilder
    /// Of the rows of a journal, which is in several files.
    private var ids = IdentitySet()
    private var byteCount = 0
    private var clashes = IDClashes()
    private var rows = RowCounts(scanned: nil, read: 0)
    private var disagreeingCount = 0
    private var names: [String] = []
    private var roles: [ColumnRoles] = []
    /// The lines of the documents, where they stand in a file of their own.
    private var lines: LineSpool?
    private var lineFile: ExportFile?
    private var withoutDocumentCount = 0
    /// Two files of one export were written within so many seconds.
    private static let exportDuration: Double = 6 * 3_600

    init(
        entity: EntityDefinition, options: RecordFile.Options, folder: ExportFolder,
        clock: MonotonicClock
    ) {
        self.entity = entity
        self.options = options
        self.folder = folder
        builder = CertificateBuilder(clock: clock)
    }

    /// Reads the file of the lines of documents; it comes before that of the documents.
    ///
    /// - Returns: What was read.
    /// - Throws: ``CollectionError`` when it cannot be read, or the entity has no such file.
    @discardableResult
    mutating func readLines(_ file: ExportFile) async throws -> RecordFile.Summary {
        guard let field = entity.fields.firstIndex(where: { $0.lineFile != nil }) else {
            throw CollectionError(.misconfigured, "\(entity.name) has no file of lines")
        }
        var options = options
        options.documentHeaders = entity.fields[field].lineFile?.documentHeaders
        let lines = LineSpool(
            lineField: field, productField: ColumnRoles.fieldNamedByLines(of: entity))
        do {
            let source = RecordFile(
                folder.place(of: file.name), entity: entity, options: options)
            let scanned = try await source.scannedRowCount()
            let summary = try await source.readLines(into: lines)
            try folder.checkUnchanged(file)
            compare(scanned, with: summary, of: file)
            (self.lines, lineFile) = (lines, file)
            withoutDocumentCount = summary.withoutIDCount
            for _ in 0..<summary.raggedCount { builder.countNote("ragged_row") }
            byteCount += summary.byteCount
            return summary
        } catch let error as FileError {
            try folder.checkUnchanged(file)
            throw CollectionError(.malformed, error.description)
        }
    }

    /// Reads a file of records, which get the lines that were read before.
    mutating func read(
        _ file: ExportFile,
        progress: @Sendable (_ delivered: Int, _ announced: Int?) -> Void,
        deliver: ([Record]) async throws -> Void
    ) async throws {
        do {
            let source = RecordFile(
                folder.place(of: file.name), entity: entity, options: options)
            // To a journal somebody adds between two counts.
            let scanned = options.isJournal ? nil : try await source.scannedRowCount()
            let summary = try await source.read { page in
                var fresh: [Record] = []
                for record in page {
                    // A row of a journal is in two files when it was copied before it was cut.
                    guard !options.isJournal || ids.insert(record.id.rawValue) else {
                        builder.repeatRow()
                        continue
                    }
                    let whole = try lines?.completed(record) ?? record
                    builder.deliver(whole)
                    fresh.append(whole)
                }
                guard !fresh.isEmpty else { return }
                builder.countPage()
                progress(builder.deliveredCount, nil)
                try await deliver(fresh)
            }
            count(summary)
            rows = RowCounts(scanned: scanned, read: rows.read + summary.rowCount)
            compare(scanned, with: summary, of: file)
            if let lineFile { try compare(file, with: lineFile) }
            names.append(file.name)
            roles.append(summary.roles)
        } catch let error as FileError {
            if !options.isJournal { try folder.checkUnchanged(file) }
            throw CollectionError(.malformed, error.description)
        }
        // A journal may grow, be renamed or go away; what was read of it is read.
        if !options.isJournal { try folder.checkUnchanged(file) }
    }

    /// Sees that as many rows were read as the bytes of a file have.
    private mutating func compare(
        _ scanned: Int?, with summary: RecordFile.Summary, of file: ExportFile
    ) {
        guard let scanned, scanned != summary.rowCount else { return }
        builder.doubt(
            .partial(
                detail: "\(file.name) has \(scanned) rows by its bytes, of which "
                    + "\(summary.rowCount) were read"))
    }

    /// Sees that a file of documents and that of their lines are of one export.
    private mutating func compare(
        _ file: ExportFile, with lineFile: ExportFile
    ) throws(CollectionError) {
        try folder.checkUnchanged(lineFile)
        let (older, newer) = file.modified < lineFile.modified ? (file, lineFile) : (lineFile, file)
        guard older.isOlder(than: newer, by: Self.exportDuration) else { return }
        builder.doubt(
            .partial(
                detail: "\(older.name) was written more than six hours before \(newer.name); it is "
                    + "perhaps left over from an earlier export"))
    }

    /// Says what of the lines and of the documents has no counterpart.
    private mutating func countLines() {
        guard let lines, let lineFile else { return }
        for _ in 0..<lines.withoutLinesCount { builder.countNote("document_without_lines") }
        if lines.leftOutCount > 0 {
            for _ in 0..<lines.leftOutCount { builder.countNote("line_left_out") }
            builder.doubt(
                .partial(
                    detail: "\(lines.leftOutCount) lines of \(lineFile.name) were not taken, since "
                        + "their documents have others of their own in "
                        + "\(names.joined(separator: ", ")). Export lines in one of the two files"))
        }
        let orphanCount = lines.orphanCount + withoutDocumentCount
        guard orphanCount > 0 else { return }
        for _ in 0..<orphanCount { builder.countNote("line_without_document") }
        builder.doubt(
            .partial(
                detail: "\(orphanCount) lines of \(lineFile.name) belong to no document of "
                    + "\(names.joined(separator: ", ")): one of the two is not whole, or the column "
                    + "that names the document is that of something else"))
    }

    private mutating func count(_ summary: RecordFile.Summary) {
        for _ in 0..<summary.withoutIDCount { builder.skipWithoutID() }
        for _ in 0..<summary.repeatedCount { builder.repeatRow() }
        for _ in 0..<summary.raggedCount { builder.countNote("ragged_row") }
        for _ in 0..<summary.brokenLineCount { builder.countNote("broken_line") }
        for _ in 0..<summary.longLineCount { builder.countNote("long_line") }
        disagreeingCount += summary.disagreeingCount
        // An operation may have several rows of a journal, such as of its beginning and its end.
        if !options.isJournal { clashes.add(summary.clashes) }
        byteCount += summary.byteCount
    }

    /// Closes the certificate.
    ///
    /// - Throws: ``CollectionError`` when none of the files has a column that the entity needs.
    consuming func finish() throws(CollectionError) -> Certificate {
        if let lost = ColumnRoles.lostFields(of: entity, in: roles).first {
            throw .lost(lost, of: names.joined(separator: ", "), in: folder, entity)
        }
        countLines()
        builder.count(clashes)
        builder.countRows(rows)
        if disagreeingCount > 0 {
            builder.doubt(
                .partial(
                    detail: "\(disagreeingCount) documents have rows that say different things of "
                        + "them, and were taken as their first row has them. Their id column is "
                        + "perhaps that of something else."))
        }
        // A file that changes while it is read is refused, and what is added to a journal meanwhile
        // is left for the next time.
        builder.appear(0)
        var traffic = Traffic()
        traffic.bytes = byteCount
        return builder.finish(traffic)
    }
}

extension CollectionError {
    /// A column that an entity needs is not in its file.
    static func lost(
        _ lost: LostField, of file: String, in folder: ExportFolder, _ entity: EntityDefinition
    ) -> CollectionError {
        .lost(
            lost, of: file, at: folder.url.lastPathComponent,
            in: "templates/entities/\(entity.name).yaml")
    }
}
