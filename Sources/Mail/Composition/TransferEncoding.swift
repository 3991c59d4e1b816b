internal import Foundation

/// Bodies in the seven bits and 76 columns that every server passes on.
///
/// Source: RFC 2045, 6.7 and 6.8.
enum TransferEncoding {
    /// A body with the name of its encoding.
    struct Body {
        let name: String
        let text: String
    }

    /// A text in whichever encoding is shorter: quoted-printable for Latin, base64 for Cyrillic.
    static func encode(text: String) -> Body {
        let bytes = canonical(text)
        let special = bytes.count { $0 > 0x7E || $0 == UInt8(ascii: "=") }
        if special * 2 > bytes.count / 3 { return Body(name: "base64", text: base64(Data(bytes))) }
        return Body(name: "quoted-printable", text: quotedPrintable(bytes))
    }

    /// Base64 in lines of 76.
    static func base64(_ data: Data) -> String {
        data.base64EncodedString(options: [
            .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
        ])
    }

    /// Base64 in one piece.
    static func base64Word(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    /// The text's bytes with CRLF line ends and without NUL.
    static func canonical(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 64)
        var followsReturn = false
        for byte in text.utf8 {
            switch byte {
            case 0x0A: if !followsReturn { bytes += [0x0D, 0x0A] }
            case 0x0D: bytes += [0x0D, 0x0A]
            case 0: break
            default: bytes.append(byte)
            }
            followsReturn = byte == 0x0D
        }
        return bytes
    }

    private static func quotedPrintable(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        var column = 0
        func hexadecimal(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x37 + value }
        for (index, byte) in bytes.enumerated() {
            if byte == 0x0D || byte == 0x0A {
                text.append(byte)
                column = 0
                continue
            }
            let endsLine = index + 1 == bytes.count || bytes[index + 1] == 0x0D
            let isBlank = byte == 0x20 || byte == 0x09
            // A dot or `From ` at the beginning of a line is left to no server's interpretation.
            let isRisky = column == 0 && (byte == UInt8(ascii: ".") || byte == UInt8(ascii: "F"))
            let isPlain = (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=") && !isRisky
            let unit =
                isPlain || (isBlank && !endsLine)
                ? [byte] : [UInt8(ascii: "="), hexadecimal(byte >> 4), hexadecimal(byte & 15)]
            if column + unit.count > (endsLine ? 76 : 75) {
                text += [UInt8(ascii: "="), 0x0D, 0x0A]
                column = 0
            }
            text += unit
            column += unit.count
        }
        return String(decoding: text, as: UTF8.self)
    }
}
