/// Query strings and form bodies in PHP's bracket syntax: `filter[>ID]=5&select[]=ID`.
enum FormDecoding {
    /// Reads a query string or a form body.
    static func parameters(_ text: some StringProtocol) -> Parameter {
        var result = Parameter.empty
        for pair in text.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = percentDecoded(halves[0], plusIsSpace: true)
            let value = halves.count > 1 ? percentDecoded(halves[1], plusIsSpace: true) : ""
            let path = path(of: name)
            guard !path.isEmpty else { continue }
            result.set(path[...], .text(value))
        }
        return result
    }

    /// Decodes `%XX`; a malformed escape stays as it is, broken UTF-8 becomes U+FFFD.
    static func percentDecoded(_ text: some StringProtocol, plusIsSpace: Bool) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "+"), plusIsSpace {
                bytes.append(32)
            } else if byte == UInt8(ascii: "%"),
                let high = rest.first.flatMap(hexadecimalDigit),
                let low = rest.dropFirst().first.flatMap(hexadecimalDigit)
            {
                bytes.append(high << 4 | low)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Encodes all but letters, digits and `-._~`.
    static func percentEncoded(_ text: String) -> String {
        var writer = ByteWriter(capacity: text.utf8.count)
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                writer.byte(byte)
            default:
                writer.raw([UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]])
            }
        }
        return writer.text
    }

    /// `filter[>ID][]` as `["filter", ">ID", ""]`.
    private static func path(of name: String) -> [String] {
        guard let open = name.firstIndex(of: "[") else { return name.isEmpty ? [] : [name] }
        var path = [String(name[..<open])]
        var rest = name[open...]
        while rest.first == "[", let close = rest.firstIndex(of: "]") {
            path.append(String(rest[rest.index(after: rest.startIndex)..<close]))
            rest = rest[rest.index(after: close)...]
        }
        return path[0].isEmpty ? [] : path
    }
}
