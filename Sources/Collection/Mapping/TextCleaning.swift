/// What is done to every text before it becomes a field's value.
public enum TextCleaning {
    /// Texts up to this many characters are kept whole; longer ones are cut, with a note.
    public static let longestText = 20_000

    /// A text without spaces, line ends and invisible marks around it; non-breaking ones too.
    public static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.first, let last = scalars.last else { return text }
        if !isSpace(first), !isSpace(last) { return text }
        guard let start = scalars.firstIndex(where: { !isSpace($0) }),
            let end = scalars.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(scalars[start...end])
    }

    /// Whether nothing stands around a text that ``trimmed(_:)`` would take away; `false` also where
    /// only a closer look can tell.
    @inline(__always)
    static func isTrimmed(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = text.first, let last = text.last else { return true }
        return isLetter(first)
            && (isLetter(last)
                || last >= 0x80 && text.count > 1 && isCyrillic(text[text.count - 2]))
    }

    /// Whether a byte is one of ASCII that can be seen, or begins a Cyrillic letter.
    private static func isLetter(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F || isCyrillic(byte)
    }

    private static func isCyrillic(_ byte: UInt8) -> Bool { byte == 0xD0 || byte == 0xD1 }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x20, 0x7F...0xA0, 0x1680, 0x2000...0x200F, 0x2028, 0x2029, 0x202F, 0x205F,
            0x2060, 0x3000, 0xFEFF:
            true
        default: false
        }
    }

    /// A text no longer than ``longestText``, and whether it had to be cut.
    static func bounded(_ text: String) -> (text: String, isCut: Bool) {
        guard text.utf8.count > longestText else { return (text, false) }
        let kept = text.prefix(longestText)
        return kept.endIndex < text.endIndex ? (String(kept), true) : (text, false)
    }

    /// A text with HTML's entities turned into the characters they stand for; once, not again.
    public static func decodingHTMLEntities(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var decoded = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "&") {
            decoded += rest[..<start]
            rest = rest[start...]
            let name = rest.dropFirst().prefix { $0 != ";" && $0 != "&" && $0 != " " }
            let end = rest.index(rest.startIndex, offsetBy: name.count + 1)
            if name.count <= 8, end < rest.endIndex, rest[end] == ";", let text = entity(name) {
                decoded += text
                rest = rest[rest.index(after: end)...]
            } else {
                decoded += "&"
                rest = rest.dropFirst()
            }
        }
        return decoded + rest
    }

    private static func entity(_ name: Substring) -> String? {
        if name.first == "#" {
            let digits = name.dropFirst()
            let isHexadecimal = digits.first == "x" || digits.first == "X"
            let code = UInt32(
                digits.dropFirst(isHexadecimal ? 1 : 0), radix: isHexadecimal ? 16 : 10)
            guard let code, code != 0, let scalar = Unicode.Scalar(code) else { return nil }
            return String(scalar)
        }
        return namedEntities[String(name)]
    }

    private static let namedEntities = [
        "quot": "\"", "amp": "&", "lt": "<", "gt": ">", "apos": "'", "nbsp": "\u{A0}",
        "laquo": "«", "raquo": "»", "ldquo": "“", "rdquo": "”", "bdquo": "„", "ndash": "–",
        "mdash": "—", "hellip": "…", "copy": "©", "reg": "®", "shy": "\u{AD}",
    ]
}
