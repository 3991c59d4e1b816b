internal import Collection
public import Foundation
public import Records

/// A CSV or JSON Lines file that holds the records of one entity.
public struct RecordFile: Sendable {
    /// How the file is written; what is `nil` is told from the file itself.
    public struct Options: Sendable {
        /// The delimiter of a CSV file.
        public var delimiter: Character?
        /// How its bytes become text.
        public var encoding: TextEncoding?
        /// The header of the id column.
        public var idHeader: String?
        /// The field that each column is, by its header, where that is known of this file.
        ///
        /// Other columns are none then. `nil` where headers are recognised by the entity.
        public var fieldOfHeader: [String: FieldName]?
        /// Whether records keep their row as JSON.
        public var keepsPayload = false
        /// Whether it is a journal, to which somebody adds line by line.
        ///
        /// A line that cannot be read is then left out and counted, rows need no id, and what is
        /// added while the journal is read is left for the next time.
        public var isJournal = false
        /// Where the clock hangs by which the file gives moments without an offset.
        public var timeZone = TimeZone.gmt

        /// In a file of nothing but lines, the headers of the column that names their document.
        var documentHeaders: [String]?

        /// Everything is told from the file.
        public init() {}
    }

    /// What was read.
    public struct Summary: Sendable {
        /// Which column is which field.
        public var roles: ColumnRoles
        /// Rows that came, whatever became of them; not told of a table.
        var rowCount = 0
        /// Records handed over.
        public var recordCount = 0
        /// Rows left out because their id cell is empty.
        public var withoutIDCount = 0
        /// Rows left out because their id was there before.
        public var repeatedCount = 0
        /// Those of them that say something else than the row before; not told of a table.
        public var clashes = IDClashes()
        /// Rows with more or fewer cells than the header; they were read as far as they go.
        public var raggedCount = 0
        /// Lines of a journal left out because they cannot be read.
        public var brokenLineCount = 0
        /// Lines of a journal left out because they are longer than any real one.
        public var longLineCount = 0
        /// Documents whose rows say different things of them; the first row counts.
        public var disagreeingCount = 0
        /// The bytes of the file.
        public var byteCount = 0
    }

    let url: URL
    let entity: EntityDefinition
    let options: Options

    /// Names a file; nothing is read yet.
    ///
    /// - Parameters:
    ///   - url: The file; names ending in `.jsonl`, `.ndjson`, `.json` or `.log`, also with a number
    ///     after it (`.jsonl.1`), are JSON Lines, all others delimited text.
    ///   - entity: What its records are.
    ///   - options: How it is written.
    public init(_ url: URL, entity: EntityDefinition, options: Options = Options()) {
        self.url = url
        self.entity = entity
        self.options = options
    }

    /// Reads the file page by page; memory is bounded by a page and the ids.
    ///
    /// - Parameters:
    ///   - progress: Called after each page with the share of the file that is read, 0 to 1.
    ///   - deliver: Takes a page; what it throws ends the reading.
    /// - Returns: What was read.
    /// - Throws: ``FileError`` with the line at which the file cannot be read on.
    public func read(
        progress: (_ share: Double) -> Void = { _ in }, deliver: ([Record]) async throws -> Void
    ) async throws -> Summary {
        var gathered = Gathered()
        return try await read(into: &gathered, progress: progress, deliver: deliver)
    }

    /// Reads a file of nothing but lines.
    ///
    /// - Parameter lines: Takes them.
    /// - Returns: What was read; a record is a line.
    /// - Throws: ``FileError``; ``CollectionError`` when there is no room for them.
    func readLines(into lines: LineSpool) async throws -> Summary {
        var gathered = Gathered()
        gathered.keepsRepeated = true
        let summary = try await read(into: &gathered, progress: { _ in }) { page in
            for row in page { try lines.add(row, of: url.lastPathComponent) }
        }
        try lines.finish()
        return summary
    }

    private func read(
        into gathered: inout Gathered, progress: (_ share: Double) -> Void,
        deliver: ([Record]) async throws -> Void
    ) async throws -> Summary {
        let isJSONLines = ExportName.isJSONLines(url.lastPathComponent)
        let size = (try? FileManager.default.attributesOfItem(atPath: url.path)[.size]) as? NSNumber
        var chunks = try FileChunks(url, end: options.isJournal ? size?.intValue : nil)
        var reader: any ChunkReader =
            isJSONLines
            ? JSONLinesReader(file: url.lastPathComponent, entity: entity, options: options)
            : DelimitedReader(file: url.lastPathComponent, entity: entity, options: options)
        if options.isJournal { gathered.rowNames = RowNames() }
        var byteCount = 0
        while let chunk = try chunks.next() {
            try Task.checkCancellation()
            byteCount += chunk.count
            try reader.feed(chunk, into: &gathered)
            if !gathered.page.isEmpty { try await deliver(gathered.takePage()) }
            if let size, size.intValue > 0 { progress(Double(byteCount) / size.doubleValue) }
        }
        try reader.finish(into: &gathered)
        gathered.endDocument()
        if !gathered.page.isEmpty { try await deliver(gathered.takePage()) }
        // A journal that was just begun, or of which no line can be read, is one of no rows.
        let nothing = options.isJournal ? ColumnRoles(nothingOf: entity) : nil
        guard let roles = reader.roles ?? nothing else {
            throw FileError(file: url.lastPathComponent, message: "the file is empty")
        }
        return Summary(roles: roles, gathered, byteCount: byteCount)
    }

    /// Reads the whole file into a table, which takes a sixth of the memory of its records.
    ///
    /// - Parameter progress: Called with the share of the file that is read, 0 to 1.
    /// - Returns: The table, and what was read.
    /// - Throws: ``FileError`` with the line at which the file cannot be read on.
    public func readTable(
        progress: (_ share: Double) -> Void = { _ in }
    ) async throws -> (table: RecordTable, summary: Summary) {
        var gathered = Gathered(isTable: true)
        let summary = try await read(into: &gathered, progress: progress) { _ in }
        let table = gathered.table?.finish() ?? RecordTable([], fieldCount: entity.fields.count)
        return (table, summary)
    }
}

extension RecordFile.Summary {
    init(roles: ColumnRoles, _ gathered: Gathered, byteCount: Int) {
        self.init(
            roles: roles, rowCount: gathered.rowCount, recordCount: gathered.recordCount,
            withoutIDCount: gathered.withoutIDCount, repeatedCount: gathered.repeatedCount,
            clashes: gathered.clashes, raggedCount: gathered.raggedCount,
            brokenLineCount: gathered.brokenLineCount,
            longLineCount: gathered.longLineCount,
            disagreeingCount: gathered.disagreeingCount, byteCount: byteCount)
    }
}

/// Turns chunks of a file into records.
protocol ChunkReader {
    /// Which column is which field, once the header was read.
    var roles: ColumnRoles? { get }
    mutating func feed(_ chunk: [UInt8], into gathered: inout Gathered) throws
    mutating func finish(into gathered: inout Gathered) throws
}
