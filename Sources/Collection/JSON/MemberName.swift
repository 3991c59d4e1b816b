internal import Synchronization

/// A member's name that is looked for in many objects.
///
/// Its first and last eight bytes tell it from nearly all others of the same length. It is a plain
/// value, so that to look for one counts no reference: its bytes are kept for the life of the
/// program, as the few names of mappings are.
struct MemberName: Sendable {
    /// The bytes, which are never given back, hence `nonisolated(unsafe)`.
    private nonisolated(unsafe) let bytes: UnsafePointer<UInt8>
    private let count: Int
    private let head: UInt64
    private let tail: UInt64
    /// The bytes of ``head`` that belong to the name.
    private let mask: UInt64

    init(_ name: String) {
        bytes = KeptNames.bytes(of: name)
        let bytes = Array(name.utf8)
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
        return UnsafeBufferPointer(start: bytes, count: count).isSame(as: other)
    }

    /// Whether any bytes are the name.
    func isSame(asAny other: UnsafeBufferPointer<UInt8>) -> Bool {
        other.count == count && UnsafeBufferPointer(start: bytes, count: count).isSame(as: other)
    }

    /// Whether a decoded text is the name.
    func isSame(as text: String) -> Bool {
        text.utf8.elementsEqual(UnsafeBufferPointer(start: bytes, count: count))
    }

    @inline(__always)
    private static func word(at start: UnsafePointer<UInt8>) -> UInt64 {
        UInt64(littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
    }
}

/// The bytes of names, each once.
private enum KeptNames {
    private struct Kept: @unchecked Sendable {
        // Written before it is kept, and never again.
        let start: UnsafePointer<UInt8>
    }

    private static let names = Mutex<[String: Kept]>([:])

    static func bytes(of name: String) -> UnsafePointer<UInt8> {
        names.withLock { names in
            if let kept = names[name] { return kept }
            let start = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, name.utf8.count))
            for (place, byte) in name.utf8.enumerated() { (start + place).initialize(to: byte) }
            let kept = Kept(start: UnsafePointer(start))
            names[name] = kept
            return kept
        }.start
    }
}
