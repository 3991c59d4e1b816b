/// JSON with everything beyond ASCII as `\uXXXX`, as PHP writes it by default.
enum UnicodeEscapes {
    /// The same JSON in ASCII.
    static func escaped(_ json: [UInt8]) -> [UInt8] {
        var writer = ByteWriter(capacity: json.count * 2)
        for unit in String(decoding: json, as: UTF8.self).utf16 {
            if unit < 128 {
                writer.byte(UInt8(unit))
            } else {
                writer.raw("\\u")
                let digits = String(unit, radix: 16)
                writer.raw(String(repeating: "0", count: 4 - digits.count) + digits)
            }
        }
        return writer.bytes
    }
}
