internal import Foundation

/// The last step of writing a file: to disk, then to its name.
enum TemporaryFile {
    /// Flushes a file to disk and gives it its name, in place of what stood there.
    static func rename(_ temporary: URL, to target: URL) throws(SpreadsheetError) {
        let name = target.lastPathComponent
        let descriptor = open(temporary.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(errno, name) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(errno, name) }
        guard Foundation.rename(temporary.path, target.path) == 0 else {
            throw failure(errno, name)
        }
    }

    private static func failure(_ code: Int32, _ name: String) -> SpreadsheetError {
        SpreadsheetError(
            code == ENOSPC ? .diskFull : .cannotWrite, file: name,
            message: String(cString: strerror(code)))
    }
}
