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
    ///   - unreadable: Told of each file that could not be recognised because reading it failed; it is
    ///     left for the next time, since from its beginning it would be counted twice.
    /// - Returns: The files that hold more than was read of them.
    /// - Throws: `CollectionError` when the folder cannot be read; files that cannot be opened are
    ///   left to the reading, which says why.
    public func unread(
        _ known: [JournalMark], now: Date = Date(), unreadable: (FileError) -> Void = { _ in }
    ) throws(CollectionError) -> [Part] {
        let files = try folder.files().filter { ExportName.isNamed($0.name, stem) }
        var parts: [Part] = []
        for file in files.reversed() {
            let url = folder.place(of: file.name)
            let mark: JournalMark
            do throws(FileError) {
                mark = try JournalRecognition(known).mark(of: file, at: url)
            } catch {
                unreadable(error)
                continue
            }
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
}

/// Recognises files of a journal.
private struct JournalRecognition {
    private let known: [JournalMark]

    init(_ known: [JournalMark]) { self.known = known }

    /// How far a file was read, under whatever name.
    ///
    /// Of several marks that fit the one that was read furthest counts: a copy that was made before
    /// its file was emptied is not read again.
    func mark(of file: ExportFile, at url: URL) throws(FileError) -> JournalMark {
        var fresh = JournalMark(name: file.name)
        guard !known.isEmpty, let reader = try? FileBytes(url) else { return fresh }
        var fitting: [JournalMark] = []
        var heads: [Int: [UInt8]] = [:]
        for mark in known {
            let count = reader.headRange(of: mark).count
            guard count > 0, count <= file.byteCount else { continue }
            let head: [UInt8]
            if let known = heads[count] { head = known } else { head = try reader.hash(0..<count) }
            heads[count] = head
            guard head == mark.headHash else { continue }
            // Shorter than what was read: the beginning of it, cut or still being copied.
            if mark.readBytes <= file.byteCount,
                try reader.hash(reader.tailRange(of: mark)) != mark.tailHash
            {
                continue
            }
            fitting.append(mark)
        }
        guard let mark = fitting.max(by: { $0.readBytes < $1.readBytes }) else { return fresh }
        // What was left out of a file of another name was counted there.
        if mark.name != file.name { fresh.readBytes = mark.readBytes }
        return mark.name == file.name ? mark : fresh
    }
}
