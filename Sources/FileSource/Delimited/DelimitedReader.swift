internal import Records

/// Reads delimited text: tells encoding and delimiter, then the header, then the rows.
struct DelimitedReader: ChunkReader {
    private(set) var roles: ColumnRoles?

    private let file: String
    private let entity: EntityDefinition
    private let options: RecordFile.Options
    private var encoding = TextEncoding.utf8
    private var parser: DelimitedParser?
    private var rows: RowReader?

    init(file: String, entity: EntityDefinition, options: RecordFile.Options) {
        self.file = file
        self.entity = entity
        self.options = options
    }

    mutating func feed(_ chunk: [UInt8], into gathered: inout Gathered) throws {
        var bytes = chunk[...]
        var parser: DelimitedParser
        if let begun = self.parser {
            parser = begun
        } else {
            let format = try DelimitedFormat(bytes, options: options, file: file)
            bytes = bytes.dropFirst(format.start)
            encoding = format.encoding
            parser = DelimitedParser(delimiter: format.delimiter, file: file)
        }
        // The parser is moved out and back, so that it is never copied with its buffers.
        self.parser = nil
        try parser.feed(bytes) { try take($0, into: &gathered) }
        self.parser = parser
    }

    mutating func finish(into gathered: inout Gathered) throws {
        guard var parser else { return }
        try parser.finish { try take($0, into: &gathered) }
    }

    private mutating func take(_ row: DelimitedRow, into gathered: inout Gathered) throws {
        guard let rows else {
            let headers = (0..<row.count).map { encoding.decode(row[$0]).text }
            let roles = try ColumnRoles(
                headers: headers, entity: entity, idHeader: options.idHeader,
                isIDOptional: options.isJournal, documentHeaders: options.documentHeaders,
                fieldOfHeader: options.fieldOfHeader, encoding: encoding, file: file)
            self.roles = roles
            rows = RowReader(roles: roles, entity: entity, options: options)
            gathered.lineField = roles.lineFieldOfDocuments
            gathered.firstLineField = roles.fieldOfProduct
            gathered.begin(fields: roles.usedFields, of: entity)
            return
        }
        if row.count != roles?.headers.count { gathered.raggedCount += 1 }
        if let table = gathered.table, let taken = rows.append(row, encoding, to: table) {
            return gathered.count(taken)
        }
        let record = rows.record(row: row, encoding: encoding, names: &gathered.rowNames)
        try gathered.add(record, of: file)
    }
}
