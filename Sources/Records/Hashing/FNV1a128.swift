/// FNV-1a with 128 bits: the same in every process and on every machine, unlike the standard library's.
///
/// It is no protection against somebody who builds collisions on purpose. Its values are stored: they
/// stay what they are.
///
/// Source: Fowler, Noll, Vo, Eastlake, "The FNV Non-Cryptographic Hash Algorithm", RFC 9923,
/// <https://datatracker.ietf.org/doc/html/rfc9923>.
package struct FNV1a128: Sendable {
    @usableFromInline var state: UInt128

    /// Begins a hash of nothing.
    @inlinable
    package init() { state = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D }

    /// The hash of what was added so far.
    @inlinable package var value: UInt128 { state }

    /// Takes a byte.
    @inlinable
    package mutating func add(_ byte: UInt8) {
        state = (state ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013B
    }

    /// Takes a text among others, and a byte that no text has: "ab", "c" is not "a", "bc".
    @inlinable
    package mutating func addPart(_ text: String) {
        for byte in text.utf8 { add(byte) }
        add(0xFF)
    }
}
