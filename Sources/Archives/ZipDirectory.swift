/// One file of an archive, as the archive's directory names it.
public struct ZipEntry: Hashable, Sendable {
    /// The name with its folders, divided by slashes.
    public let name: String
    /// The size after unpacking, as the directory says.
    public let byteCount: Int
    let packedByteCount: Int
    let method: Int
    let checksum: UInt32
    let headerOffset: Int
    let isEncrypted: Bool
}

/// The directory at the end of a zip archive, also of one over four gigabytes.
///
/// Source: PKWARE, "APPNOTE.TXT – .ZIP File Format Specification", 4.3.12 to 4.3.16 and 4.5.3.
struct ZipDirectory {
    let entries: [ZipEntry]

    /// The most that stands after the directory: its end record with a comment.
    private static let longestEnd = 22 + 0xFFFF
    private static let largestDirectory = 256 << 20

    /// Reads the directory.
    ///
    /// - Parameters:
    ///   - fileByteCount: The size of the archive.
    ///   - limits: What it may not exceed.
    ///   - read: Gives so many bytes at an offset.
    /// - Throws: ``ArchiveError`` when there is none, or it is damaged or refused.
    init(
        fileByteCount: Int, limits: ArchiveLimits,
        read: (_ offset: Int, _ count: Int) throws(ArchiveError) -> [UInt8]
    ) throws(ArchiveError) {
        let tailStart = max(0, fileByteCount - Self.longestEnd)
        let tail = try read(tailStart, fileByteCount - tailStart)
        guard let end = Self.endRecord(in: tail) else { throw ArchiveError(.noDirectory) }
        var count = tail.number(at: end + 10, byteCount: 2) ?? 0
        var size = tail.number(at: end + 12, byteCount: 4) ?? 0
        var offset = tail.number(at: end + 16, byteCount: 4) ?? 0
        if tail.number(at: end - 20, byteCount: 4) == 0x0706_4B50,
            let place = tail.number(at: end - 12, byteCount: 8)
        {
            guard place <= fileByteCount - 56 else { throw ArchiveError(.damaged) }
            let record = try read(place, 56)
            guard record.number(at: 0, byteCount: 4) == 0x0606_4B50,
                let wideCount = record.number(at: 32, byteCount: 8),
                let wideSize = record.number(at: 40, byteCount: 8),
                let wideOffset = record.number(at: 48, byteCount: 8)
            else { throw ArchiveError(.damaged) }
            (count, size, offset) = (wideCount, wideSize, wideOffset)
        }
        guard count <= limits.entries, size <= Self.largestDirectory else {
            throw ArchiveError(.tooManyEntries(limit: limits.entries))
        }
        guard offset <= fileByteCount, size <= fileByteCount - offset else {
            throw ArchiveError(.damaged)
        }
        entries = try Self.entries(in: read(offset, size), count: count)
    }

    /// Where the end record begins: the last place whose comment reaches to the end of the file.
    private static func endRecord(in tail: [UInt8]) -> Int? {
        var offset = tail.count - 22
        while offset >= 0 {
            if tail.number(at: offset, byteCount: 4) == 0x0605_4B50,
                let comment = tail.number(at: offset + 20, byteCount: 2),
                offset + 22 + comment == tail.count
            {
                return offset
            }
            offset -= 1
        }
        return nil
    }

    private static func entries(
        in directory: [UInt8], count: Int
    ) throws(ArchiveError) -> [ZipEntry] {
        var entries: [ZipEntry] = []
        var offset = 0
        for _ in 0..<count {
            guard directory.number(at: offset, byteCount: 4) == 0x0201_4B50,
                let flags = directory.number(at: offset + 8, byteCount: 2),
                let method = directory.number(at: offset + 10, byteCount: 2),
                let checksum = directory.number(at: offset + 16, byteCount: 4),
                let nameByteCount = directory.number(at: offset + 28, byteCount: 2),
                let extraByteCount = directory.number(at: offset + 30, byteCount: 2),
                let commentByteCount = directory.number(at: offset + 32, byteCount: 2)
            else { throw ArchiveError(.damaged) }
            let nameStart = offset + 46
            let next = nameStart + nameByteCount + extraByteCount + commentByteCount
            guard next <= directory.count else { throw ArchiveError(.damaged) }
            let name = try safeName(directory[nameStart..<nameStart + nameByteCount])
            let extraStart = nameStart + nameByteCount
            var wide = WideFields(Array(directory[extraStart..<extraStart + extraByteCount]))
            // In this order, as the wide field holds only what did not fit.
            guard let byteCount = wide.number(instead: directory, at: offset + 24),
                let packedByteCount = wide.number(instead: directory, at: offset + 20),
                let headerOffset = wide.number(instead: directory, at: offset + 42)
            else { throw ArchiveError(.damaged, entry: name) }
            entries.append(
                ZipEntry(
                    name: name, byteCount: byteCount, packedByteCount: packedByteCount,
                    method: method, checksum: UInt32(checksum), headerOffset: headerOffset,
                    isEncrypted: flags & 1 != 0))
            offset = next
        }
        return entries
    }

    /// A name that stays inside the archive.
    ///
    /// Bytes that are not UTF-8 become U+FFFD; the name is only shown and never opened.
    private static func safeName(_ bytes: ArraySlice<UInt8>) throws(ArchiveError) -> String {
        let name = String(decoding: bytes, as: UTF8.self)
            .split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "/")
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let isUnsafe =
            name.isEmpty || name.hasPrefix("/") || parts.contains("..")
            || name.unicodeScalars.contains { $0.value < 0x20 }
            || parts[0].dropFirst().first == ":"
        guard !isUnsafe else { throw ArchiveError(.unsafeName, entry: name) }
        return name
    }
}

/// The numbers of an entry that do not fit into 32 bits.
private struct WideFields {
    private let bytes: [UInt8]
    private var position = 0

    init(_ extra: [UInt8]) {
        var offset = 0
        while let kind = extra.number(at: offset, byteCount: 2),
            let size = extra.number(at: offset + 2, byteCount: 2)
        {
            guard kind != 1 else {
                bytes = Array(extra.dropFirst(offset + 4).prefix(size))
                return
            }
            offset += 4 + size
        }
        bytes = []
    }

    mutating func number(instead directory: [UInt8], at offset: Int) -> Int? {
        guard let number = directory.number(at: offset, byteCount: 4) else { return nil }
        guard number == 0xFFFF_FFFF else { return number }
        defer { position += 8 }
        return bytes.number(at: position, byteCount: 8)
    }
}
