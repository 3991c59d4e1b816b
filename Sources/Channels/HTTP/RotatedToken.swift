internal import Foundation

/// A refresh token that took the place of the configured one, kept in a file that only its owner may
/// read: servers that give a new one with each use end the old one.
///
/// Many senders, also of several processes, live on one file: who exchanges a token holds the lock
/// (``lock()``) from before it reads the token until it has kept the next.
struct RotatedToken {
    private struct Kept: Codable {
        /// The configured token that it goes back to; another one in the configuration counts anew.
        var configured: String
        var current: String
    }

    let file: URL

    /// The token to use in place of the configured one; `nil` when none is kept.
    func current(insteadOf configured: String) -> String? {
        guard let data = try? Data(contentsOf: file),
            let kept = try? JSONDecoder().decode(Kept.self, from: data),
            kept.configured == configured
        else { return nil }
        return kept.current
    }

    /// Keeps a new token, whole or not at all.
    ///
    /// - Returns: Whether it is kept; where that fails the old file stands.
    func keep(_ token: String, insteadOf configured: String) -> Bool {
        guard let data = try? JSONEncoder().encode(Kept(configured: configured, current: token))
        else { return false }
        let fresh = file.appendingPathExtension("new")
        makeFolder()
        try? FileManager.default.removeItem(at: fresh)
        guard
            FileManager.default.createFile(
                atPath: fresh.path, contents: data, attributes: [.posixPermissions: 0o600])
        else { return false }
        return rename(fresh.path, file.path) == 0
    }

    /// Takes the lock beside the file; the system frees it when its owner dies.
    ///
    /// - Returns: What ends the lock; `nil` where no lock can be made, since no token can be kept
    ///   there either.
    /// - Throws: ``ChannelFailure`` when somebody else does not give it back, or on cancellation.
    func lock() async throws(ChannelFailure) -> TokenLock? {
        makeFolder()
        guard let lock = TokenLock(path: file.path + ".lock") else { return nil }
        // An exchange ends within the sender's minute; two of them may be before us.
        let deadline = ContinuousClock.now + .seconds(120)
        while !lock.isTaken() {
            guard ContinuousClock.now < deadline else {
                lock.release()
                throw ChannelFailure(
                    .connection,
                    message: "somebody else has been fetching an access token for two minutes; "
                        + "look whether a process hangs")
            }
            do {
                try await Task.sleep(for: .milliseconds(50))
            } catch {
                lock.release()
                throw ChannelFailure(.cancelled, message: "sending was cancelled")
            }
        }
        return lock
    }

    private func makeFolder() {
        try? FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    }
}
