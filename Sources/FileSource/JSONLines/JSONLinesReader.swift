internal import Collection
internal import Records

/// Reads JSON Lines: the members of the objects are the columns.
struct JSONLinesReader: ChunkReader {
    /// So many objects are looked at before it is decided what the columns are.
    private static let sampleCount = 200
    /// More columns than this no file of records has; what is in further ones is not read.
    private static let mostColumns = 2_000

    private(set) var roles: ColumnRoles?

    private let file: String
    private let entity: EntityDefinition
    private let options: RecordFile.Options
    private var parser: JSONLinesParser
    private var isFirstChunk = true
    private var sample: [JSONValue] = []
    private var rows: RowReader?
    private var known: Set<String> = []

    init(file: String, entity: EntityDefinition, options: RecordFile.Options) {
        self.file = file
        self.entity = entity
        self.options = options
        parser = JSONLinesParser(file: file, isJournal: options.isJournal)
    }

    mutating func feed(_ chunk: [UInt8], into gathered: inout Gathered) throws {
        let hasMark = isFirstChunk && chunk.starts(with: [0xEF, 0xBB, 0xBF])
        isFirstChunk = false
        var objects: [JSONValue] = []
        try parser.feed(hasMark ? chunk[3...] : chunk[...]) { object, _ in objects.append(object) }
        try take(objects, into: &gathered)
    }

    mutating func finish(into gathered: inout Gathered) throws {
        var objects: [JSONValue] = []
        try parser.finish { object, _ in objects.append(object) }
        try take(objects, into: &gathered)
        if rows == nil, !sample.isEmpty { try decideColumns(into: &gathered) }
        gathered.brokenLineCount = parser.brokenLineCount
        gathered.longLineCount = parser.longLineCount
    }

    private mutating func take(_ objects: [JSONValue], into gathered: inout Gathered) throws {
        guard rows != nil else {
            sample += objects
            if sample.count >= Self.sampleCount { try decideColumns(into: &gathered) }
            return
        }
        for object in objects { try add(object, into: &gathered) }
    }

    private mutating func decideColumns(into gathered: inout Gathered) throws {
        var headers: [String] = []
        for object in sample {
            for (name, _) in object.members where known.insert(name).inserted {
                headers.append(name)
            }
        }
        try recognise(headers)
        // Further columns may come with any line.
        gathered.begin(fields: Array(entity.fields.indices), of: entity)
        for object in sample { try add(object, into: &gathered) }
        sample = []
    }

    private mutating func recognise(_ headers: [String]) throws {
        let roles = try ColumnRoles(
            headers: headers, entity: entity, idHeader: options.idHeader,
            isIDOptional: options.isJournal, documentHeaders: options.documentHeaders,
            file: file)
        self.roles = roles
        rows = RowReader(roles: roles, entity: entity, options: options)
    }

    private mutating func add(_ object: JSONValue, into gathered: inout Gathered) throws {
        // An error code, say, comes with the first error, however late that is.
        let more = object.members.filter { !known.contains($0.name) }.map(\.name)
        if let roles, !more.isEmpty, known.count < Self.mostColumns {
            let further = more.filter { known.insert($0).inserted }
            try recognise(roles.headers + further)
        }
        guard let rows, let roles else { return }
        gathered.lineField = roles.lineFieldOfDocuments
        gathered.firstLineField = roles.fieldOfProduct
        let record = rows.record(
            cells: roles.headers.enumerated().map { column, header in
                guard let value = object[header] else { return ([], []) }
                var notes: [ReadingNote.Kind] = []
                if value.hadNUL { notes.append(.nulRemoved) }
                if value.hadBrokenEncoding { notes.append(.brokenEncoding) }
                return (rows.texts(of: value, column: column), notes)
            }, names: &gathered.rowNames)
        try gathered.add(record, of: file)
    }
}
