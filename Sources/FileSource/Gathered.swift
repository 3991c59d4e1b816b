internal import Collection
internal import Records

/// Records gathered for the next page, or for a table, and the counts of the whole file.
struct Gathered {
    var page: [Record] = []
    /// Rows that came, whatever became of them; not told of a table.
    private(set) var rowCount = 0
    var recordCount = 0
    var withoutIDCount = 0
    var repeatedCount = 0
    /// Those of the repeated that say something else than the record before them.
    private(set) var clashes = IDClashes()
    var raggedCount = 0
    var brokenLineCount = 0
    var longLineCount = 0
    /// Documents whose rows say different things of them.
    private(set) var disagreeingCount = 0
    /// Gives ids to rows that have none; `nil` where such rows are left out.
    var rowNames: RowNames?
    /// The field to which rows of one id that follow one another add lines; `nil` where each row is a
    /// record of its own.
    var lineField: Int?
    /// The field in which rows of one document may differ, since its first line says it.
    var firstLineField: Int?
    /// Whether rows of an id that was there before are records too: lines of a document.
    var keepsRepeated = false
    /// The document whose rows are being read.
    private var document: DocumentRows?
    /// Where records go instead of the page, once the columns are known.
    private(set) var table: RecordTableBuilder?
    private let isTable: Bool
    private var known = KnownRecords()

    init(isTable: Bool = false) { self.isTable = isTable }

    /// What became of a row.
    enum Taken { case taken, withoutID, repeated }

    /// The columns are known; a table takes these fields.
    mutating func begin(fields: [Int], of entity: EntityDefinition) {
        guard isTable, table == nil else { return }
        table = RecordTableBuilder(fields: fields, fieldCount: entity.fields.count)
    }

    /// Takes a row, as a record or as a further line of the document before.
    ///
    /// - Parameters:
    ///   - row: The row; `nil` where it has no id.
    ///   - file: Where it stands, for the error.
    /// - Throws: ``FileError`` when the document has more rows than one can have.
    mutating func add(_ row: Record?, of file: String) throws(FileError) {
        rowCount += 1
        guard let lineField else { return take(row) }
        if let row, row.id == document?.id {
            document?.add(row)
            guard document?.isTooLong != true else {
                throw FileError(
                    file: file,
                    message: "the rows of '\(row.id)' on end are too many for one document: the id "
                        + "column is perhaps that of something else. Give each document an id of "
                        + "its own.")
            }
            return
        }
        endDocument()
        guard let row else { return take(nil) }
        document = DocumentRows(row, lineField: lineField, firstLineField: firstLineField)
    }

    /// Takes the document whose rows were read, when another one begins or the file ends.
    mutating func endDocument() {
        guard let rows = document else { return }
        document = nil
        if rows.disagree { disagreeingCount += 1 }
        take(rows.document)
    }

    /// Takes a row that is a record of its own.
    mutating func take(_ record: Record?) {
        guard let record else { return count(.withoutID) }
        if let table { return count(table.append(record) ? .taken : .repeated) }
        guard record.id.rawValue.utf8.count <= RecordID.byteCountMax else {
            return count(.withoutID)
        }
        switch keepsRepeated ? .new : known.take(record) {
        case .new:
            count(.taken)
            page.append(record)
        case .same: count(.repeated)
        case .other:
            count(.repeated)
            clashes.add(record.id)
        }
    }

    mutating func count(_ taken: Taken) {
        switch taken {
        case .taken: recordCount += 1
        case .withoutID: withoutIDCount += 1
        case .repeated: repeatedCount += 1
        }
    }

    /// The last record that was taken has the id of one that is known from elsewhere.
    mutating func takeBackAsRepeated() {
        recordCount -= 1
        repeatedCount += 1
    }

    mutating func takePage() -> [Record] {
        defer { page = [] }
        return page
    }
}
