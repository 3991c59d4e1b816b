/// Reads a JSON body into PHP's view of it, keeping the order of keys: commands of a batch run in
/// the order in which they are written.
struct JSONDecoding {
    private var bytes: ArraySlice<UInt8>

    /// Reads a body.
    ///
    /// - Returns: `nil` when it is not JSON, or not an object or array.
    static func parameters(_ body: some Sequence<UInt8>) -> Parameter? {
        var decoding = JSONDecoding(bytes: Array(body)[...])
        guard let value = decoding.value(depth: 0), value.isArray else { return nil }
        decoding.skipSpace()
        return decoding.bytes.isEmpty ? value : nil
    }

    /// Reads any value that the sandbox wrote itself.
    static func value(_ json: [UInt8]) -> Parameter {
        var decoding = JSONDecoding(bytes: json[...])
        return decoding.value(depth: 0) ?? .null
    }

    /// Reads one element of a list that the sandbox wrote itself, and passes over the others.
    ///
    /// - Returns: `nil` when the text is no list or the list is shorter.
    static func element(_ position: Int, ofList json: [UInt8]) -> Parameter? {
        guard json.first == UInt8(ascii: "["), position >= 0 else { return nil }
        var (depth, number, start, isInString) = (0, 0, 1, false)
        var index = 1
        while index < json.count {
            let byte = json[index]
            if isInString {
                if byte == UInt8(ascii: "\\") { index += 1 }
                if byte == UInt8(ascii: "\"") { isInString = false }
            } else {
                switch byte {
                case UInt8(ascii: "\""): isInString = true
                case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
                case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"):
                    if depth == 0 {
                        if number == position, index > start {
                            var decoding = JSONDecoding(bytes: json[start..<index])
                            return decoding.value(depth: 0)
                        }
                        number += 1
                        start = index + 1
                    }
                    if byte != UInt8(ascii: ",") { depth -= 1 }
                default: break
                }
            }
            index += 1
        }
        return nil
    }

    private mutating func skipSpace() {
        while let byte = bytes.first, byte == 32 || byte == 10 || byte == 13 || byte == 9 {
            bytes.removeFirst()
        }
    }

    private mutating func take(_ byte: Character) -> Bool {
        skipSpace()
        guard let first = bytes.first, first == byte.asciiValue else { return false }
        bytes.removeFirst()
        return true
    }

    private mutating func value(depth: Int) -> Parameter? {
        guard depth < 64 else { return nil }
        if take("{") { return object(depth: depth) }
        if take("[") { return list(depth: depth) }
        guard let first = bytes.first else { return nil }
        if first == UInt8(ascii: "\"") { return string().map(Parameter.text) }
        let end =
            bytes.firstIndex {
                $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "}") || $0 == UInt8(ascii: "]")
                    || $0 <= 32
            } ?? bytes.endIndex
        let word = String(decoding: bytes[..<end], as: UTF8.self)
        bytes = bytes[end...]
        switch word {
        case "null": return .null
        case "true": return .text("1")
        case "false": return .text("")
        default: return Double(word) == nil ? nil : .text(word)
        }
    }

    private mutating func object(depth: Int) -> Parameter? {
        var entries: [(key: String, value: Parameter)] = []
        if take("}") { return .array([]) }
        while true {
            skipSpace()
            guard let key = string(), take(":"), let value = value(depth: depth + 1) else {
                return nil
            }
            entries.append((key, value))
            if take("}") { return .array(entries) }
            guard take(",") else { return nil }
        }
    }

    private mutating func list(depth: Int) -> Parameter? {
        var entries: [(key: String, value: Parameter)] = []
        if take("]") { return .array([]) }
        while true {
            guard let value = value(depth: depth + 1) else { return nil }
            entries.append((String(entries.count), value))
            if take("]") { return .array(entries) }
            guard take(",") else { return nil }
        }
    }

    private mutating func string() -> String? {
        guard bytes.popFirst() == UInt8(ascii: "\"") else { return nil }
        var text: [UInt8] = []
        var surrogate: UInt32 = 0
        while let byte = bytes.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let escape = bytes.popFirst() else { return nil }
                switch escape {
                case UInt8(ascii: "n"): text.append(10)
                case UInt8(ascii: "r"): text.append(13)
                case UInt8(ascii: "t"): text.append(9)
                case UInt8(ascii: "b"): text.append(8)
                case UInt8(ascii: "f"): text.append(12)
                case UInt8(ascii: "u"):
                    guard bytes.count >= 4 else { return nil }
                    var unit: UInt32 = 0
                    for _ in 0..<4 {
                        guard let digit = bytes.popFirst().flatMap(hexadecimalDigit) else {
                            return nil
                        }
                        unit = unit << 4 | UInt32(digit)
                    }
                    if unit & 0xFC00 == 0xD800 {
                        surrogate = unit
                        continue
                    }
                    if unit & 0xFC00 == 0xDC00, surrogate != 0 {
                        unit = 0x10000 + (surrogate & 0x3FF) << 10 + (unit & 0x3FF)
                    }
                    surrogate = 0
                    let scalar = Unicode.Scalar(unit) ?? "\u{FFFD}"
                    text.append(contentsOf: String(scalar).utf8)
                default: text.append(escape)
                }
            case 0..<32: return nil
            default: text.append(byte)
            }
        }
        return nil
    }
}
