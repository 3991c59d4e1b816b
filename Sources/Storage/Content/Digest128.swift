internal import Crypto
internal import Foundation

/// The first half of a SHA-256: short enough to keep one per record in memory, long enough that two
/// different contents never share one by accident.
struct Digest128: Hashable, Sendable {
    var high: UInt64
    var low: UInt64

    /// Zero, to add to.
    static let zero = Digest128(high: 0, low: 0)

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The digest of some bytes.
    init(of bytes: UnsafeRawBufferPointer) {
        var hash = SHA256()
        hash.update(bufferPointer: bytes)
        (high, low) = hash.finalize().withUnsafeBytes { digest in
            (
                UInt64(bigEndian: digest.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                UInt64(bigEndian: digest.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }

    /// The digest of a text.
    init(of text: String) {
        var text = text
        self = text.withUTF8 { Digest128(of: UnsafeRawBufferPointer($0)) }
    }

    /// Reads the sixteen bytes of a `bytea`; `nil` for another number of bytes.
    init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        (high, low) = bytes.withUnsafeBytes { buffer in
            (
                UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }

    /// The sixteen bytes.
    var bytes: [UInt8] {
        withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) }
    }

    /// Thirty-two lower-case hexadecimal digits.
    var hexadecimal: String {
        [high, low].map { half in
            let digits = String(half, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// Adds another digest: a sum does not depend on the order of its terms, and unlike an exclusive
    /// or it does not forget a term that comes twice.
    mutating func add(_ other: Digest128) {
        let (sum, overflow) = low.addingReportingOverflow(other.low)
        low = sum
        high = high &+ other.high &+ (overflow ? 1 : 0)
    }

    /// The digest of two digests, in this order.
    static func combining(_ first: Digest128, _ second: Digest128) -> Digest128 {
        withUnsafeBytes(of: (first.high, first.low, second.high, second.low)) {
            Digest128(of: $0)
        }
    }

    /// The bits are as good as random already.
    func hash(into hasher: inout Hasher) { hasher.combine(low) }
}
