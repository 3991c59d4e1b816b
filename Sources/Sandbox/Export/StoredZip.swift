/// A zip archive of files that are not packed, as 1C makes one when its exchange asks for `zip=yes`.
struct StoredZip {
    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    /// Appends a file; names are in ASCII, and all files together have less than 4 GB.
    mutating func append(_ content: [UInt8], as name: String) {
        let offset = bytes.count
        let common =
            Self.number(0, 2) + Self.number(0, 2) + Self.number(0, 4)
            + Self.number(Int(Self.checksum(of: content)), 4) + Self.number(content.count, 4)
            + Self.number(content.count, 4) + Self.number(name.utf8.count, 2)
        bytes += Self.number(0x0403_4B50, 4) + Self.number(20, 2) + common + Self.number(0, 2)
        bytes += Array(name.utf8) + content
        directory += Self.number(0x0201_4B50, 4) + Self.number(20, 2) + Self.number(20, 2) + common
        // No further fields, no comment, the first disk, no attributes.
        directory += Self.number(0, 12) + Self.number(offset, 4) + Array(name.utf8)
        count += 1
    }

    /// The archive.
    consuming func finish() -> [UInt8] {
        let start = bytes.count
        return bytes + directory + Self.number(0x0605_4B50, 4) + Self.number(0, 4)
            + Self.number(count, 2) + Self.number(count, 2) + Self.number(directory.count, 4)
            + Self.number(start, 4) + Self.number(0, 2)
    }

    private static func number(_ number: Int, _ byteCount: Int) -> [UInt8] {
        (0..<byteCount).map { $0 < 8 ? UInt8(truncatingIfNeeded: number >> ($0 * 8)) : 0 }
    }

    private static let table: [UInt32] = (0..<256).map { byte in
        var value = UInt32(byte)
        for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
        return value
    }

    /// CRC-32.
    private static func checksum(of bytes: [UInt8]) -> UInt32 {
        let table = table
        var value: UInt32 = 0xFFFF_FFFF
        for byte in bytes { value = value >> 8 ^ table[Int((value ^ UInt32(byte)) & 0xFF)] }
        return ~value
    }
}
