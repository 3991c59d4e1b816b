internal import Collection
internal import Records

/// The lines of documents that stand in a file of their own, kept until their documents are read: the two
/// files need not be in one order.
///
/// What does not fit into some megabytes goes to a file without a name in the temporary folder. In memory
/// remain twenty-four bytes for each run of lines of one document.
final class LineSpool {
    /// No document has as many lines on end.
    private static let mostLines = 100_000
    /// A run of more bytes is kept as several.
    private static let longestRun = 1 << 20

    private struct Run {
        let id: RecordID
        var lines: [String] = []
        var payloads: [String] = []
        var byteCount = 0
        /// How many lines of the document came on end, those included that were put away.
        var lineCount = 0
    }

    private let spool = RowSpool()
    private let lineField: Int
    private let productField: Int?
    private var run: Run?
    private var lineCount = 0
    private var takenCount = 0
    /// Documents that have no lines.
    private(set) var withoutLinesCount = 0
    /// Lines whose document brings others of its own.
    private(set) var leftOutCount = 0

    /// Makes an empty spool.
    ///
    /// - Parameters:
    ///   - lineField: The field in which documents keep lines.
    ///   - productField: The field that the first line says where the document does not; `nil` where
    ///     there is none.
    init(lineField: Int, productField: Int?) {
        (self.lineField, self.productField) = (lineField, productField)
    }

    /// Lines whose document was not completed.
    var orphanCount: Int { lineCount - takenCount }

    /// Keeps a line.
    ///
    /// - Parameters:
    ///   - row: A row of the lines' file; its id is that of its document.
    ///   - file: Where it stands, for the error.
    /// - Throws: ``FileError`` when its document has more lines than one can have; ``CollectionError`` when
    ///   there is no room.
    func add(_ row: Record, of file: String) throws {
        if run?.id != row.id {
            try keepRun()
            run = Run(id: row.id)
        }
        guard var current = run else { return }
        run = nil
        let lines = row.fields[lineField]?.texts ?? []
        current.lines += lines
        if !row.payload.isEmpty { current.payloads.append(row.payload) }
        current.byteCount += lines.reduce(row.payload.utf8.count) { $0 + $1.utf8.count }
        current.lineCount += lines.count
        lineCount += lines.count
        run = current
        guard current.lineCount <= Self.mostLines else {
            throw FileError(
                file: file,
                message: "the lines of '\(row.id)' on end are too many for one document: the "
                    + "column that names the document is perhaps that of something else.")
        }
        if current.byteCount > Self.longestRun { try keepRun() }
    }

    /// Keeps the last lines, when the file is read.
    ///
    /// - Throws: ``CollectionError`` when there is no room.
    func finish() throws(CollectionError) { try keepRun() }

    /// A document with its lines; one that brings lines of its own keeps those.
    ///
    /// - Parameter document: The document; each is to be completed once.
    /// - Returns: The document, and in its payload the rows of its lines.
    /// - Throws: ``CollectionError`` when the lines cannot be read back.
    func completed(_ document: Record) throws(CollectionError) -> Record {
        var bytes = [UInt8(ascii: "[")]
        guard try spool.appendRows(of: Self.key(of: document.id), to: &bytes) > 0 else {
            if document.fields[lineField] == nil { withoutLinesCount += 1 }
            return document
        }
        bytes[bytes.count - 1] = UInt8(ascii: "]")
        let runs = Array(Self.document(of: bytes).root.elements)
        let lines = runs.flatMap { Self.texts(of: $0, at: 0) }
        takenCount += lines.count
        if let own = document.fields[lineField] {
            if own.texts != lines { leftOutCount += lines.count }
            return document
        }
        guard !lines.isEmpty else { return document }
        var document = document
        document.fields[lineField] = .texts(lines)
        if let productField, document.fields[productField] == nil {
            document.fields[productField] = lines.lazy.compactMap { DocumentLine($0)?.product }
                .first.map(FieldValue.text)
        }
        if !document.payload.isEmpty {
            let rows = [document.payload] + runs.flatMap { Self.texts(of: $0, at: 1) }
            document.payload = "[" + rows.joined(separator: ",") + "]"
        }
        return document
    }

    /// Puts the lines away that came on end of one document.
    private func keepRun() throws(CollectionError) {
        guard let current = run, !current.lines.isEmpty else { return }
        run?.lines = []
        run?.payloads = []
        run?.byteCount = 0
        var writer = JSONWriter()
        writer.array { writer in
            writer.array { writer in for line in current.lines { writer.write(line) } }
            writer.array { writer in for row in current.payloads { writer.write(row) } }
        }
        try spool.append(
            Self.document(of: writer.utf8).root, owner: Self.key(of: current.id))
    }

    private static func key(of id: RecordID) -> UInt128 {
        var hash = ContentHash()
        hash.addPart(id.rawValue)
        return hash.value
    }

    private static func texts(of run: JSONValue, at position: Int) -> [String] {
        run[position]?.elements.compactMap(\.string) ?? []
    }

    private static func document(of bytes: [UInt8]) -> JSONDocument {
        guard let document = try? JSONDocument(parsing: bytes) else {
            preconditionFailure("a spool gives back the JSON that was written into it")
        }
        return document
    }
}
