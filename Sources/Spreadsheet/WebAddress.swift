internal import Foundation

/// Addresses that a cell may link to.
enum WebAddress {
    /// The address as a cell can hold it.
    ///
    /// - Returns: `nil` when it is not of the web or mail, is too long, or is no address: a
    ///   workbook that goes round a company must not open files or run scripts.
    static func linkable(_ address: String) -> String? {
        let lower = address.prefix(8).lowercased()
        guard ["http://", "https://", "mailto:"].contains(where: lower.hasPrefix) else {
            return nil
        }
        var escaped = ""
        for byte in address.utf8 {
            switch byte {
            case 0..<0x20, 0x7F: return nil
            case UInt8(ascii: " "), UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"),
                UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "}"),
                0x80...:
                let digits = String(byte, radix: 16, uppercase: true)
                escaped += byte < 16 ? "%0\(digits)" : "%\(digits)"
            default: escaped.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        return escaped.utf8.count <= Workbook.addressLengthMax ? escaped : nil
    }
}
