/// Turns the bytes between two quotes into text: escapes undone, NULs left out, the rest mended.
enum JSONStringDecoder {
    /// Decodes a string that the parser has passed.
    static func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\\") {
                position = appendEscape(bytes, at: position, to: &text)
            } else if byte >= 0x80 {
                let length = UTF8Sequence.length(in: bytes, at: position)
                if length == 0 {
                    text.append(contentsOf: replacement)
                } else {
                    text.append(contentsOf: bytes[position..<position + length])
                }
                position += max(1, length)
            } else {
                if byte != 0 { text.append(byte) }
                position += 1
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// U+FFFD, which stands for what could not be read.
    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    private static func appendEscape(
        _ bytes: UnsafeBufferPointer<UInt8>, at position: Int, to text: inout [UInt8]
    ) -> Int {
        switch bytes[position + 1] {
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): return appendUnit(bytes, at: position, to: &text)
        case let literal: text.append(literal)
        }
        return position + 2
    }

    private static func appendUnit(
        _ bytes: UnsafeBufferPointer<UInt8>, at position: Int, to text: inout [UInt8]
    ) -> Int {
        let unit = self.unit(bytes, at: position + 2)
        var (code, next) = (unit, position + 6)
        if unit & 0xFC00 == 0xD800, next + 6 <= bytes.count, bytes[next] == UInt8(ascii: "\\"),
            bytes[next + 1] == UInt8(ascii: "u")
        {
            let low = self.unit(bytes, at: next + 2)
            if low & 0xFC00 == 0xDC00 {
                code = 0x10000 + ((unit & 0x3FF) << 10) + (low & 0x3FF)
                next += 6
            }
        }
        if code != 0 {
            let scalar = Unicode.Scalar(code) ?? "\u{FFFD}"
            text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
        return next
    }

    private static func unit(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> UInt32 {
        var unit: UInt32 = 0
        for offset in start..<start + 4 {
            unit = unit << 4 | UInt32(HexadecimalDigit.value(bytes[offset]) ?? 0)
        }
        return unit
    }
}
