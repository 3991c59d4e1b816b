internal import Foundation
internal import Records

/// The bytes by which a file of a journal is told from others: those at its beginning, and those at the
/// end of what was read of it.
struct FileBytes {
    private static let tellingByteCount = 1_024

    private let handle: FileHandle
    private let name: String

    init(_ url: URL) throws(FileError) {
        do {
            handle = try FileHandle(forReadingFrom: url)
        } catch {
            throw FileError(file: url.path, message: "there is no such file, or it may not be read")
        }
        name = url.lastPathComponent
    }

    /// Bytes of a file that is open, whatever its name has become; its position changes.
    init(_ handle: FileHandle, name: String) {
        self.handle = handle
        self.name = name
    }

    func headRange(of mark: JournalMark) -> Range<Int> {
        0..<min(Self.tellingByteCount, mark.readBytes)
    }

    func tailRange(of mark: JournalMark) -> Range<Int> {
        max(0, mark.readBytes - Self.tellingByteCount)..<mark.readBytes
    }

    /// The hash of a range, or of what there is of it.
    func hash(_ range: Range<Int>) throws(FileError) -> [UInt8] {
        guard !range.isEmpty else { return ContentHash.bytes(of: []) }
        do {
            try handle.seek(toOffset: UInt64(range.lowerBound))
            return ContentHash.bytes(of: [UInt8](try handle.read(upToCount: range.count) ?? Data()))
        } catch {
            // No bytes would look like another file, which is read from its beginning.
            throw FileError(file: name, message: "reading failed: \(error)")
        }
    }
}
