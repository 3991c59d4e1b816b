/// Builds an answer in one buffer: rows are written byte by byte, without a tree or a coder.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []
    /// Whether `/` is written as `\/`, as PHP does.
    var escapesSlashes = false

    init(capacity: Int = 512, escapesSlashes: Bool = false) {
        bytes.reserveCapacity(capacity)
        self.escapesSlashes = escapesSlashes
    }

    /// The bytes as text.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Text as it is.
    mutating func raw(_ text: StaticString) {
        bytes.append(
            contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Text as it is.
    mutating func raw(_ text: String) {
        var text = text
        text.withUTF8 { bytes.append(contentsOf: $0) }
    }

    /// Bytes as they are.
    mutating func raw(_ other: [UInt8]) { bytes.append(contentsOf: other) }

    /// One byte.
    mutating func byte(_ byte: UInt8) { bytes.append(byte) }

    /// A decimal number.
    mutating func number(_ number: Int64) {
        guard number != 0 else { return bytes.append(48) }
        var rest = number.magnitude
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        let start = bytes.count
        while rest > 0 {
            bytes.append(48 + UInt8(rest % 10))
            rest /= 10
        }
        bytes[start...].reverse()
    }

    /// A decimal number of at least so many digits.
    mutating func number(_ number: Int64, digits: Int) {
        var threshold: Int64 = 10
        for _ in 1..<digits {
            if number < threshold { bytes.append(48) }
            threshold *= 10
        }
        self.number(number)
    }

    /// A JSON string.
    mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { escaped($0) }
        bytes.append(UInt8(ascii: "\""))
    }

    /// A JSON string, or `null`.
    mutating func optionalString(_ text: String?) {
        if let text { string(text) } else { raw("null") }
    }

    /// A JSON string of a GUID.
    mutating func guid(_ guid: GUID) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 38) { buffer in
            buffer[0] = UInt8(ascii: "\"")
            guid.write { buffer[$0 + 1] = $1 }
            buffer[37] = UInt8(ascii: "\"")
            bytes.append(contentsOf: buffer)
        }
    }

    /// Text between the tags of XML.
    mutating func xml(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): raw("&amp;")
            case UInt8(ascii: "<"): raw("&lt;")
            case UInt8(ascii: ">"): raw("&gt;")
            default: bytes.append(byte)
            }
        }
    }

    /// Removes the last byte when it is this one, such as a comma too many.
    mutating func dropLast(_ byte: UInt8) {
        if bytes.last == byte { bytes.removeLast() }
    }

    /// Forgets what was written after a place.
    mutating func truncate(to count: Int) { bytes.removeLast(bytes.count - count) }

    private mutating func escaped(_ text: UnsafeBufferPointer<UInt8>) {
        var start = 0
        for index in text.indices {
            let byte = text[index]
            guard byte < 32 || byte == 34 || byte == 92 || (byte == 47 && escapesSlashes) else {
                continue
            }
            bytes.append(contentsOf: text[start..<index])
            start = index + 1
            bytes.append(92)
            switch byte {
            case 10: bytes.append(UInt8(ascii: "n"))
            case 13: bytes.append(UInt8(ascii: "r"))
            case 9: bytes.append(UInt8(ascii: "t"))
            case 34, 47, 92: bytes.append(byte)
            default:
                raw("u00")
                let digits: StaticString = "0123456789abcdef"
                bytes.append(digits.utf8Start[Int(byte >> 4)])
                bytes.append(digits.utf8Start[Int(byte & 15)])
            }
        }
        bytes.append(contentsOf: text[start...])
    }
}
