internal import Foundation

/// A refresh token that took the place of the configured one, kept in a file that only its owner may
/// read: servers that give a new one with each use end the old one.
struct RotatedToken {
    private struct Kept: Codable {
        /// The configured token that it goes back to; another one in the configuration counts anew.
        var configured: String
        var current: String
    }

    let file: URL

    /// The token to use in place of the configured one; that one when nothing is kept.
    func current(insteadOf configured: String) -> String {
        guard let data = try? Data(contentsOf: file),
            let kept = try? JSONDecoder().decode(Kept.self, from: data),
            kept.configured == configured
        else { return configured }
        return kept.current
    }

    /// Keeps a new token, whole or not at all.
    ///
    /// Where that fails the old file stands, and the server is asked with the older token next time.
    func keep(_ token: String, insteadOf configured: String) {
        guard let data = try? JSONEncoder().encode(Kept(configured: configured, current: token))
        else { return }
        let fresh = file.appendingPathExtension("new")
        try? FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try? FileManager.default.removeItem(at: fresh)
        guard
            FileManager.default.createFile(
                atPath: fresh.path, contents: data, attributes: [.posixPermissions: 0o600])
        else { return }
        rename(fresh.path, file.path)
    }
}
