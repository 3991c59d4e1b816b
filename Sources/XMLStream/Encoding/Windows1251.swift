/// Windows-1251 in UTF-8.
enum Windows1251 {
    /// Appends bytes as UTF-8; 0x98, which stands for nothing, becomes U+FFFD.
    static func append(_ bytes: ArraySlice<UInt8>, to text: inout [UInt8]) {
        text.reserveCapacity(text.count + bytes.count * 2)
        for byte in bytes {
            if byte < 0x80 {
                text.append(byte)
            } else {
                text.append(contentsOf: upperHalf[Int(byte) - 0x80])
            }
        }
    }

    /// The characters of the bytes 0x80 to 0xFF in UTF-8.
    private static let upperHalf: [[UInt8]] =
        ("ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{FFFD}™љ›њќћџ\u{A0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{AD}®Ї°±Ііґµ¶·ё№є»јЅѕї"
        + "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя").unicodeScalars
        .map { Array(String($0).utf8) }
}
