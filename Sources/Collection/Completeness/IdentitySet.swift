/// Ids seen before, kept small: sixteen bytes for a GUID or a number, the text for others.
///
/// Records are never kept; this is all that grows with the size of a source.
public struct IdentitySet: Sendable {
    private var numbers: Set<UInt128> = []
    private var texts: Set<String> = []

    /// Makes an empty set.
    public init() {}

    /// How many different ids were seen.
    public var count: Int { numbers.count + texts.count }

    /// Takes an id in.
    ///
    /// - Returns: Whether it was not seen before.
    public mutating func insert(_ id: String) -> Bool {
        if let number = Self.number(of: id) { return numbers.insert(number).inserted }
        return texts.insert(id).inserted
    }

    /// Whether an id was seen.
    public func contains(_ id: String) -> Bool {
        if let number = Self.number(of: id) { return numbers.contains(number) }
        return texts.contains(id)
    }

    /// The bits of a lower-case GUID; other spellings stay texts, so that no two ids fall together.
    ///
    /// - Returns: `nil` for a text that is no such GUID.
    public static func number(of id: String) -> UInt128? {
        guard id.utf8.count == 36 else { return nil }
        var id = id
        return id.withUTF8 { text in
            let dash = UInt8(ascii: "-")
            guard text[8] == dash, text[13] == dash, text[18] == dash, text[23] == dash,
                let first = digits(text[0..<8]), let second = digits(text[9..<13]),
                let third = digits(text[14..<18]), let fourth = digits(text[19..<23]),
                let fifth = digits(text[24..<36])
            else { return nil }
            return UInt128(first << 32 | second << 16 | third) << 64 | UInt128(fourth << 48 | fifth)
        }
    }

    /// The number of up to sixteen lower-case hexadecimal digits.
    private static func digits(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> UInt64? {
        var (number, seen): (UInt64, UInt8) = (0, 0)
        for byte in text {
            let (decimal, letter) = (byte &- UInt8(ascii: "0"), byte &- UInt8(ascii: "a"))
            let digit = decimal < 10 ? decimal : letter < 6 ? letter + 10 : 0xFF
            seen |= digit
            number = number << 4 | UInt64(digit & 0xF)
        }
        return seen < 16 ? number : nil
    }
}
