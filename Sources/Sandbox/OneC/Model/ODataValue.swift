/// A value of an entity, with the type that decides how each format writes it.
enum ODataValue: Sendable {
    case null
    case string(String)
    case guid(GUID)
    case boolean(Bool)
    /// Int64, which JSON carries as a string.
    case long(Int64)
    /// Int16, Int32 or Double: a number in JSON, exact here: `units` divided by ten to `scale`.
    case number(units: Int64, scale: UInt8)
    /// Moscow's wall clock of an instant; zero is 1C's empty date.
    case moment(UInt32)
    /// A field of several types: the reference and the set that it leads to; no set, no value.
    case reference(GUID, set: String?)

    /// A whole number.
    static func int(_ number: Int) -> ODataValue { .number(units: Int64(number), scale: 0) }
    /// Kopecks, as roubles.
    static func money(_ kopecks: Int64) -> ODataValue { .number(units: kopecks, scale: 2) }
    /// Thousandths, as units of measure.
    static func quantity(_ thousandths: Int64) -> ODataValue {
        .number(units: thousandths, scale: 3)
    }

    /// The text between quotes, or the bare word.
    var text: String {
        switch self {
        case .null: ""
        case .string(let text): text
        case .guid(let guid): guid.text
        case .boolean(let flag): flag ? "true" : "false"
        case .long(let number): String(number)
        case .number(let units, let scale): Self.decimal(units, scale)
        case .moment(let seconds):
            seconds == 0 ? "0001-01-01T00:00:00" : Moment.local(Int64(seconds))
        case .reference(let guid, let set): set == nil ? "" : guid.text
        }
    }

    /// The number that the value is; `nil` of anything else.
    var number: Double? {
        switch self {
        case .long(let number): Double(number)
        case .number(let units, let scale):
            Double(units) / [1, 10, 100, 1000, 10_000, 100_000, 1_000_000][Int(scale)]
        default: nil
        }
    }

    /// The reference that the value is, with no regard to where it leads; `nil` when it is empty.
    var target: GUID? {
        switch self {
        case .guid(let guid): guid == .zero ? nil : guid
        case .reference(let guid, let set): set == nil ? nil : guid
        default: nil
        }
    }

    /// Writes the value as JSON.
    func write(to writer: inout ByteWriter) {
        switch self {
        case .null: writer.raw("null")
        case .guid(let guid): writer.guid(guid)
        case .boolean(let flag): writer.raw(flag ? "true" : "false")
        case .string(let text): writer.string(text)
        case .number(let units, let scale):
            if scale == 0 { writer.number(units) } else { writer.raw(Self.decimal(units, scale)) }
        case .long, .moment, .reference: writer.string(text)
        }
    }

    /// `22729.17`, `150129`: a dot, and no zeros at the end.
    private static func decimal(_ units: Int64, _ scale: UInt8) -> String {
        guard scale > 0 else { return String(units) }
        var digits = Array(String(units.magnitude).utf8)
        while digits.count <= Int(scale) { digits.insert(48, at: 0) }
        var fraction = digits.suffix(Int(scale))
        while fraction.last == 48 { fraction.removeLast() }
        var text = Array((units < 0 ? "-" : "").utf8) + digits.dropLast(Int(scale))
        if !fraction.isEmpty { text += [UInt8(ascii: ".")] + fraction }
        return String(decoding: text, as: UTF8.self)
    }
}
