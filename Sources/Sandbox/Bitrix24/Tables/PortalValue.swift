/// A value of a row, before it is known in which dialect it is written.
enum PortalValue: Sendable {
    case null
    case text(String)
    case integer(Int64)
    /// A decimal number: that many digits of it stand behind the point.
    case decimal(Int64, digits: Int)
    case flag(Bool)
    /// Seconds since 1970.
    case moment(UInt32)
    /// A date without a time, in days since 1970.
    case day(Int64)
    /// Ids, in a field that holds several.
    case integers([Int64])
    /// The values of a multi-field: what filters compare; the table writes them itself.
    case texts([String])
    /// A number or `true` that is one in both dialects.
    indirect case native(PortalValue)
    case bool(Bool)
    /// A user field of several values that has none.
    case unsetList
    /// A comment; one that says nothing is null or an empty text.
    case comment(isNull: Bool)
    /// JSON that is the same in both dialects, and that nothing is compared with.
    case json(String)
}

extension PortalValue {
    /// A text, or null.
    static func optional(_ text: String?) -> PortalValue { text.map { .text($0) } ?? .null }

    /// What filters and orders by number compare; `nil` for what is no number.
    ///
    /// The offset is the portal's distance from Greenwich, in seconds.
    func number(offset: Int64) -> Double? {
        switch self {
        case .integer(let number): Double(number)
        case .decimal(let units, let digits): Double(units) / Self.powers[digits]
        case .moment(let seconds): Double(seconds)
        case .day(let days): Double(days * 86_400 - offset)
        case .native(let value): value.number(offset: offset)
        default: nil
        }
    }

    /// What filters and orders by text compare; nothing for null.
    var texts: [String] {
        switch self {
        case .null, .json, .unsetList, .comment: []
        case .text(let text): [text]
        case .integer(let number): [String(number)]
        case .decimal(let units, let digits): [Self.decimal(units, digits, isTrimmed: false)]
        case .flag(let flag): [flag ? "Y" : "N"]
        case .bool(let flag): [flag ? "1" : ""]
        case .moment(let seconds): [Moment.portal(Int64(seconds))]
        case .day(let days): [Moment.portal(days * 86_400 - Moment.moscow)]
        case .integers(let numbers): numbers.map { String($0) }
        case .texts(let texts): texts
        case .native(let value): value.texts
        }
    }

    private static let powers: [Double] = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]

    /// `1999.90`, or `1999.9` when zeros at the end are left out.
    static func decimal(_ units: Int64, _ digits: Int, isTrimmed: Bool) -> String {
        var text = String(units.magnitude)
        if digits > 0 {
            text = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
            text.insert(".", at: text.index(text.endIndex, offsetBy: -digits))
            if isTrimmed {
                while text.last == "0" { text.removeLast() }
                if text.last == "." { text.removeLast() }
            }
        }
        return units < 0 ? "-" + text : text
    }
}

/// How values are written: everything a string, or numbers as numbers.
enum PortalDialect: Sendable { case legacy, modern }

/// How values are written on one portal.
struct PortalStyle: Sendable {
    var dialect: PortalDialect
    /// The portal's distance from Greenwich, in seconds.
    var offset: Int64
    /// Whether a date is printed as the portal's own midnight.
    var hasOwnMidnight: Bool
    private let unsetMultiple: PortalOptions.UnsetMultiple
    private let comments: PortalOptions.Comments

    init(_ dialect: PortalDialect, _ options: PortalOptions) {
        self.dialect = dialect
        offset = Int64(options.utcOffset * 3600)
        hasOwnMidnight = options.midnight == .portal
        unsetMultiple = options.unsetMultiple
        comments = options.comments
    }

    /// Writes a value.
    func write(_ value: PortalValue, to writer: inout ByteWriter) {
        switch value {
        case .null: writer.raw("null")
        case .text(let text): writer.string(text)
        case .integer(let number):
            quoted(&writer) { $0.number(number) }
        case .decimal(let units, let digits):
            quoted(&writer) {
                $0.raw(PortalValue.decimal(units, digits, isTrimmed: dialect == .modern))
            }
        case .flag(let flag): writer.raw(flag ? "\"Y\"" : "\"N\"")
        case .moment(let seconds):
            writer.byte(34)
            Moment.write(Int64(seconds), offset: offset, to: &writer)
            writer.byte(34)
        case .day(let days):
            writer.byte(34)
            Moment.write(
                days * 86_400 - (hasOwnMidnight ? offset : 0), offset: offset, to: &writer)
            writer.byte(34)
        case .integers(let numbers):
            writer.byte(UInt8(ascii: "["))
            for (index, number) in numbers.enumerated() {
                if index > 0 { writer.byte(UInt8(ascii: ",")) }
                quoted(&writer) { $0.number(number) }
            }
            writer.byte(UInt8(ascii: "]"))
        case .texts(let texts):
            writer.byte(UInt8(ascii: "["))
            for (index, text) in texts.enumerated() {
                if index > 0 { writer.byte(UInt8(ascii: ",")) }
                writer.string(text)
            }
            writer.byte(UInt8(ascii: "]"))
        case .native(let value):
            var modern = self
            modern.dialect = .modern
            modern.write(value, to: &writer)
        case .unsetList:
            writer.raw(dialect == .legacy && unsetMultiple == .no ? "false" : "[]")
        case .comment(let isNull):
            switch comments {
            case .unset: writer.raw(isNull ? "null" : "\"\"")
            case .bbCode: writer.string("[p]Звонить до обеда — [b]строго[/b][/p]")
            case .html: writer.string("<p>Звонить до обеда &mdash; <b>строго</b></p>")
            }
        case .bool(let flag): writer.raw(flag ? "true" : "false")
        case .json(let json): writer.raw(json)
        }
    }

    private func quoted(_ writer: inout ByteWriter, _ write: (inout ByteWriter) -> Void) {
        if dialect == .legacy { writer.byte(34) }
        write(&writer)
        if dialect == .legacy { writer.byte(34) }
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
    var isRequired = false
    /// Whether it comes only when it is named, like the companies of a contact.
    var isHidden = false

    init(
        _ name: String, _ type: String = "string", _ title: String = "", isMultiple: Bool = false,
        isReadOnly: Bool = false, isRequired: Bool = false, isHidden: Bool = false
    ) {
        self.name = name
        self.type = type
        self.title = title.isEmpty ? name : title
        self.isMultiple = isMultiple
        self.isReadOnly = isReadOnly
        self.isRequired = isRequired
        self.isHidden = isHidden
    }

    /// Whether a portal's users made the field themselves.
    var isOwn: Bool { name.hasPrefix("UF_") || name.hasPrefix("ufCrm") }

    /// Whether filters compare it as a number.
    var isInteger: Bool {
        type == "integer" || type == "user"
            || (type.hasPrefix("crm_") && !Self.textual.contains(type))
    }
    /// Whether filters compare it as an amount.
    var isAmount: Bool { type == "double" || type == "money" }
    /// Whether filters compare it as an instant.
    var isInstant: Bool { type == "datetime" || type == "date" }

    private static let textual: Set = ["crm_status", "crm_currency", "crm_multifield"]
}
