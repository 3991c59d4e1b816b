/// Texts as Excel and XML 1.0 can hold them.
enum CellText {
    /// The greatest length of a text in a cell, in UTF-16 units.
    static let lengthMax = 32_767

    /// A text without the characters that XML 1.0 forbids, cut with an ellipsis where too long.
    static func clean(_ text: String) -> String {
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

    /// Whether Excel takes a text that begins so for a formula when a person edits the cell.
    static func beginsFormula(_ first: UInt8) -> Bool {
        first == UInt8(ascii: "=") || first == UInt8(ascii: "+") || first == UInt8(ascii: "-")
            || first == UInt8(ascii: "@")
    }

    /// Whether a text is as it should be and no more than a text, which its bytes tell at a glance.
    ///
    /// - Returns: `false` also where that takes a closer look.
    static func isPlain(_ text: String) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { bytes in
            guard bytes.count <= lengthMax, let first = bytes.first, !beginsFormula(first) else {
                return bytes.isEmpty
            }
            return isPlain(bytes)
        } ?? false
    }

    /// Whether none of some bytes is a control character, `_` (which may begin an escaped character)
    /// or 0xEF (which begins U+FFFE and U+FFFF, beside much that is allowed); eight at a time.
    private static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let raw = UnsafeRawBufferPointer(bytes)
        var at = 0
        while at + 8 <= raw.count {
            guard !hasOddByte(raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)) else {
                return false
            }
            at += 8
        }
        // Spaces, which are plain, fill up what is left.
        var rest: UInt64 = 0x2020_2020_2020_2020
        while at < raw.count {
            rest = rest << 8 | UInt64(raw[at])
            at += 1
        }
        return !hasOddByte(rest)
    }

    /// Whether one of eight bytes is below 0x20 or is 0x7F, `_` or 0xEF.
    ///
    /// Source: Anderson, "Bit Twiddling Hacks", "Determine if a word has a byte less than n", "… equal
    /// to n".
    private static func hasOddByte(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        func zero(_ word: UInt64) -> UInt64 { (word &- ones) & ~word }
        let below = (word &- ones &* 0x20) & ~word
        let odd =
            below | zero(word ^ (ones &* 0x7F)) | zero(word ^ (ones &* 0x5F))
            | zero(word ^ (ones &* 0xEF))
        return odd & (ones &* 0x80) != 0
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
