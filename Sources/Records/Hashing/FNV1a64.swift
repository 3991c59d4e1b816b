/// FNV-1a with 64 bits: the same in every process and on every machine, unlike the standard library's.
///
/// It is no protection against somebody who builds collisions on purpose. Its values are stored: they
/// stay what they are.
///
/// Source: Fowler, Noll, Vo, Eastlake, "The FNV Non-Cryptographic Hash Algorithm", RFC 9923,
/// <https://datatracker.ietf.org/doc/html/rfc9923>.
package struct FNV1a64: Sendable {
    @usableFromInline var state: UInt64

    /// Begins a hash of nothing.
    @inlinable
    package init() { state = 0xCBF2_9CE4_8422_2325 }

    /// The hash of what was added so far.
    @inlinable package var value: UInt64 { state }

    /// Takes a byte.
    @inlinable
    package mutating func add(_ byte: UInt8) {
        state = (state ^ UInt64(byte)) &* 0x100_0000_01B3
    }

    /// Takes a text among others, and a byte that no text has: "ab", "c" is not "a", "bc".
    @inlinable
    package mutating func addPart(_ text: String) {
        for byte in text.utf8 { add(byte) }
        add(0xFF)
    }
}
