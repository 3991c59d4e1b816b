/// What bytes beyond ASCII say about their encoding.
///
/// Russian text in windows-1251 is practically never valid UTF-8: its letters stand at 0xC0–0xFF,
/// and UTF-8 wants such a byte to be followed by one of 0x80–0xBF.
struct EncodingEvidence: Hashable {
    /// As many bytes from the first one beyond ASCII on are looked at.
    static let byteCount = 64 * 1_024

    /// Characters of several bytes that are whole and valid.
    private(set) var validCharacters = 0
    /// Bytes that are no part of such a character.
    private(set) var strayBytes = 0
    /// Stray bytes that are letters, quotation marks or dashes in windows-1251.
    private(set) var cyrillicBytes = 0

    init(_ bytes: ArraySlice<UInt8>) {
        var position = bytes.startIndex
        while position < bytes.endIndex {
            guard bytes[position] >= 0x80 else {
                position += 1
                continue
            }
            switch UTF8Length.character(in: bytes, at: position) {
            case .valid(let length):
                validCharacters += 1
                position += length
            case .cut:
                return
            case .invalid:
                strayBytes += 1
                if Self.isUsual(bytes[position]) { cyrillicBytes += 1 }
                position += 1
            }
        }
    }

    /// The encoding in which the bytes are to be read, given the declared one.
    func encoding(declared: XMLEncoding?) -> XMLEncoding {
        if declared == .windows1251 {
            // One or two pairs may be chance, four without an exception are not.
            return strayBytes == 0 && validCharacters >= 4 ? .utf8 : .windows1251
        }
        // A broken character in UTF-8 is reported; a text that never was UTF-8 is read.
        let neverWasUTF8 =
            strayBytes >= 4 * (validCharacters + 1) && cyrillicBytes * 20 >= strayBytes * 19
        return neverWasUTF8 ? .windows1251 : .utf8
    }

    private static func isUsual(_ byte: UInt8) -> Bool {
        switch byte {
        case 0xC0...0xFF, 0xA8, 0xB8, 0xB9, 0xAB, 0xBB, 0xA0, 0x93, 0x94, 0x96, 0x97, 0x85: true
        default: false
        }
    }
}

/// Measures characters of UTF-8 by the table 3-7 of the Unicode standard.
enum UTF8Length {
    enum Character: Hashable {
        case valid(length: Int)
        /// The bytes end within it.
        case cut
        case invalid
    }

    /// What stands at a byte of 0x80 or more.
    static func character(in bytes: ArraySlice<UInt8>, at start: Int) -> Character {
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch bytes[start] {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        case 0xF1...0xF3: length = 4
        default: return .invalid
        }
        for offset in 1..<length {
            guard start + offset < bytes.endIndex else { return .cut }
            let allowed = offset == 1 ? second : 0x80...0xBF
            guard allowed.contains(bytes[start + offset]) else { return .invalid }
        }
        return .valid(length: length)
    }

    /// The length of the bytes without a character that is cut off at their end.
    static func wholeByteCount(_ bytes: [UInt8]) -> Int {
        var back = 1
        while back <= 3, back <= bytes.count {
            let byte = bytes[bytes.count - back]
            if byte < 0x80 { return bytes.count }
            if byte >= 0xC0 {
                let start = bytes.count - back
                return character(in: bytes[...], at: start) == .cut ? start : bytes.count
            }
            back += 1
        }
        return bytes.count
    }
}
