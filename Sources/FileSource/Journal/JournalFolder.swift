public import Collection
public import Foundation
public import Records

/// The files of a journal, and from where each is to be read.
///
/// A file is known by how it begins, not by its name: what was rotated (`operation.jsonl.1`) or
/// copied is not read twice. It is read on where it was left as long as what was read of it still
/// stands there; otherwise another file took its place, which is read from its beginning.
public struct JournalFolder: Sendable {
    /// A file with something to read.
    public struct Part: Hashable, Sendable {
        /// The file.
        public var url: URL
        /// How far it was read, under whatever name; a fresh mark for a new file.
        public var mark: JournalMark
        /// Whether nobody has written to it for a while.
        public var isAtRest: Bool
    }

    private let folder: ExportFolder
    private let stem: String

    /// So many bytes at the beginning, and at the end of what was read, tell a file from others.
    static let tellingByteCount = 1_024
    /// After so long without a change a last row without line end is held to be whole.
    private static let restSeconds = 600.0

    /// Names a folder; nothing is looked at yet.
    ///
    /// - Parameters:
    ///   - folder: Where the files are.
    ///   - entity: The entity after which they are named.
    public init(_ folder: URL, entity: EntityName = EntityName("operation")) {
        self.folder = ExportFolder(url: folder, endings: Set(FolderSource.endings))
        stem = entity.rawValue
    }

    /// What is to be read, the oldest file first.
    ///
    /// - Parameters:
    ///   - known: How far files were read.
    ///   - now: The time.
    /// - Returns: The files that hold more than was read of them.
    /// - Throws: `CollectionError` when the folder cannot be read; files that cannot be opened are
    ///   left to the reading, which says why.
    public func unread(
        _ known: [JournalMark], now: Date = Date()
    ) throws(CollectionError) -> [Part] {
        let files = try folder.files().filter { ExportName.isNamed($0.name, stem) }
        var parts: [Part] = []
        for file in files.reversed() {
            let url = folder.place(of: file.name)
            let mark = JournalRecognition(known).mark(of: file, at: url)
            guard file.byteCount > mark.readBytes else { continue }
            let age = now.timeIntervalSince1970 - Double(file.modified) / 1_000
            parts.append(Part(url: url, mark: mark, isAtRest: age > Self.restSeconds))
        }
        return parts
    }

    /// Files of the folder that are not read, since they are not named after the entity.
    ///
    /// - Returns: Their names; none where a file of the journal is there.
    /// - Throws: `CollectionError` when the folder cannot be read.
    public func strangers() throws(CollectionError) -> [String] {
        let names = try folder.files().map(\.name)
        return names.contains { ExportName.isNamed($0, stem) } ? [] : names
    }

    /// Completes a mark after a file was read up to its `readBytes`.
    ///
    /// - Parameters:
    ///   - mark: How far it was read.
    ///   - url: The file.
    /// - Returns: The mark with the hashes by which the file will be recognised.
    /// - Throws: ``FileError`` when it is gone.
    public static func hashed(_ mark: JournalMark, at url: URL) throws(FileError) -> JournalMark {
        var mark = mark
        let reader = try FileBytes(url)
        mark.headHash = ContentHash.bytes(
            of: reader.bytes(0..<min(tellingByteCount, mark.readBytes)))
        mark.tailHash = ContentHash.bytes(
            of: reader.bytes(max(0, mark.readBytes - tellingByteCount)..<mark.readBytes))
        return mark
    }
}

/// Recognises files of a journal.
private struct JournalRecognition {
    private let known: [JournalMark]

    init(_ known: [JournalMark]) { self.known = known }

    /// How far a file was read, under whatever name.
    ///
    /// Of several marks that fit the one that was read furthest counts: a copy that was made before
    /// its file was emptied is not read again.
    func mark(of file: ExportFile, at url: URL) -> JournalMark {
        var fresh = JournalMark(name: file.name)
        guard !known.isEmpty, let reader = try? FileBytes(url) else { return fresh }
        let telling = JournalFolder.tellingByteCount
        var heads: [Int: [UInt8]] = [:]
        func head(_ count: Int) -> [UInt8] {
            if let known = heads[count] { return known }
            let hash = ContentHash.bytes(of: reader.bytes(0..<count))
            heads[count] = hash
            return hash
        }
        let alike = known.filter { mark in
            let count = min(telling, mark.readBytes)
            return count > 0 && count <= file.byteCount && head(count) == mark.headHash
        }
        let fitting = alike.filter { mark in
            // Shorter than what was read: the beginning of it, cut or still being copied.
            guard mark.readBytes <= file.byteCount else { return true }
            let tail = max(0, mark.readBytes - telling)..<mark.readBytes
            return ContentHash.bytes(of: reader.bytes(tail)) == mark.tailHash
        }
        guard let mark = fitting.max(by: { $0.readBytes < $1.readBytes }) else { return fresh }
        // What was left out of a file of another name was counted there.
        if mark.name != file.name { fresh.readBytes = mark.readBytes }
        return mark.name == file.name ? mark : fresh
    }
}

/// Any bytes of a file.
private struct FileBytes {
    private let handle: FileHandle

    init(_ url: URL) throws(FileError) {
        do {
            handle = try FileHandle(forReadingFrom: url)
        } catch {
            throw FileError(file: url.path, message: "there is no such file, or it may not be read")
        }
    }

    /// Those that there are of a range.
    func bytes(_ range: Range<Int>) -> [UInt8] {
        guard !range.isEmpty, (try? handle.seek(toOffset: UInt64(range.lowerBound))) != nil,
            let data = try? handle.read(upToCount: range.count)
        else { return [] }
        return [UInt8](data)
    }
}
