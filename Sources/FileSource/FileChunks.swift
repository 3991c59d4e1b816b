internal import Foundation

/// The bytes of a file in chunks of bounded size.
struct FileChunks {
    private let handle: FileHandle
    private let file: String
    private let chunkByteCount: Int
    private var rest: Int

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - end: How many bytes are read at most; `nil` for all.
    ///   - chunkByteCount: How many at a time.
    /// - Throws: ``FileError`` when it cannot be opened.
    init(
        _ url: URL, end: Int? = nil, chunkByteCount: Int = DelimitedFormat.sampleByteCount
    ) throws(FileError) {
        file = url.lastPathComponent
        rest = end ?? .max
        self.chunkByteCount = chunkByteCount
        do {
            handle = try FileHandle(forReadingFrom: url)
        } catch {
            let exists = FileManager.default.fileExists(atPath: url.path)
            throw FileError(
                file: url.path, message: exists ? "may not be read" : "there is no such file")
        }
    }

    /// The next bytes; `nil` at the end of the file.
    mutating func next() throws(FileError) -> [UInt8]? {
        guard rest > 0 else { return nil }
        do {
            let wanted = min(rest, chunkByteCount)
            guard let data = try handle.read(upToCount: wanted), !data.isEmpty else { return nil }
            rest -= data.count
            return [UInt8](data)
        } catch {
            throw FileError(file: file, message: "reading failed: \(error)")
        }
    }
}
