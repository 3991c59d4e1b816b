/// An e-mail address in lower case, without display name.
public struct EmailAddress: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The part before the `@`.
    public let localPart: String
    /// The domain in lower case.
    public let domain: String

    /// Reads one address: `a@b.ru`, `mailto:a@b.ru`, `"Имя" <a@b.ru>`.
    ///
    /// The result is `nil` when it is not one address with a dot in its domain.
    ///
    /// - Parameter text: The address as written; Cyrillic look-alikes in it become Latin letters.
    public init?(_ text: String) {
        var address = Substring(text)
        if let open = text.lastIndex(of: "<"), let close = text.lastIndex(of: ">"), open < close {
            address = text[text.index(after: open)..<close]
        }
        var units: [UInt16] = []
        units.reserveCapacity(address.utf8.count)
        for unit in address.utf16 where unit > 32 && unit != 0xA0 && unit != 0xFEFF {
            units.append(unit >= 65 && unit <= 90 ? unit + 32 : unit)
        }
        if units.starts(with: "mailto:".utf16) { units.removeFirst(7) }
        if units.contains(where: { $0 > 127 }) {
            units = String(decoding: units, as: UTF16.self).lowercased().utf16.map {
                LookAlikes.isCyrillic($0) ? LookAlikes.latin($0) ?? $0 : $0
            }
        }
        while let last = units.last, last == 46 || last == 44 || last == 59 { units.removeLast() }
        guard let at = units.firstIndex(of: 64), at > 0, units.lastIndex(of: 64) == at else {
            return nil
        }
        let domain = units[(at + 1)...]
        guard domain.contains(46), domain.first != 46, domain.last != 46 else { return nil }
        localPart = String(decoding: units[..<at], as: UTF16.self)
        self.domain = String(decoding: domain, as: UTF16.self)
    }

    /// Reads an address that is written plainly, as nearly all are; `nil` for all others.
    private init?(plain text: String) {
        var text = text
        let parts: (String, String)? = text.withUTF8 { bytes in
            var at = -1
            var lastPoint = -1
            for (index, byte) in bytes.enumerated() {
                switch byte {
                case 64:
                    guard at < 0 else { return nil }
                    at = index
                case 46: lastPoint = index
                case 48...57, 65...90, 97...122, 43, 45, 95: break
                default: return nil
                }
            }
            guard at > 0, lastPoint > at + 1, lastPoint < bytes.count - 1, bytes[at + 1] != 46
            else { return nil }
            func lower(_ part: Slice<UnsafeBufferPointer<UInt8>>) -> String {
                String(unsafeUninitializedCapacity: part.count) { place in
                    for (index, byte) in part.enumerated() {
                        place[index] = byte >= 65 && byte <= 90 ? byte + 32 : byte
                    }
                    return part.count
                }
            }
            return (lower(bytes[..<at]), lower(bytes[(at + 1)...]))
        }
        guard let (localPart, domain) = parts else { return nil }
        self.localPart = localPart
        self.domain = domain
    }

    /// Reads all addresses of a cell: separated by commas, semicolons or spaces.
    ///
    /// - Parameter text: The cell.
    /// - Returns: The addresses in the order of the cell, each once.
    public static func all(in text: String) -> [EmailAddress] {
        if let plain = EmailAddress(plain: text) { return [plain] }
        if let single = EmailAddress(text), !text.utf8.contains(where: { $0 == 44 || $0 == 59 }) {
            return [single]
        }
        var addresses: [EmailAddress] = []
        for part in text.split(whereSeparator: { ",;|".contains($0) || $0.isWhitespace }) {
            if let address = EmailAddress(String(part)), !addresses.contains(address) {
                addresses.append(address)
            }
        }
        return addresses
    }

    /// The address.
    public var description: String { "\(localPart)@\(domain)" }

    /// Orders addresses by their text.
    public static func < (left: Self, right: Self) -> Bool { left.description < right.description }
}
