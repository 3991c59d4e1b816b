internal import Records

/// Writes the JSON of record fields; faster by far than a general encoder, for a hundred thousand.
struct JSONWriter {
    private var bytes: [UInt8] = []
    private var isFirst = true

    init() { bytes.reserveCapacity(256) }

    /// What was written.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func beginObject() { bytes.append(UInt8(ascii: "{")) }

    mutating func endObject() { bytes.append(UInt8(ascii: "}")) }

    /// A key of the object; the value has to follow.
    mutating func key(_ name: [UInt8]) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        bytes.append(UInt8(ascii: "\""))
        for byte in name { append(byte) }
        bytes.append(contentsOf: [UInt8(ascii: "\""), UInt8(ascii: ":")])
    }

    /// A value: texts and dates as strings, several texts as an array, numbers as exact numbers,
    /// money as an object, moments as seconds.
    mutating func value(_ value: FieldValue) {
        switch value {
        case .text(let text): string(text)
        case .texts(let texts):
            bytes.append(UInt8(ascii: "["))
            for (index, text) in texts.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                string(text)
            }
            bytes.append(UInt8(ascii: "]"))
        case .boolean(let flag): raw(flag ? "true" : "false")
        case .integer(let number): raw(String(number))
        case .quantity(let quantity): raw(quantity.description)
        case .money(let money):
            raw("{\"minor\":\(money.minorUnits),\"currency\":")
            string(money.currency)
            raw("}")
        case .date(let date): string(date.description)
        case .instant(let seconds): raw(String(seconds))
        }
    }

    private mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 { append(byte) }
        bytes.append(UInt8(ascii: "\""))
    }

    /// A byte of a string.
    ///
    /// NUL is left out: neither `text` nor `jsonb` can hold it, and readers have
    /// mended it before.
    private mutating func append(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        case 0: break
        case 1..<0x20:
            let digits = Array("0123456789abcdef".utf8)
            raw("\\u00")
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 15)])
        default: bytes.append(byte)
        }
    }
}
