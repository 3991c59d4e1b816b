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
        var (high, low): (UInt64, UInt64) = (0, 0)
        var position = 0
        for byte in id.utf8 {
            if position == 8 || position == 13 || position == 18 || position == 23 {
                guard byte == UInt8(ascii: "-") else { return nil }
            } else {
                guard let digit = HexadecimalDigit.value(byte),
                    byte < UInt8(ascii: "A") || byte > UInt8(ascii: "F")
                else { return nil }
                high = high << 4 | low >> 60
                low = low << 4 | UInt64(digit)
            }
            position += 1
        }
        return UInt128(high) << 64 | UInt128(low)
    }
}
