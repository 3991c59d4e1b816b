/// Writes zip archives, also such as no program would write.
public struct ZipWriter: Sendable {
    /// One file of the archive.
    public struct Entry: Sendable {
        /// The name with its folders.
        public var name: String
        /// What is stored.
        public var stored: [UInt8]
        /// How it is packed: 0 not at all, 8 deflated.
        public var method: Int
        /// The size and checksum that the archive claims.
        public var byteCount: Int
        /// The checksum that the archive claims.
        public var checksum: UInt32
        /// Bit 0 says that it is encrypted.
        public var flags = 0

        /// An entry that is not packed.
        public init(name: String, bytes: [UInt8]) {
            self.name = name
            stored = bytes
            method = 0
            byteCount = bytes.count
            checksum = Self.checksum(of: bytes)
        }

        /// An entry of packed bytes that claims whatever it likes.
        public init(name: String, deflated: [UInt8], byteCount: Int, checksum: UInt32) {
            self.name = name
            stored = deflated
            method = 8
            self.byteCount = byteCount
            self.checksum = checksum
        }

        /// CRC-32, bit by bit.
        private static func checksum(of bytes: [UInt8]) -> UInt32 {
            var value: UInt32 = 0xFFFF_FFFF
            for byte in bytes {
                value ^= UInt32(byte)
                for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
            }
            return ~value
        }
    }

    private let entries: [Entry]

    /// Makes an archive of entries.
    public init(entries: [Entry]) { self.entries = entries }

    /// The archive.
    public var bytes: [UInt8] {
        var archive: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            let offset = archive.count
            let name = Array(entry.name.utf8)
            // Sizes beyond 32 bits would need a wide field, which no test here needs.
            let common =
                number(entry.flags, 2) + number(entry.method, 2) + number(0, 4)
                + number(Int(entry.checksum), 4) + number(entry.stored.count, 4)
                + number(min(entry.byteCount, 0xFFFF_FFFE), 4) + number(name.count, 2)
            archive += number(0x0403_4B50, 4) + number(20, 2) + common + number(0, 2) + name
            archive += entry.stored
            directory += number(0x0201_4B50, 4) + number(20, 2) + number(20, 2) + common
            directory += number(0, 2) + number(0, 2) + number(0, 2) + number(0, 2) + number(0, 4)
            directory += number(offset, 4) + name
        }
        let start = archive.count
        archive += directory + number(0x0605_4B50, 4) + number(0, 4) + number(entries.count, 2)
        return archive + number(entries.count, 2) + number(directory.count, 4) + number(start, 4)
            + number(0, 2)
    }

    /// An archive of 325 KB that unpacks to 51 MB of spaces, whatever it claims.
    public static func bomb(claimedByteCount: Int) -> [UInt8] {
        // A block with fixed codes: a space, then copies of the 258 bytes before, each in the
        // thirteen bits 11000101 (length 258) and 00000 (distance 1), then the end.
        var bits = BitWriter()
        bits.append([1, 1, 0])
        bits.append([0, 1, 0, 1, 0, 0, 0, 0])
        for _ in 0..<200_000 { bits.append([1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]) }
        bits.append([0, 0, 0, 0, 0, 0, 0])
        return ZipWriter(entries: [
            .init(
                name: "import.xml", deflated: bits.bytes, byteCount: claimedByteCount, checksum: 0)
        ]).bytes
    }

    private func number(_ number: Int, _ byteCount: Int) -> [UInt8] {
        (0..<byteCount).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
}

/// Bits in the order in which deflate packs them.
private struct BitWriter {
    private(set) var bytes: [UInt8] = []
    private var count = 0

    mutating func append(_ bits: [UInt8]) {
        for bit in bits {
            if count % 8 == 0 { bytes.append(0) }
            bytes[bytes.count - 1] |= bit << UInt8(count % 8)
            count += 1
        }
    }
}
