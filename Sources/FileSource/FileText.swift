internal import Collection
internal import Records

/// The letters of a file: what they are and how they are read.
enum FileText {
    /// Finds out the letters from the beginning of a file.
    ///
    /// Text of windows-1251 is hardly ever UTF-8 by chance, and UTF-8 with a few broken bytes still
    /// has more whole sequences than broken ones.
    static func encoding(of sample: [UInt8]) -> FileOptions.Encoding {
        var (whole, broken, position) = (0, 0, 0)
        while position < sample.count {
            guard sample[position] >= 0x80 else {
                position += 1
                continue
            }
            let length = sequenceLength(sample, at: position)
            // The sample may end inside a sequence.
            if length == 0, position + 4 > sample.count { break }
            if length == 0 { broken += 1 } else { whole += 1 }
            position += max(1, length)
        }
        return broken > whole ? .windows1251 : .utf8
    }

    private static func sequenceLength(_ bytes: [UInt8], at position: Int) -> Int {
        let length: Int
        switch bytes[position] {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF: length = 3
        case 0xF0...0xF4: length = 4
        default: return 0
        }
        guard position + length <= bytes.count else { return 0 }
        let rest = bytes[position + 1..<position + length]
        return rest.allSatisfy { $0 & 0xC0 == 0x80 } ? length : 0
    }

    /// Reads text, mending what cannot be read.
    static func decode(
        _ bytes: some Collection<UInt8>, _ encoding: FileOptions.Encoding,
        mended: (ReadingNote.Kind) -> Void
    ) -> String {
        if bytes.contains(0) {
            mended(.nulRemoved)
            return decode(bytes.filter { $0 != 0 }, encoding, mended: mended)
        }
        switch encoding {
        case .utf8:
            if let text = String(validating: bytes, as: UTF8.self) { return text }
            mended(.brokenEncoding)
            return String(decoding: bytes, as: UTF8.self)
        case .windows1251:
            var text = ""
            text.reserveCapacity(bytes.count * 2)
            for byte in bytes { text.unicodeScalars.append(scalar(byte)) }
            return text
        }
    }

    private static func scalar(_ byte: UInt8) -> Unicode.Scalar {
        switch byte {
        case 0x00..<0x80: Unicode.Scalar(byte)
        // А to я lie in a row, as they do in Unicode.
        case 0xC0...0xFF: Unicode.Scalar(0x0410 + UInt16(byte) - 0xC0) ?? "\u{FFFD}"
        default: upperHalf[Int(byte) - 0x80]
        }
    }

    /// The characters 0x80 to 0xBF of windows-1251.
    private static let upperHalf = Array(
        ("ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{FFFD}™љ›њќћџ\u{A0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{AD}®Ї°±Ііґµ¶·ё№є»јЅѕї")
            .unicodeScalars)
}
