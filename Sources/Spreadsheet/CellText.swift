/// Texts as Excel and XML 1.0 can hold them.
enum CellText {
    /// The greatest length of a text in a cell, in UTF-16 units.
    static let lengthMax = 32_767

    /// A text without the characters that XML 1.0 forbids, cut with an ellipsis where too long.
    static func clean(_ text: String) -> String {
        // Nearly all texts are as they should be, which their bytes tell at a glance.
        if text.utf8.withContiguousStorageIfAvailable(isPlain) == true { return text }
        let needsCleaning = text.unicodeScalars.contains { !isAllowed($0) }
        var clean = needsCleaning ? removingForbidden(text) : text
        // Excel reads `_x000D_` as a character of that number, whoever wrote it; the underscore
        // written as a number itself keeps it what it is (ECMA-376, part 1, 22.4.2.4).
        if clean.utf8.contains(UInt8(ascii: "_")), clean.contains("_x") {
            clean = clean.replacing(/_(?=x[0-9A-Fa-f]{4}_)/, with: "_x005F_")
        }
        // A UTF-8 text has never fewer bytes than UTF-16 units, so the cheap test comes first.
        if clean.utf8.count > lengthMax, clean.utf16.count > lengthMax { clean = cut(clean) }
        return clean
    }

    /// Whether Excel would take the text for a formula when a person edits the cell.
    static func looksLikeFormula(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return false }
        return first == UInt8(ascii: "=") || first == UInt8(ascii: "+")
            || first == UInt8(ascii: "-") || first == UInt8(ascii: "@")
    }

    /// Whether bytes hold nothing that is forbidden, escaped or too long; `false` also when that takes
    /// a closer look.
    private static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count <= lengthMax else { return false }
        for byte in bytes {
            // 0xEF begins U+FFFE and U+FFFF, beside much that is allowed.
            if byte < 0x20 && byte != 0x09 && byte != 0x0A || byte == UInt8(ascii: "_")
                || byte == 0x7F || byte == 0xEF
            {
                return false
            }
        }
        return true
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: true
        case 0x00..<0x20, 0x7F, 0xFFFE, 0xFFFF: false
        default: true
        }
    }

    private static func removingForbidden(_ text: String) -> String {
        var kept = String.UnicodeScalarView()
        var followsReturn = false
        for scalar in text.unicodeScalars {
            // A return ends a line like a line feed; both together end one line, not two.
            if scalar == "\r" {
                kept.append("\n")
            } else if isAllowed(scalar), !(followsReturn && scalar == "\n") {
                kept.append(scalar)
            }
            followsReturn = scalar == "\r"
        }
        return String(kept)
    }

    private static func cut(_ text: String) -> String {
        var kept = String.UnicodeScalarView()
        var units = 0
        for scalar in text.unicodeScalars {
            units += UTF16.width(scalar)
            guard units < lengthMax else { break }
            kept.append(scalar)
        }
        return String(kept) + "…"
    }
}
