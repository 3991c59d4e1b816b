internal import Foundation

/// A lock on a file, which ends with ``release()`` or with its process.
struct TokenLock: Sendable {
    private let descriptor: Int32

    /// Opens the file and takes no lock yet; `nil` where it cannot be opened.
    init?(path: String) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        if descriptor < 0 { return nil }
    }

    /// Takes the lock if nobody holds it.
    func isTaken() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

    /// Ends the lock; it may be called once.
    func release() { close(descriptor) }
}
