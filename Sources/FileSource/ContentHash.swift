internal import Records

/// A hash of 128 bits by which equal contents are recognised; no protection against intent.
typealias ContentHash = FNV1a128

extension FNV1a128 {
    /// The sixteen bytes of the hash.
    var bytes: [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }

    /// The sixteen bytes of the hash of some bytes.
    static func bytes(of content: some Sequence<UInt8>) -> [UInt8] {
        var hash = ContentHash()
        for byte in content { hash.add(byte) }
        return hash.bytes
    }
}
