/// PostgreSQL's text form of a one-dimensional array: `{plain,"quoted \" one",NULL}`.
enum ArrayLiteral {
    static func encode(_ texts: some Sequence<String?>) -> String {
        var literal = "{"
        var first = true
        for text in texts {
            if !first { literal += "," }
            first = false
            guard let text else {
                literal += "NULL"
                continue
            }
            literal += "\""
            for scalar in text.unicodeScalars {
                if scalar == "\"" || scalar == "\\" { literal += "\\" }
                literal.unicodeScalars.append(scalar)
            }
            literal += "\""
        }
        return literal + "}"
    }

    /// The elements of an array; `nil` when the text is not a one-dimensional array.
    static func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> [String?]? {
        var at = 0
        // Bounds other than 1 come first: [0:2]={a,b,c}.
        if bytes.first == UInt8(ascii: "[") {
            guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            at = equals + 1
        }
        guard at < bytes.count, bytes[at] == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}")
        else { return nil }
        at += 1
        let end = bytes.count - 1
        var elements: [String?] = []
        while at < end {
            if bytes[at] == UInt8(ascii: "{") { return nil }
            let element: String?
            if bytes[at] == UInt8(ascii: "\"") {
                element = quoted(bytes, &at, end)
            } else {
                let start = at
                while at < end, bytes[at] != UInt8(ascii: ",") { at += 1 }
                let text = String(
                    decoding: UnsafeBufferPointer(rebasing: bytes[start..<at]), as: UTF8.self)
                element = text == "NULL" ? nil : text
            }
            elements.append(element)
            if at < end {
                guard bytes[at] == UInt8(ascii: ",") else { return nil }
                at += 1
            }
        }
        return elements
    }

    private static func quoted(
        _ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int, _ end: Int
    ) -> String {
        var content: [UInt8] = []
        at += 1
        while at < end, bytes[at] != UInt8(ascii: "\"") {
            if bytes[at] == UInt8(ascii: "\\") { at += 1 }
            content.append(bytes[at])
            at += 1
        }
        at += 1
        return String(decoding: content, as: UTF8.self)
    }
}
