/// Writes JSON text: requests, and the payloads of records that did not come as JSON.
public struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// Makes an empty text.
    public init() {}

    /// The text written so far.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The text written so far, in UTF-8.
    public var utf8: [UInt8] { bytes }

    /// Writes an object; its members are written by the closure.
    public mutating func object(_ members: (inout JSONWriter) -> Void) {
        container(UInt8(ascii: "{"), UInt8(ascii: "}"), members)
    }

    /// Writes an array; its elements are written by the closure.
    public mutating func array(_ elements: (inout JSONWriter) -> Void) {
        container(UInt8(ascii: "["), UInt8(ascii: "]"), elements)
    }

    /// Writes a member's name; its value is to be written next.
    public mutating func name(_ name: String) {
        separate()
        quote(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes a text.
    public mutating func write(_ text: String) {
        separate()
        quote(text)
    }

    /// Writes a whole number.
    public mutating func write(_ number: Int) {
        separate()
        bytes.append(contentsOf: String(number).utf8)
    }

    /// Writes `true` or `false`.
    public mutating func write(_ flag: Bool) {
        separate()
        bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    }

    /// Writes `null`.
    public mutating func writeNull() {
        separate()
        bytes.append(contentsOf: "null".utf8)
    }

    /// Writes a value that was read, its strings mended and numbers as they came.
    public mutating func write(_ value: JSONValue) {
        switch value.kind {
        case .null: writeNull()
        case .true: write(true)
        case .false: write(false)
        case .string: write(value.string ?? "")
        case .number:
            separate()
            bytes.append(contentsOf: (value.scalarText ?? "0").utf8)
        case .array:
            array { writer in for element in value.elements { writer.write(element) } }
        case .object:
            object { writer in
                for (name, member) in value.members {
                    writer.name(name)
                    writer.write(member)
                }
            }
        }
    }

    private mutating func container(
        _ opening: UInt8, _ closing: UInt8, _ content: (inout JSONWriter) -> Void
    ) {
        separate()
        bytes.append(opening)
        needsComma = false
        content(&self)
        bytes.append(closing)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0x0A: bytes.append(contentsOf: "\\n".utf8)
            case 0x0D: bytes.append(contentsOf: "\\r".utf8)
            case 0x09: bytes.append(contentsOf: "\\t".utf8)
            case 0x00..<0x20:
                let hexadecimal = String(byte, radix: 16)
                bytes.append(contentsOf: "\\u00".utf8)
                if hexadecimal.utf8.count == 1 { bytes.append(UInt8(ascii: "0")) }
                bytes.append(contentsOf: hexadecimal.utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
