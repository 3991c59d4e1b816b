internal import Glibc

/// A lock on a file that ends with the process that holds it, however the process ends.
///
/// `@unchecked Sendable`: the descriptor never changes and `flock` may be called from any thread.
final class FileLock: @unchecked Sendable {
    enum Mode {
        case shared, exclusive
    }

    private let descriptor: Int32

    /// Opens the file, making it if need be, and takes no lock yet.
    ///
    /// The descriptor is closed in child processes, or they would keep the lock alive.
    init(path: String) throws(SystemError) {
        descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
        if descriptor < 0 { throw SystemError.last }
    }

    deinit { close(descriptor) }

    /// Takes the lock, or changes its mode, if nobody is in the way.
    func tryLock(_ mode: Mode) -> Bool {
        flock(descriptor, (mode == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0
    }

    /// Waits for the lock.
    func lock(_ mode: Mode) async throws {
        // flock cannot be cancelled; asking again can, and these waits last no longer than a start.
        while !tryLock(mode) { try await Task.sleep(for: .milliseconds(20)) }
    }

    func unlock() { _ = flock(descriptor, LOCK_UN) }
}

/// What the system said when a call failed.
struct SystemError: Error {
    var code: Int32

    static var last: SystemError { SystemError(code: errno) }

    var reason: String { String(cString: strerror(code)) }

    /// The error of a cluster whose folder could not be used.
    func clusterError(folder: String) -> EmbeddedClusterError {
        code == ENOSPC || code == EDQUOT
            ? .diskFull(folder: folder) : .folderNotWritable(folder: folder, reason: reason)
    }
}
