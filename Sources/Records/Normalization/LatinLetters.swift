/// Latin letters with marks, as the plain letters that a person without them on the keyboard types.
enum LatinLetters {
    /// The plain lower-case letters for a letter of Latin-1 or Latin Extended-A.
    ///
    /// A háček becomes an `h`, as transliteration does: `š` is `sh`.
    static func base(of value: UInt32) -> [UInt16]? {
        guard value >= 0xC0, value <= 0x17F, value != 0xD7, value != 0xF7 else { return nil }
        return table[Int(value) - 0xC0]
    }

    private static let table: [[UInt16]?] = {
        // Each group: the plain letters, then those that become them, both cases.
        let groups: [(String, String)] = [
            ("a", "ÀÁÂÃÅàáâãåĀāĂăĄą"), ("ae", "ÄäÆæ"), ("c", "ÇçĆćĈĉĊċ"), ("ch", "Čč"),
            ("d", "ÐðĎďĐđ"), ("e", "ÈÉÊËèéêëĒēĔĕĖėĘęĚě"), ("g", "ĜĝĞğĠġĢģ"), ("h", "ĤĥĦħ"),
            ("i", "ÌÍÎÏìíîïĨĩĪīĬĭĮįİı"), ("j", "Ĵĵ"), ("k", "Ķķĸ"), ("l", "ĹĺĻļĽľĿŀŁł"),
            ("n", "ÑñŃńŅņŇňŉŊŋ"), ("o", "ÒÓÔÕØòóôõøŌōŎŏŐő"), ("oe", "ÖöŒœ"), ("r", "ŔŕŖŗŘř"),
            ("s", "ŚśŜŝŞşſ"), ("sh", "Šš"), ("ss", "ß"), ("t", "ŢţŤťŦŧ"), ("th", "Þþ"),
            ("u", "ÙÚÛùúûŨũŪūŬŭŮůŰűŲų"), ("ue", "Üü"), ("w", "Ŵŵ"), ("y", "ÝýÿŶŷŸ"),
            ("z", "ŹźŻż"), ("zh", "Žž"),
        ]
        var table = [[UInt16]?](repeating: nil, count: 0x180 - 0xC0)
        for (plain, marked) in groups {
            for scalar in marked.unicodeScalars {
                table[Int(scalar.value) - 0xC0] = Array(plain.utf16)
            }
        }
        return table
    }()
}

/// The HTML entities that get into names when a page is copied.
enum HTMLEntities {
    /// Replaces entities by their characters, also doubly encoded ones; what is not one stays.
    static func decode(_ text: String) -> String {
        var result = decodeOnce(text)
        if result.utf8.contains(UInt8(ascii: "&")) { result = decodeOnce(result) }
        return result
    }

    private static func decodeOnce(_ text: String) -> String {
        var result = ""
        var rest = Substring(text)
        while let start = rest.firstIndex(of: "&") {
            result += rest[..<start]
            let tail = rest[rest.index(after: start)...].prefix(10)
            if let end = tail.firstIndex(of: ";"), let character = character(tail[..<end]) {
                result.append(character)
                rest = rest[rest.index(after: end)...]
            } else {
                result.append("&")
                rest = rest[rest.index(after: start)...]
            }
        }
        return result + rest
    }

    private static func character(_ name: Substring) -> Character? {
        switch name {
        case "quot": return "\""
        case "amp": return "&"
        case "apos": return "'"
        case "lt": return "<"
        case "gt": return ">"
        case "nbsp": return " "
        case "laquo": return "«"
        case "raquo": return "»"
        case "ldquo", "bdquo": return "\u{201E}"
        case "rdquo": return "\u{201D}"
        case "ndash", "mdash", "minus", "shy": return "-"
        case "num", "numero": return "№"
        default: break
        }
        guard name.first == "#" else { return nil }
        let digits = name.dropFirst()
        let code =
            digits.first == "x" || digits.first == "X"
            ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return code.flatMap(Unicode.Scalar.init).map(Character.init)
    }
}
