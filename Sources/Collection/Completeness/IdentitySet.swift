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
    private static func number(of id: String) -> UInt128? {
        guard id.utf8.count == 36 else { return nil }
        var number: UInt128 = 0
        for (position, byte) in id.utf8.enumerated() {
            if [8, 13, 18, 23].contains(position) {
                guard byte == UInt8(ascii: "-") else { return nil }
            } else {
                guard let digit = HexadecimalDigit.value(byte),
                    !(UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte)
                else { return nil }
                number = number << 4 | UInt128(digit)
            }
        }
        return number
    }
}
