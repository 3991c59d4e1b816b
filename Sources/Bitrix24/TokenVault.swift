internal import Collection
internal import Crypto
public import Foundation

/// Keeps an application's tokens in a file, encrypted, so that neither a crash nor a second process
/// loses or doubles them.
///
/// The file is written whole beside the old one, forced to the disk, and put in its place by one
/// rename: after `kill -9` or a power cut there is either the old pair or the new. A lock beside it
/// lets one process at a time exchange tokens; the system frees it when its owner dies.
public struct TokenVault: Sendable {
    private static let head = Array("sverka-tokens-1\n".utf8)

    /// The file.
    public let file: URL
    private let key: TokenKey

    /// Makes a vault; nothing is read yet.
    public init(file: URL, key: TokenKey) {
        self.file = file
        self.key = key
    }

    /// The tokens; `nil` when none were kept yet.
    ///
    /// - Throws: ``CollectionError`` when the file is not one, or the key is another.
    func read() throws -> ApplicationTokens? {
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        let bytes: [UInt8]
        do {
            bytes = Array(try Data(contentsOf: file))
        } catch {
            throw failure("cannot be read", "Give the user that runs Sverka the right to read it.")
        }
        guard bytes.starts(with: Self.head) else {
            throw failure("is not a file of tokens", "Remove it and run 'sverka authorize'.")
        }
        do {
            let box = try AES.GCM.SealedBox(combined: bytes.dropFirst(Self.head.count))
            let plain = try AES.GCM.open(box, using: key.key, authenticating: Self.head)
            return try JSONDecoder().decode(ApplicationTokens.self, from: plain)
        } catch {
            throw failure(
                "cannot be decrypted",
                "Use the key with which it was written; if that is lost, remove the file and run "
                    + "'sverka authorize'.")
        }
    }

    /// Keeps tokens in place of those before.
    ///
    /// - Throws: ``CollectionError`` when they are not safely on the disk.
    func write(_ tokens: ApplicationTokens) throws {
        let box: Data
        do {
            let plain = try JSONEncoder().encode(tokens)
            let sealed = try AES.GCM.seal(plain, using: key.key, authenticating: Self.head)
            guard let combined = sealed.combined else { throw CocoaError(.coderInvalidValue) }
            box = combined
        } catch {
            throw failure("cannot be encrypted", "Report this.")
        }
        let beside = file.path + ".new"
        let target = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard target >= 0 else { throw failure("cannot be written", Self.room) }
        defer { close(target) }
        let bytes = Self.head + Array(box)
        let isWhole = bytes.withUnsafeBytes { bytes in
            Glibc.write(target, bytes.baseAddress, bytes.count) == bytes.count
        }
        guard isWhole, fchmod(target, 0o600) == 0, fsync(target) == 0,
            rename(beside, file.path) == 0
        else { throw failure("cannot be written", Self.room) }
        // The new name is safe only when the folder is.
        let folder = open(file.deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    /// Runs something while no other process does.
    ///
    /// - Parameters:
    ///   - clock: Passes the time while another process is at it.
    ///   - body: What to do.
    /// - Returns: What `body` returns.
    /// - Throws: ``CollectionError`` when the lock cannot be had; what `body` throws.
    func withLock<Value: Sendable>(
        clock: MonotonicClock, _ body: () async throws -> Value
    ) async throws -> Value {
        let lock = open(file.path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw failure("cannot be locked", Self.room) }
        defer { close(lock) }
        let start = clock.elapsed
        while flock(lock, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR, clock.elapsed - start < .seconds(120)
            else {
                throw failure(
                    "has been locked by another process for two minutes",
                    "Look whether a run hangs, end it, and run again.")
            }
            try await clock.sleep(for: .milliseconds(100))
        }
        return try await body()
    }

    private static let room =
        "Make room on the disk and give the user that runs Sverka the right to write in its folder."

    private func failure(_ what: String, _ remedy: String) -> CollectionError {
        CollectionError(.misconfigured, "The token file \(file.path) \(what). \(remedy)")
    }
}
