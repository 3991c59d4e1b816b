internal import Collection
internal import Foundation

/// A file read from its beginning, a part at a time.
struct FileChunks {
    /// What was read and not yet used.
    private(set) var buffer: [UInt8] = []
    /// Whether the buffer holds all that is left.
    private(set) var isAtEnd = false
    /// Bytes read so far.
    private(set) var byteCount = 0
    private let handle: FileHandle
    private let name: String
    private let length: Int

    /// Opens a file.
    ///
    /// - Parameter length: How much to read at once.
    init(_ url: URL, length: Int = 262_144) throws(CollectionError) {
        name = url.lastPathComponent
        self.length = length
        do {
            handle = try FileHandle(forReadingFrom: url)
        } catch {
            throw CollectionError(
                .unreachable,
                "\(name) cannot be opened. Check that it is there and that you may read it.")
        }
    }

    /// Drops what was used and reads on.
    ///
    /// - Parameter used: How much of the buffer is no longer needed.
    mutating func read(dropping used: Int) throws(CollectionError) {
        buffer.removeFirst(used)
        guard !isAtEnd else { return }
        let part: Data?
        do {
            // A row that did not fit is met again from its start: read more each time.
            part = try handle.read(upToCount: max(length, buffer.count))
        } catch {
            throw CollectionError(.unreachable, "\(name) cannot be read to its end. Try again.")
        }
        guard let part, !part.isEmpty else {
            isAtEnd = true
            return
        }
        byteCount += part.count
        buffer.append(contentsOf: part)
    }
}
