internal import Records

/// Hashing that is the same in every process, unlike the standard library's seeded one.
enum StableHash {
    /// Hashes bytes.
    static func of(_ bytes: some Sequence<UInt8>, seed: UInt64 = 0) -> UInt64 {
        var hash = seed ^ 0x9E37_79B9_7F4A_7C15
        for byte in bytes { hash = step(hash, UInt64(byte)) }
        return mix(hash)
    }

    /// Takes one more word into a hash that is not mixed yet.
    @inline(__always)
    static func step(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word) &* 0xD6E8_FEB8_6659_FD93
        return product ^ (product &>> 32)
    }

    /// Spreads a hash over all its bits.
    @inline(__always)
    static func mix(_ hash: UInt64) -> UInt64 {
        var mixed = hash
        mixed = (mixed ^ (mixed &>> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed &>> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed &>> 31)
    }

    /// Hashes two numbers, in this order.
    @inline(__always)
    static func of(_ first: UInt64, _ second: UInt64) -> UInt64 {
        mix(step(step(0x9E37_79B9_7F4A_7C15, first), second))
    }
}

/// Numbers for texts in the order of their first appearance, and the texts by their numbers.
///
/// Texts are told apart by 64 bits of hash: among a million of them two collide once in some
/// thirty million tables.
struct TextTable: Sendable {
    /// What stands for no text.
    static let none = UInt32.max

    /// A text's hash beside its number, so that a text that is known is found by one access.
    private struct Slot: BitwiseCopyable, Sendable {
        var hash: UInt64 = 0
        var number = TextTable.none
    }

    private var slots: [Slot]
    private(set) var hashes: [UInt64] = []
    private var codes: [UInt8] = []
    private var ends: [UInt32] = [0]

    init(minimumCapacity: Int = 64) {
        var capacity = 64
        while capacity < minimumCapacity * 2 { capacity *= 2 }
        slots = [Slot](repeating: Slot(), count: capacity)
    }

    var count: Int { hashes.count }

    /// The number of a text, given when it is new.
    mutating func intern(_ text: some Collection<UInt8>) -> UInt32 {
        // Contiguous, as a rule.
        let hash = text.withContiguousStorageIfAvailable(TextHash.of)
        return intern(text, hash: hash ?? Array(text).withUnsafeBufferPointer(TextHash.of))
    }

    /// Reads where a text of a hash stands, or would stand, which is then at hand.
    @inline(__always)
    func fetch(_ hash: UInt64) -> UInt32 {
        slots[Int(truncatingIfNeeded: hash) & (slots.count - 1)].number
    }

    /// The same with its hash, where that is known.
    mutating func intern(_ text: some Collection<UInt8>, hash: UInt64) -> UInt32 {
        if (hashes.count + 1) * 2 > slots.count { grow() }
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot].number != Self.none {
            if slots[slot].hash == hash { return slots[slot].number }
            slot = (slot + 1) & (slots.count - 1)
        }
        let number = UInt32(hashes.count)
        slots[slot] = Slot(hash: hash, number: number)
        hashes.append(hash)
        codes.append(contentsOf: text)
        ends.append(UInt32(codes.count))
        return number
    }

    /// Takes all texts of another table in; returns the new number of each.
    mutating func merge(_ other: TextTable) -> [UInt32] {
        (0..<other.count).map { intern(other[UInt32($0)], hash: other.hashes[$0]) }
    }

    /// The bytes of a text.
    subscript(number: UInt32) -> ArraySlice<UInt8> { codes[range(number)] }

    /// Appends the bytes of a text to others.
    @inline(__always)
    func append(_ number: UInt32, to bytes: inout [UInt8]) {
        codes.withUnsafeBufferPointer { codes in
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: codes[range(number)]))
        }
    }

    private func range(_ number: UInt32) -> Range<Int> {
        Int(ends[Int(number)])..<Int(ends[Int(number) + 1])
    }

    /// The table for reading only.
    func frozen() -> (hashes: Frozen<UInt64>, codes: Frozen<UInt8>, ends: Frozen<UInt32>) {
        (Frozen(hashes), Frozen(codes), Frozen(ends))
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(), count: old.count * 2)
        for known in old where known.number != Self.none {
            var slot = Int(truncatingIfNeeded: known.hash) & (slots.count - 1)
            while slots[slot].number != Self.none { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = known
        }
    }
}
