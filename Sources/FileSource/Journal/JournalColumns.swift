internal import Collection
internal import Records

/// What a column of a journal tells.
enum JournalColumn: Int, CaseIterable {
    case time, operation, objectKind, sourceSystem, targetSystem, objectID, status, errorCode
    case duration, details

    /// The field of `templates/entities/operation.yaml` that it is.
    var field: FieldName {
        switch self {
        case .time: FieldName("timestamp")
        case .operation: FieldName("operation")
        case .objectKind: FieldName("object_kind")
        case .sourceSystem: FieldName("source_system")
        case .targetSystem: FieldName("target_system")
        case .objectID: FieldName("object_id")
        case .status: FieldName("status")
        case .errorCode: FieldName("error_code")
        case .duration: FieldName("duration")
        case .details: FieldName("details")
        }
    }
}

/// Finds a journal's columns by the headers that the entity `operation` knows.
struct JournalColumns: Sendable {
    private let byHeader: [String: JournalColumn]

    /// Takes the headers of an entity's fields; fields that a journal's entry does not have are
    /// left aside.
    init(_ entity: EntityDefinition) {
        var columns: [String: JournalColumn] = [:]
        for column in JournalColumn.allCases {
            guard let index = entity.index(of: column.field) else { continue }
            let field = entity.fields[index]
            for header in field.headers + [field.name.rawValue] {
                let key = Self.key(header)
                if columns[key] == nil { columns[key] = column }
            }
        }
        byHeader = columns
    }

    /// The column under a header; `nil` for one that is not used.
    subscript(header: String) -> JournalColumn? { byHeader[Self.key(header)] }

    /// As other files' headers are compared: without regard to case and surrounding spaces.
    private static func key(_ header: String) -> String {
        TextCleaning.trimmed(header).lowercased()
    }
}

/// What stands in the columns of one line.
struct JournalCells {
    /// One cell.
    enum Cell {
        case absent
        /// Plain UTF-8 within the bytes of the line.
        case bytes(start: Int, end: Int)
        case text(String)
    }

    private var cells = [Cell](repeating: .absent, count: JournalColumn.allCases.count)

    subscript(column: JournalColumn) -> Cell {
        get { cells[column.rawValue] }
        set { cells[column.rawValue] = newValue }
    }

    /// Empties all cells.
    mutating func clear() {
        for index in cells.indices { cells[index] = .absent }
    }
}
