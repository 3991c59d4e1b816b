/// How the bytes of a file become text.
public enum TextEncoding: String, Hashable, Sendable, CaseIterable {
    /// UTF-8, with or without a byte order mark.
    case utf8 = "utf-8"
    /// The Cyrillic code page of Windows, which 1C and Excel still write.
    case windows1251 = "windows-1251"

    /// Tells the encoding by the first bytes of a file: what is not valid UTF-8 is windows-1251, unless
    /// most of it is valid all the same.
    ///
    /// Of windows-1251 hardly two bytes on end are a character of UTF-8 too, so that a few broken bytes
    /// among many such characters are no sign of it.
    ///
    /// - Parameter sample: The first bytes; a character cut off at the end does not matter.
    /// - Returns: The encoding.
    public static func sniffed(from sample: some Collection<UInt8>) -> TextEncoding {
        var decoder = UTF8()
        var bytes = sample.makeIterator()
        var (wideCount, errorCount, isLastBroken) = (0, 0, false)
        while true {
            switch decoder.decode(&bytes) {
            case .emptyInput:
                if isLastBroken { errorCount -= 1 }
                return wideCount >= 4 * errorCount ? .utf8 : .windows1251
            case .scalarValue(let scalar):
                if !scalar.isASCII { wideCount += 1 }
                isLastBroken = false
            case .error:
                errorCount += 1
                isLastBroken = true
            }
        }
    }

    /// The bytes as text, with what had to be mended.
    ///
    /// NUL characters are left out; bytes that are not UTF-8 become U+FFFD.
    func decode(_ bytes: ArraySlice<UInt8>) -> (text: String, hadNUL: Bool, isBroken: Bool) {
        var isASCII = true
        var hadNUL = false
        for byte in bytes {
            if byte == 0 { hadNUL = true }
            if byte >= 0x80 { isASCII = false }
        }
        var bytes = bytes
        if hadNUL { bytes = bytes.filter { $0 != 0 }[...] }
        if isASCII { return (String(decoding: bytes, as: UTF8.self), hadNUL, false) }
        switch self {
        case .utf8:
            let text = String(validating: bytes, as: UTF8.self)
            return (text ?? String(decoding: bytes, as: UTF8.self), hadNUL, text == nil)
        case .windows1251:
            var scalars = String.UnicodeScalarView()
            for byte in bytes {
                scalars.append(
                    byte < 0x80 ? Unicode.Scalar(byte) : Self.upperHalf[Int(byte) - 0x80])
            }
            return (String(scalars), hadNUL, false)
        }
    }

    /// The characters of the bytes 0x80 to 0xFF in windows-1251; 0x98 is not used.
    private static let upperHalf: [Unicode.Scalar] = Array(
        ("ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{FFFD}™љ›њќћџ\u{A0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{AD}®Ї°±Ііґµ¶·ё№є»јЅѕї"
            + "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя").unicodeScalars)
}
