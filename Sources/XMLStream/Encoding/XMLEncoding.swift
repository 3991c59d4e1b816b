/// An encoding in which 1C and what exchanges with it write documents.
public enum XMLEncoding: String, Hashable, Sendable, CaseIterable {
    /// UTF-8, with or without a byte order mark.
    case utf8 = "UTF-8"
    /// The Cyrillic code page of Windows.
    case windows1251 = "windows-1251"
    /// UTF-16, the lower byte first.
    case utf16LittleEndian = "UTF-16LE"
    /// UTF-16, the higher byte first.
    case utf16BigEndian = "UTF-16BE"
}

/// What a document says of itself in its first bytes.
struct XMLProlog: Hashable {
    /// As many bytes as a prolog is looked for in.
    static let byteCount = 1_024

    /// The encoding that the bytes themselves show: a byte order mark, or UTF-16's zeros.
    private(set) var shown: XMLEncoding?
    /// The bytes of the byte order mark.
    private(set) var markByteCount = 0
    /// The name after `encoding=`, as it stands there.
    private(set) var declared: String?

    init(_ bytes: ArraySlice<UInt8>) {
        func begins(_ start: [UInt8]) -> Bool { bytes.starts(with: start) }
        if begins([0xEF, 0xBB, 0xBF]) {
            (shown, markByteCount) = (.utf8, 3)
        } else if begins([0xFF, 0xFE]) {
            (shown, markByteCount) = (.utf16LittleEndian, 2)
        } else if begins([0xFE, 0xFF]) {
            (shown, markByteCount) = (.utf16BigEndian, 2)
        } else if begins([0x3C, 0]) {
            shown = .utf16LittleEndian
        } else if begins([0, 0x3C]) {
            shown = .utf16BigEndian
        }
        declared = Self.declaration(in: bytes.dropFirst(markByteCount), shown)
    }

    /// The declared encoding, if it is one of ours.
    ///
    /// - Throws: ``XMLError`` when it is another.
    func declaredEncoding() throws(XMLError) -> XMLEncoding? {
        guard let declared else { return nil }
        switch declared.lowercased() {
        case "utf-8", "utf8", "us-ascii", "ascii": return .utf8
        case "windows-1251", "cp1251", "windows1251", "win-1251": return .windows1251
        case "utf-16", "utf16", "utf-16le", "utf-16be", "unicode", "ucs-2":
            // The zeros would have shown: a text that was recoded and kept its declaration.
            return shown
        default:
            // What the bytes show weighs more than what the text says.
            if shown != nil { return nil }
            throw XMLError(.unknownEncoding(declared), line: 1)
        }
    }

    private static func declaration(
        in bytes: ArraySlice<UInt8>, _ shown: XMLEncoding?
    ) -> String? {
        let isWide = shown == .utf16LittleEndian || shown == .utf16BigEndian
        let letters = (isWide ? bytes.filter { $0 != 0 }[...] : bytes).prefix(byteCount)
        let text = String(decoding: letters.prefix { $0 < 0x80 && $0 != 0x3E }, as: UTF8.self)
        guard text.hasPrefix("<?xml"), let name = text.range(of: "encoding") else { return nil }
        let rest = text[name.upperBound...].drop { $0 == " " || $0 == "=" }
        guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
        return String(rest.dropFirst().prefix { $0 != quote })
    }
}

extension String {
    /// Where a text first stands in this one; Foundation is not needed for it.
    fileprivate func range(of wanted: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            let rest = self[start...]
            if rest.hasPrefix(wanted) {
                return start..<index(start, offsetBy: wanted.count)
            }
            start = index(after: start)
        }
        return nil
    }
}
