/// Header lines, folded at 76 columns.
///
/// Source: RFC 5322 (form), RFC 2047 (texts beyond ASCII), RFC 2231 (names of files).
enum MessageHeader {
    private static let columnMax = 76

    /// A header whose value is a text for people.
    static func text(_ name: String, _ value: String) -> String {
        let clean = clean(value)
        let start = "\(name): "
        if isPlain(clean), start.count + clean.count <= columnMax { return start + clean }
        return start + encodedWords(clean, firstColumn: start.count)
    }

    /// A header whose value is a list of mailboxes.
    static func addresses(_ name: String, _ addresses: [MailAddress]) -> String {
        let mailboxes = addresses.map { mailbox in
            let shown = clean(mailbox.name)
            if shown.isEmpty { return mailbox.address }
            // On a line of its own, so that most names are one encoded word: programs join
            // several in an address less well than the standard asks.
            let phrase =
                isPlain(shown) && shown.count <= 60
                ? quoted(shown)
                : (mailbox == addresses.first ? "\r\n " : "") + encodedWords(shown, firstColumn: 1)
            return "\(phrase)\r\n <\(mailbox.address)>"
        }
        let list = mailboxes.joined(separator: ",\r\n ")
        return "\(name):" + (list.hasPrefix("\r\n") ? list : " " + list)
    }

    /// A file's name as the old parameter `name` of Content-Type, for programs without RFC 2231.
    static func encodedName(_ name: String) -> String {
        let clean = fileNameOnly(name)
        return " name=\"" + (isPlain(clean) ? clean : encodedWords(clean, firstColumn: 7)) + "\""
    }

    /// A file's name as the parameter `filename`, in as many pieces as its length needs.
    static func fileName(_ name: String) -> String {
        let clean = fileNameOnly(name)
        if isPlain(clean), clean.count <= 60 { return " filename=\"\(clean)\"" }
        var pieces: [String] = []
        var piece = "UTF-8''"
        for character in clean.unicodeScalars {
            let escaped = percentEncoded(character)
            if piece.count + escaped.count > 56 {
                pieces.append(piece)
                piece = ""
            }
            piece += escaped
        }
        pieces.append(piece)
        if pieces.count == 1 { return " filename*=\(pieces[0])" }
        return pieces.enumerated().map { " filename*\($0.offset)*=\($0.element)" }
            .joined(separator: ";\r\n")
    }

    /// A text of ASCII letters, digits and the marks of media types; others are left out.
    static func token(_ text: String) -> String {
        String(text.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "/.+-".contains($0)) })
    }

    /// Whether a text is an id of the form `<left@right>`.
    static func isMessageID(_ text: String) -> Bool {
        let inner = text.dropFirst().dropLast()
        return text.hasPrefix("<") && text.hasSuffix(">") && text.utf8.count <= 250
            && inner.split(separator: "@", omittingEmptySubsequences: false).count == 2
            && inner.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x3C && $0 != 0x3E }
    }

    /// Whether a text is an address for `List-Unsubscribe`, that can end neither it nor the line.
    static func isWebOrMailAddress(_ text: String) -> Bool {
        (text.hasPrefix("mailto:") || text.hasPrefix("https://")) && text.utf8.count <= 500
            && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x3C && $0 != 0x3E }
    }

    /// The text in one line: line breaks and other control characters become spaces.
    static func clean(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029:
                if scalars.last != " " { scalars.append(" ") }
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    private static func isPlain(_ text: String) -> Bool {
        // A text that looks like an encoded word is encoded, or a reader would decode it.
        text.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
            && !text.contains("=?")
    }

    private static func quoted(_ text: String) -> String { "\"\(text)\"" }

    private static func fileNameOnly(_ name: String) -> String {
        let clean = clean(name).split(whereSeparator: { $0 == "/" || $0 == "\\" }).last
        return clean.map(String.init) ?? "attachment"
    }

    private static func percentEncoded(_ scalar: Unicode.Scalar) -> String {
        let isPlain =
            scalar.properties.isAlphabetic || "0123456789.-_".unicodeScalars.contains(scalar)
        if scalar.isASCII, isPlain {
            return String(scalar)
        }
        return String(scalar).utf8.map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return byte < 16 ? "%0\(digits)" : "%\(digits)"
        }.joined()
    }

    /// Encoded words of whole characters, each at most 75 columns, on lines of their own.
    private static func encodedWords(_ text: String, firstColumn: Int) -> String {
        var words: [String] = []
        var bytes: [UInt8] = []
        // 3 bytes give 4 characters; `=?UTF-8?B?` and `?=` take twelve.
        var room = (75 - 12 - firstColumn) / 4 * 3
        for scalar in text.unicodeScalars {
            let next = Array(String(scalar).utf8)
            if bytes.count + next.count > room {
                words.append(TransferEncoding.base64Word(bytes))
                bytes = []
                room = (75 - 12 - 1) / 4 * 3
            }
            bytes += next
        }
        words.append(TransferEncoding.base64Word(bytes))
        return words.map { "=?UTF-8?B?\($0)?=" }.joined(separator: "\r\n ")
    }
}
