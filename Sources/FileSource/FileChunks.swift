internal import Foundation

/// The bytes of a file in chunks of bounded size.
struct FileChunks {
    private let handle: FileHandle
    private let file: String
    private let chunkByteCount: Int

    init(_ url: URL, chunkByteCount: Int = 256 * 1024) throws(FileError) {
        file = url.lastPathComponent
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
    func next() throws(FileError) -> [UInt8]? {
        do {
            guard let data = try handle.read(upToCount: chunkByteCount), !data.isEmpty else {
                return nil
            }
            return [UInt8](data)
        } catch {
            throw FileError(file: file, message: "reading failed: \(error)")
        }
    }
}
