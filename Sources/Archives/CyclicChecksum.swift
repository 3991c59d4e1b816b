internal import CZlib

/// The checksum CRC-32 of bytes that come in pieces, as zip archives keep it.
public struct CyclicChecksum: Hashable, Sendable {
    /// The checksum of the bytes so far.
    public private(set) var value: UInt32 = 0

    /// The checksum of no bytes.
    public init() {}

    /// Takes bytes in.
    public mutating func update(_ bytes: [UInt8]) {
        value = bytes.withUnsafeBufferPointer { buffer in
            UInt32(
                truncatingIfNeeded: crc32_z(UInt(value), buffer.baseAddress, buffer.count))
        }
    }
}
