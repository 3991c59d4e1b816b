internal import Records

/// A document while the rows are read that repeat its head, each with one of its lines.
struct DocumentRows {
    private let head: Record
    private let lineField: Int
    private var lines: [String]
    private var notes: [ReadingNote]
    /// The rows as they came, JSON texts; none where they are not kept.
    private var payloads: [String]

    /// Begins with the first row, whose head counts.
    init(_ row: Record, lineField: Int) {
        (head, self.lineField) = (row, lineField)
        lines = row.fields[lineField]?.texts ?? []
        notes = row.readingNotes
        payloads = row.payload.isEmpty ? [] : [row.payload]
    }

    /// The id of the document.
    var id: RecordID { head.id }

    /// Takes a further row.
    mutating func add(_ row: Record) {
        lines += row.fields[lineField]?.texts ?? []
        for note in row.readingNotes where !notes.contains(note) { notes.append(note) }
        if !row.payload.isEmpty { payloads.append(row.payload) }
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
