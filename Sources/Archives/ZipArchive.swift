public import Foundation

/// A zip archive whose entries are unpacked piece by piece, never to disk and never whole.
public final class ZipArchive {
    /// The files in the directory's order; folders are left out.
    public let entries: [ZipEntry]

    private let file: FileHandle
    private let fileByteCount: Int
    private let limits: ArchiveLimits
    /// What was unpacked of all entries together.
    fileprivate var unpackedByteCount = 0

    /// Opens an archive and reads its directory.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - limits: What it may not exceed.
    /// - Throws: ``ArchiveError`` when it is none, or when one of its entries is refused.
    public init(_ url: URL, limits: ArchiveLimits = ArchiveLimits()) throws(ArchiveError) {
        do {
            let file = try FileHandle(forReadingFrom: url)
            fileByteCount = Int(try file.seekToEnd())
            self.file = file
        } catch {
            throw ArchiveError(.unreadable)
        }
        self.limits = limits
        let file = file
        let directory = try ZipDirectory(fileByteCount: fileByteCount, limits: limits) {
            (offset, count) throws(ArchiveError) in
            try Self.read(file, at: offset, count: count)
        }
        entries = directory.entries.filter { !$0.name.hasSuffix("/") }
        for entry in entries where entry.isEncrypted {
            throw ArchiveError(.encrypted, entry: entry.name)
        }
    }

    /// Begins to unpack an entry; one at a time.
    ///
    /// - Throws: ``ArchiveError`` when the entry is not where the directory says.
    public func open(_ entry: ZipEntry) throws(ArchiveError) -> ZipEntryReader {
        guard entry.method == 0 || entry.method == 8 else {
            throw ArchiveError(.unknownMethod(entry.method), entry: entry.name)
        }
        // What it says of itself suffices to refuse it, before a byte is unpacked.
        guard entry.byteCount <= limits.unpackedByteCount - unpackedByteCount else {
            throw ArchiveError(.tooLarge(limit: limits.unpackedByteCount), entry: entry.name)
        }
        guard !limits.isTooDense(entry.byteCount, of: entry.packedByteCount) else {
            throw ArchiveError(.tooDense(limit: limits.density), entry: entry.name)
        }
        guard entry.headerOffset <= fileByteCount - 30 else {
            throw ArchiveError(.damaged, entry: entry.name)
        }
        let header = try Self.read(file, at: entry.headerOffset, count: 30)
        guard header.number(at: 0, byteCount: 4) == 0x0403_4B50,
            let nameByteCount = header.number(at: 26, byteCount: 2),
            let extraByteCount = header.number(at: 28, byteCount: 2)
        else { throw ArchiveError(.damaged, entry: entry.name) }
        let start = entry.headerOffset + 30 + nameByteCount + extraByteCount
        guard start <= fileByteCount, entry.packedByteCount <= fileByteCount - start else {
            throw ArchiveError(.damaged, entry: entry.name)
        }
        return try ZipEntryReader(self, entry, start: start, limits: limits)
    }

    fileprivate func read(at offset: Int, count: Int) throws(ArchiveError) -> [UInt8] {
        try Self.read(file, at: offset, count: count)
    }

    private static func read(
        _ file: FileHandle, at offset: Int, count: Int
    ) throws(ArchiveError) -> [UInt8] {
        guard count > 0 else { return [] }
        let bytes: Data?
        do {
            try file.seek(toOffset: UInt64(offset))
            bytes = try file.read(upToCount: count)
        } catch {
            throw ArchiveError(.unreadable)
        }
        guard let bytes, bytes.count == count else { throw ArchiveError(.damaged) }
        return [UInt8](bytes)
    }
}

/// Unpacks one entry of an archive.
public final class ZipEntryReader {
    private static let packedPieceByteCount = 64 * 1_024
    private static let pieceByteCount = 256 * 1_024

    private let archive: ZipArchive
    private let entry: ZipEntry
    private let limits: ArchiveLimits
    private let inflation: Inflation?
    private let end: Int
    private var position: Int
    private var packed: ArraySlice<UInt8> = []
    private var packedByteCount = 0
    private var byteCount = 0
    private var checksum = CyclicChecksum()

    fileprivate init(
        _ archive: ZipArchive, _ entry: ZipEntry, start: Int, limits: ArchiveLimits
    ) throws(ArchiveError) {
        self.archive = archive
        self.entry = entry
        self.limits = limits
        position = start
        end = start + entry.packedByteCount
        do {
            inflation = entry.method == 8 ? try Inflation() : nil
        } catch {
            throw ArchiveError(.damaged, entry: entry.name)
        }
    }

    /// The next bytes; `nil` at the end, when size and checksum have proved to be right.
    ///
    /// - Throws: ``ArchiveError`` when the entry is damaged or exceeds a limit.
    public func next() throws(ArchiveError) -> [UInt8]? {
        while true {
            if packed.isEmpty, position < end {
                let count = min(Self.packedPieceByteCount, end - position)
                packed = try archive.read(at: position, count: count)[...]
                position += count
            }
            let piece = try unpack()
            if !piece.isEmpty {
                try count(piece)
                return piece
            }
            let isAtEnd = inflation?.isAtEnd ?? (packed.isEmpty && position == end)
            if isAtEnd { break }
            // Nothing came of nothing: the stream is longer than its place.
            if packed.isEmpty, position == end { throw damaged }
        }
        guard byteCount == entry.byteCount, checksum.value == entry.checksum else { throw damaged }
        return nil
    }

    private func unpack() throws(ArchiveError) -> [UInt8] {
        guard let inflation else {
            defer { packed = [] }
            packedByteCount += packed.count
            return Array(packed)
        }
        guard !inflation.isAtEnd else { return [] }
        do {
            let (bytes, used) = try inflation.inflate(packed, capacity: Self.pieceByteCount)
            packed = packed.dropFirst(used)
            packedByteCount += used
            return bytes
        } catch {
            throw damaged
        }
    }

    private func count(_ piece: [UInt8]) throws(ArchiveError) {
        byteCount += piece.count
        archive.unpackedByteCount += piece.count
        checksum.update(piece)
        guard archive.unpackedByteCount <= limits.unpackedByteCount else {
            throw ArchiveError(.tooLarge(limit: limits.unpackedByteCount), entry: entry.name)
        }
        // More than it says: nothing of it is to be believed.
        guard byteCount <= entry.byteCount else { throw damaged }
        guard !limits.isTooDense(byteCount, of: packedByteCount) else {
            throw ArchiveError(.tooDense(limit: limits.density), entry: entry.name)
        }
    }

    private var damaged: ArchiveError { ArchiveError(.damaged, entry: entry.name) }
}
