/// A member's name that is looked for in many objects.
///
/// Its first and last eight bytes tell it from nearly all others of the same length.
struct MemberName: Sendable {
    private let bytes: [UInt8]
    private let count: Int
    private let head: UInt64
    private let tail: UInt64
    /// The bytes of ``head`` that belong to the name.
    private let mask: UInt64

    init(_ name: String) {
        let bytes = Array(name.utf8)
        self.bytes = bytes
        count = bytes.count
        mask = bytes.count >= 8 ? .max : 1 << (UInt64(bytes.count) * 8) - 1
        head = Self.word(bytes.prefix(8))
        tail = Self.word(bytes.suffix(8))
    }

    private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Whether bytes of a document, behind which eight more may be read, are the name.
    @inline(__always)
    func isSame(as other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard other.count == count, let start = other.baseAddress else { return false }
        guard Self.word(at: start) & mask == head else { return false }
        if count <= 8 { return true }
        guard Self.word(at: start + (count - 8)) == tail else { return false }
        if count <= 16 { return true }
        return bytes.withUnsafeBufferPointer { $0.isSame(as: other) }
    }

    /// Whether a decoded text is the name.
    func isSame(as text: String) -> Bool { text.utf8.elementsEqual(bytes) }

    @inline(__always)
    private static func word(at start: UnsafePointer<UInt8>) -> UInt64 {
        UInt64(littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
    }
}
