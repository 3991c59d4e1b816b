/// A value of a row, before it is known in which dialect it is written.
enum PortalValue: Sendable {
    case null
    case text(String)
    case integer(Int64)
    case flag(Bool)
    /// Seconds since 1970.
    case moment(UInt32)

    /// What filters and orders compare; `nil` for null.
    var comparable: String? {
        switch self {
        case .null: nil
        case .text(let text): text
        case .integer(let number): String(number)
        case .flag(let flag): flag ? "Y" : "N"
        case .moment(let seconds): Moment.portal(Int64(seconds))
        }
    }
}

/// How values are written: everything a string, or numbers as numbers.
enum PortalDialect: Sendable {
    case legacy
    case modern

    /// Writes a value.
    func write(_ value: PortalValue, to writer: inout ByteWriter) {
        switch value {
        case .null: writer.raw("null")
        case .text(let text): writer.string(text)
        case .integer(let number):
            if self == .legacy { writer.byte(34) }
            writer.number(number)
            if self == .legacy { writer.byte(34) }
        case .flag(let flag): writer.raw(flag ? "\"Y\"" : "\"N\"")
        case .moment(let seconds):
            writer.byte(34)
            writer.raw(Moment.portal(Int64(seconds)))
            writer.byte(34)
        }
    }
}

/// A column of a table, as `*.fields` describes it.
struct PortalColumn: Sendable {
    var name: String
    var type: String
    var title: String
    /// Whether it is a multi-field, which comes only when it is named, and not when it is empty.
    var isMultiple = false
    var isReadOnly = false

    init(
        _ name: String, _ type: String = "string", _ title: String = "", isMultiple: Bool = false,
        isReadOnly: Bool = false
    ) {
        self.name = name
        self.type = type
        self.title = title.isEmpty ? name : title
        self.isMultiple = isMultiple
        self.isReadOnly = isReadOnly
    }
}
