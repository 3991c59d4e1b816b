internal import Records

/// A document while the rows are read that repeat its head, each with one of its lines.
struct DocumentRows {
    /// No document has as many rows, or as many bytes of rows and lines.
    private static let limits = (rows: 100_000, bytes: 64 << 20)

    /// Whether a row says something else of the document than the first; what a row is silent of
    /// counts as the same.
    private(set) var disagree = false
    private var head: Record
    private let lineField: Int
    /// A field that rows may differ in, since it is that of the first line; `nil` where there is none.
    private let firstLineField: Int?
    private var lines: [String]
    private var notes: [ReadingNote]
    /// The rows as they came, JSON texts; none where they are not kept.
    private var payloads: [String]
    private var rowCount = 1
    private var byteCount = 0

    /// Begins with the first row, whose head counts.
    init(_ row: Record, lineField: Int, firstLineField: Int?) {
        (head, self.lineField, self.firstLineField) = (row, lineField, firstLineField)
        lines = row.fields[lineField]?.texts ?? []
        notes = row.readingNotes
        payloads = row.payload.isEmpty ? [] : [row.payload]
    }

    /// The id of the document.
    var id: RecordID { head.id }

    /// Whether there are more rows than a document can have: the id is then not one of documents.
    var isTooLong: Bool { rowCount > Self.limits.rows || byteCount > Self.limits.bytes }

    /// Takes a further row.
    mutating func add(_ row: Record) {
        let (added, payload) = (row.fields[lineField]?.texts ?? [], row.payload)
        rowCount += 1
        byteCount += added.reduce(payload.utf8.count) { $0 + $1.utf8.count }
        disagree = disagree || contradicts(row)
        if let firstLineField, head.fields[firstLineField] == nil {
            head.fields[firstLineField] = row.fields[firstLineField]
        }
        lines += added
        for note in row.readingNotes where !notes.contains(note) { notes.append(note) }
        if !payload.isEmpty { payloads.append(payload) }
    }

    private func contradicts(_ row: Record) -> Bool {
        row.fields.indices.contains { field in
            field != lineField && field != firstLineField && row[field] != nil
                && row[field] != head[field]
        }
    }

    /// The document with the lines of all its rows.
    var document: Record {
        var document = head
        if !lines.isEmpty { document.fields[lineField] = .texts(lines) }
        document.readingNotes = notes
        if payloads.count > 1 { document.payload = "[" + payloads.joined(separator: ",") + "]" }
        return document
    }
}
