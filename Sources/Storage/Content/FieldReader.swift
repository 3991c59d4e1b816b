internal import Records

/// Reads record fields back from the JSON of ``JSONWriter``, as PostgreSQL's `jsonb` gives it out.
///
/// Values are read by the types of the definition in force. One that does not fit, because the type
/// of its field was changed, is no value until the record is written again.
struct FieldReader: Sendable {
    private let names: [[UInt8]]
    private let types: [FieldType]

    init(_ definition: EntityDefinition) {
        names = definition.fields.map { Array($0.name.rawValue.utf8) }
        types = definition.fields.map(\.type)
    }

    /// A record's values before anything is read.
    var noValues: [FieldValue?] { Array(repeating: nil, count: names.count) }

    /// Reads an object into a record's values.
    ///
    /// - Returns: Whether the text was an object of the expected form.
    func read(_ text: String, into fields: inout [FieldValue?]) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var parser = JSONParser(bytes)
            return parser.object { parser, key in
                guard let value = parser.value() else { return false }
                // Fields are few: comparing names beats hashing them.
                if let index = names.firstIndex(where: { $0.elementsEqual(key) }) {
                    fields[index] = Self.typed(value, as: types[index])
                }
                return true
            }
        }
    }

    private static func typed(_ value: JSONParser.Value, as type: FieldType) -> FieldValue? {
        switch (type, value) {
        case (.boolean, .boolean(let flag)): .boolean(flag)
        case (.integer, .number(let text)): Int64(text).map(FieldValue.integer)
        case (.instant, .number(let text)): Int64(text).map(FieldValue.instant(epochSeconds:))
        case (.quantity, .number(let text)): Quantity(text).map(FieldValue.quantity)
        case (.date, .string(let text)): CalendarDate(text).map(FieldValue.date)
        case (.money, .money(let minorUnits, let currency)):
            .money(Money(minorUnits: minorUnits, currency: currency))
        case (.boolean, _), (.integer, _), (.instant, _), (.quantity, _), (.date, _), (.money, _):
            nil
        case (_, .string(let text)): .text(text)
        case (_, .strings(let texts)): texts.isEmpty ? nil : .texts(texts)
        default: nil
        }
    }
}

/// A parser of the JSON that record fields are kept in: no nesting but a list of strings and an
/// amount of money.
struct JSONParser {
    enum Value {
        case string(String)
        case strings([String])
        case boolean(Bool)
        case number(String)
        case money(minorUnits: Int64, currency: String)
        case null
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// Reads an object; the body reads the value of each key.
    mutating func object(
        _ body: (inout JSONParser, _ key: Slice<UnsafeBufferPointer<UInt8>>) -> Bool
    ) -> Bool {
        guard take(UInt8(ascii: "{")) else { return false }
        if take(UInt8(ascii: "}")) { return true }
        repeat {
            guard take(UInt8(ascii: "\"")) else { return false }
            let start = at
            while at < bytes.count, bytes[at] != UInt8(ascii: "\"") { at += 1 }
            let key = bytes[start..<min(at, bytes.count)]
            guard take(UInt8(ascii: "\"")), take(UInt8(ascii: ":")), body(&self, key) else {
                return false
            }
        } while take(UInt8(ascii: ","))
        return take(UInt8(ascii: "}"))
    }

    /// Reads a value; `nil` when it is not of an expected form.
    mutating func value() -> Value? {
        skipSpaces()
        guard at < bytes.count else { return nil }
        switch bytes[at] {
        case UInt8(ascii: "\""): return string().map(Value.string)
        case UInt8(ascii: "["): return strings().map(Value.strings)
        case UInt8(ascii: "{"): return money()
        case UInt8(ascii: "t"): return word("true") ? .boolean(true) : nil
        case UInt8(ascii: "f"): return word("false") ? .boolean(false) : nil
        case UInt8(ascii: "n"): return word("null") ? .null : nil
        default: return number().map(Value.number)
        }
    }

    private mutating func money() -> Value? {
        var (minorUnits, currency): (Int64?, String?) = (nil, nil)
        let isRead = object { parser, _ in
            switch parser.value() {
            case .number(let text): minorUnits = Int64(text)
            case .string(let text): currency = text
            default: return false
            }
            return true
        }
        guard isRead, let minorUnits, let currency else { return nil }
        return .money(minorUnits: minorUnits, currency: currency)
    }

    private mutating func strings() -> [String]? {
        guard take(UInt8(ascii: "[")) else { return nil }
        var strings: [String] = []
        if take(UInt8(ascii: "]")) { return strings }
        repeat {
            skipSpaces()
            guard let string = string() else { return nil }
            strings.append(string)
        } while take(UInt8(ascii: ","))
        return take(UInt8(ascii: "]")) ? strings : nil
    }

    private mutating func number() -> String? {
        let start = at
        while at < bytes.count, "+-.eE0123456789".utf8.contains(bytes[at]) { at += 1 }
        return at > start ? String(decoding: bytes[start..<at], as: UTF8.self) : nil
    }

    private mutating func word(_ text: String) -> Bool {
        guard bytes[at...].starts(with: text.utf8) else { return false }
        at += text.utf8.count
        return true
    }

    private mutating func string() -> String? {
        guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { return nil }
        at += 1
        let start = at
        while at < bytes.count, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\") {
            at += 1
        }
        guard at < bytes.count else { return nil }
        if bytes[at] == UInt8(ascii: "\"") {
            defer { at += 1 }
            return String(decoding: bytes[start..<at], as: UTF8.self)
        }
        return escapedString(Array(bytes[start..<at]))
    }

    /// The rest of a string that has an escape; PostgreSQL writes \u only for control characters.
    private mutating func escapedString(_ prefix: [UInt8]) -> String? {
        var text = prefix
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
            guard byte == UInt8(ascii: "\\") else {
                text.append(byte)
                continue
            }
            guard at < bytes.count else { return nil }
            let escape = bytes[at]
            at += 1
            switch escape {
            case UInt8(ascii: "n"): text.append(10)
            case UInt8(ascii: "t"): text.append(9)
            case UInt8(ascii: "r"): text.append(13)
            case UInt8(ascii: "b"): text.append(8)
            case UInt8(ascii: "f"): text.append(12)
            case UInt8(ascii: "u"):
                guard at + 4 <= bytes.count,
                    let code = UInt16(
                        String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16),
                    let scalar = Unicode.Scalar(code)
                else { return nil }
                at += 4
                text.append(contentsOf: String(Character(scalar)).utf8)
            default: text.append(escape)
            }
        }
        return nil
    }

    private mutating func skipSpaces() {
        while at < bytes.count, bytes[at] == 0x20 { at += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpaces()
        guard at < bytes.count, bytes[at] == byte else { return false }
        at += 1
        return true
    }
}
