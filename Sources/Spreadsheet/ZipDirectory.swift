internal import CXLSXWriter
internal import Foundation

/// One part of a zip archive, as the archive's directory names it.
struct ZipPart {
    let name: String
    let isDeflated: Bool
    let checksum: UInt32
    let compressedByteCount: Int
    let byteCount: Int
    let headerOffset: Int
}

/// The directory at the end of a zip archive.
///
/// Source: PKWARE, "APPNOTE.TXT – .ZIP File Format Specification", 4.3.7, 4.3.12 and 4.3.16.
enum ZipDirectory {
    /// The parts in the directory's order; `nil` when there is no directory or it is cut.
    ///
    /// Archives over four gigabytes are not read; the library was not told to write them.
    static func parts(of archive: Data) -> [ZipPart]? {
        let endByteCount = 22
        guard archive.count >= endByteCount else { return nil }
        let end = archive.count - endByteCount  // The library writes no comment behind it.
        guard archive.word(at: end) == 0x0605_4B50 else { return nil }
        let count = archive.half(at: end + 10)
        var offset = Int(archive.word(at: end + 16))
        var parts: [ZipPart] = []
        for _ in 0..<count {
            guard offset + 46 <= end, archive.word(at: offset) == 0x0201_4B50 else { return nil }
            let nameByteCount = archive.half(at: offset + 28)
            let rest = archive.half(at: offset + 30) + archive.half(at: offset + 32)
            guard offset + 46 + nameByteCount + rest <= end else { return nil }
            let nameStart = archive.startIndex + offset + 46
            parts.append(
                ZipPart(
                    name: String(
                        decoding: archive[nameStart..<(nameStart + nameByteCount)], as: UTF8.self),
                    isDeflated: archive.half(at: offset + 10) == 8,
                    checksum: archive.word(at: offset + 16),
                    compressedByteCount: Int(archive.word(at: offset + 20)),
                    byteCount: Int(archive.word(at: offset + 24)),
                    headerOffset: Int(archive.word(at: offset + 42))))
            offset += 46 + nameByteCount + rest
        }
        return parts
    }
}

extension ZipPart {
    /// Unpacks the part, a piece at a time.
    ///
    /// - Returns: Whether it is whole: size and checksum are those of the directory.
    func inflate(from archive: Data, into take: (UnsafeRawBufferPointer) -> Void) -> Bool {
        guard headerOffset + 30 <= archive.count else { return false }
        let start =
            headerOffset + 30 + archive.half(at: headerOffset + 26)
            + archive.half(at: headerOffset + 28)
        guard start + compressedByteCount <= archive.count else { return false }
        return archive.withUnsafeBytes { bytes in
            let packed = UnsafeRawBufferPointer(
                rebasing: bytes[start..<(start + compressedByteCount)])
            return isDeflated ? inflate(packed, into: take) : copy(packed, into: take)
        }
    }

    private func copy(
        _ bytes: UnsafeRawBufferPointer, into take: (UnsafeRawBufferPointer) -> Void
    ) -> Bool {
        take(bytes)
        let sum = crc32_z(0, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count)
        return bytes.count == byteCount && UInt32(truncatingIfNeeded: sum) == checksum
    }

    private func inflate(
        _ packed: UnsafeRawBufferPointer, into take: (UnsafeRawBufferPointer) -> Void
    ) -> Bool {
        var stream = z_stream()
        guard sverka_inflate_begin(&stream) == Z_OK else { return false }
        defer { inflateEnd(&stream) }
        stream.next_in = UnsafeMutablePointer(
            mutating: packed.bindMemory(to: UInt8.self).baseAddress)
        stream.avail_in = UInt32(packed.count)
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var (sum, total, status) = (crc32_z(0, nil, 0), 0, Z_OK)
        repeat {
            let produced = buffer.withUnsafeMutableBufferPointer { piece in
                stream.next_out = piece.baseAddress
                stream.avail_out = UInt32(piece.count)
                status = CXLSXWriter.inflate(&stream, Z_NO_FLUSH)
                let produced = piece.count - Int(stream.avail_out)
                sum = crc32_z(sum, piece.baseAddress, produced)
                take(UnsafeRawBufferPointer(start: piece.baseAddress, count: produced))
                return produced
            }
            total += produced
        } while status == Z_OK
        return status == Z_STREAM_END && total == byteCount
            && UInt32(truncatingIfNeeded: sum) == checksum
    }
}

extension Data {
    /// Two bytes, least significant first.
    func half(at offset: Int) -> Int {
        Int(self[startIndex + offset]) | Int(self[startIndex + offset + 1]) << 8
    }

    /// Four bytes, least significant first.
    func word(at offset: Int) -> UInt32 {
        UInt32(half(at: offset)) | UInt32(half(at: offset + 2)) << 16
    }
}
