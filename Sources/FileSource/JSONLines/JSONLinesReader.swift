internal import Collection
internal import Records

/// Reads JSON Lines: the members of the first objects are the columns.
struct JSONLinesReader: ChunkReader {
    /// So many objects are looked at before it is decided what the columns are.
    private static let sampleCount = 200

    private(set) var roles: ColumnRoles?

    private let file: String
    private let entity: EntityDefinition
    private let options: RecordFile.Options
    private var parser: JSONLinesParser
    private var sample: [JSONValue] = []
    private var rows: RowReader?

    init(file: String, entity: EntityDefinition, options: RecordFile.Options) {
        self.file = file
        self.entity = entity
        self.options = options
        parser = JSONLinesParser(file: file)
    }

    mutating func feed(_ chunk: [UInt8], into gathered: inout Gathered) throws {
        let bytes =
            chunk.starts(with: [0xEF, 0xBB, 0xBF]) && roles == nil && sample.isEmpty
            ? chunk[3...] : chunk[...]
        var objects: [JSONValue] = []
        try parser.feed(bytes) { object, _ in objects.append(object) }
        try take(objects, into: &gathered)
    }

    mutating func finish(into gathered: inout Gathered) throws {
        var objects: [JSONValue] = []
        try parser.finish { object, _ in objects.append(object) }
        try take(objects, into: &gathered)
        if rows == nil, !sample.isEmpty { try decideColumns(into: &gathered) }
    }

    private mutating func take(_ objects: [JSONValue], into gathered: inout Gathered) throws {
        guard rows != nil else {
            sample += objects
            if sample.count >= Self.sampleCount { try decideColumns(into: &gathered) }
            return
        }
        for object in objects { add(object, into: &gathered) }
    }

    private mutating func decideColumns(into gathered: inout Gathered) throws {
        var headers: [String] = []
        var seen: Set<String> = []
        for object in sample {
            for (name, _) in object.members where seen.insert(name).inserted {
                headers.append(name)
            }
        }
        let roles = try ColumnRoles(
            headers: headers, entity: entity, idHeader: options.idHeader, file: file)
        self.roles = roles
        rows = RowReader(roles: roles, entity: entity, keepsPayload: options.keepsPayload)
        for object in sample { add(object, into: &gathered) }
        sample = []
    }

    private func add(_ object: JSONValue, into gathered: inout Gathered) {
        guard let rows, let roles else { return }
        gathered.add(
            rows.record(
                cells: roles.headers.map { header in
                    guard let value = object[header] else { return ([], []) }
                    var notes: [ReadingNote.Kind] = []
                    if value.hadNUL { notes.append(.nulRemoved) }
                    if value.hadBrokenEncoding { notes.append(.brokenEncoding) }
                    return (value.cellTexts, notes)
                }))
    }
}
