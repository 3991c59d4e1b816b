public import Foundation
public import Records

/// What one step of reading a journal gave.
public struct JournalBatch: Sendable {
    /// The entries, as they stand in the file.
    public var entries: [JournalEntry] = []
    /// Lines that were read, those left out included.
    public var lineCount = 0
    /// Lines that were left out, by reason.
    public var refused: [JournalRefusal: Int] = [:]
}

/// Reads one file of a journal from where it was left, line after line.
///
/// Only what a program has finished writing is read: a last line without its end is left for the
/// next time, unless it is a whole JSON object. What is added meanwhile is left, too.
public struct JournalReading {
    /// Where the next line begins, in bytes from the beginning of the file.
    public private(set) var position: Int

    private let name: String
    private let end: Int
    private let handle: FileHandle
    private var lines: any JournalLines
    /// What was read from the file and is not yet taken.
    private var rest: [UInt8] = []
    private var readPosition: Int
    private var isAtEnd = false

    /// Bytes that are read at a time.
    private static let chunkByteCount = 1 << 20

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - position: Where it was left; 0 for a file that is new.
    ///   - entity: What the columns of a journal are: `operation`.
    ///   - settings: How lines are understood.
    ///   - isAtRest: Whether nobody has written for a while, so that a last row without its line end
    ///     is held to be whole.
    /// - Throws: ``FileError`` when the file cannot be read, or has no columns of a journal.
    public init(
        _ url: URL, from position: Int, entity: EntityDefinition, settings: JournalSettings,
        isAtRest: Bool = false
    ) throws(FileError) {
        name = url.lastPathComponent
        do {
            handle = try FileHandle(forReadingFrom: url)
            end = Int(clamping: try handle.seekToEnd())
            try handle.seek(toOffset: 0)
            let head = [UInt8](try handle.read(upToCount: Self.chunkByteCount) ?? Data())
            let columns = JournalColumns(entity)
            if ExportName.isJSONLines(name) {
                lines = JSONJournalLines(columns: columns, settings: settings)
            } else {
                lines = try DelimitedJournalLines(
                    file: name, head: head, columns: columns, settings: settings,
                    isAtRest: isAtRest)
            }
            let start = max(position, min(lines.headByteCount, end))
            try handle.seek(toOffset: UInt64(start))
            self.position = start
            readPosition = start
        } catch let error as FileError {
            throw error
        } catch {
            let exists = FileManager.default.fileExists(atPath: url.path)
            throw FileError(
                file: url.path, message: exists ? "may not be read" : "there is no such file")
        }
    }

    /// Reads on.
    ///
    /// - Returns: The next lines; `nil` at the end of what could be read.
    /// - Throws: ``FileError``.
    public mutating func next() throws(FileError) -> JournalBatch? {
        guard !isAtEnd else { return nil }
        try readChunk()
        isAtEnd = readPosition >= end
        var batch = JournalBatch()
        let taken = rest.withUnsafeBufferPointer { lines.take($0, isLast: isAtEnd, into: &batch) }
        position += taken
        rest.removeSubrange(..<taken)
        return batch
    }

    /// Completes a mark with what tells the file from others, after it was read up to ``position``.
    ///
    /// Of the file that is being read: under its name another one may stand by now.
    ///
    /// - Parameter mark: How far it was read.
    /// - Returns: The mark with the hashes by which the file will be recognised.
    /// - Throws: ``FileError``.
    public func hashed(_ mark: JournalMark) throws(FileError) -> JournalMark {
        var mark = mark
        let bytes = FileBytes(handle, name: name)
        mark.headHash = try bytes.hash(bytes.headRange(of: mark))
        mark.tailHash = try bytes.hash(bytes.tailRange(of: mark))
        do { try handle.seek(toOffset: UInt64(readPosition)) } catch {
            throw FileError(file: name, message: "reading failed: \(error)")
        }
        return mark
    }

    private mutating func readChunk() throws(FileError) {
        do {
            let wanted = min(Self.chunkByteCount, end - readPosition)
            let data = wanted > 0 ? try handle.read(upToCount: wanted) : nil
            guard let data, !data.isEmpty else {
                // Cut while it was read.
                readPosition = end
                return
            }
            readPosition += data.count
            rest.append(contentsOf: data)
        } catch {
            throw FileError(file: name, message: "reading failed: \(error)")
        }
    }
}

/// Takes the lines of a journal of one form.
protocol JournalLines {
    /// The bytes at the beginning of the file that are no lines: a mark, a header.
    var headByteCount: Int { get }

    /// Takes the whole lines at the beginning of some bytes.
    ///
    /// - Parameters:
    ///   - bytes: What was not taken before, and what follows it.
    ///   - isLast: Whether nothing follows for now.
    ///   - batch: Takes the entries.
    /// - Returns: How many bytes were taken.
    mutating func take(
        _ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, into batch: inout JournalBatch
    ) -> Int
}

extension JournalBatch {
    /// Counts a line that is left out.
    mutating func refuse(_ reason: JournalRefusal) { refused[reason, default: 0] += 1 }
}
