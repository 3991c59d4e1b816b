internal import Collection
internal import Foundation

/// Keeps in a file that an infobase has refused a user and password, so that no process sends them
/// again.
///
/// The file names no credentials: it holds a salted digest of them, by which others are told from
/// those that were refused.
struct RefusalFile: Sendable {
    private struct Content: Codable {
        var salt: [UInt8]
        var digest: [UInt8]
        var refusedAt: Date
        var message: String
    }

    private let place: URL

    /// The file of an infobase and a user in a folder; nothing is read yet.
    init(of address: InfobaseAddress, in folder: URL) {
        place = folder.appending(path: "\(address.userDigest).json")
    }

    /// What the infobase said to these credentials.
    ///
    /// - Returns: `nil` when they were not refused, or nothing can be read.
    func read(for address: InfobaseAddress) -> CollectionError? {
        guard let bytes = try? Data(contentsOf: place),
            let content = try? JSONDecoder().decode(Content.self, from: bytes),
            address.credentialsDigest(salt: content.salt) == content.digest
        else { return nil }
        let moment = content.refusedAt.formatted(.iso8601)
        return CollectionError(
            .refused,
            "\(content.message) That was on \(moment), and it has not been sent since. Write the "
                + "right user and password into the configuration; if they are right by now, run "
                + "'sverka check'.")
    }

    /// Keeps a refusal.
    ///
    /// - Returns: Whether it is kept; a folder that cannot be written to is no reason to stop.
    func write(_ error: CollectionError, of address: InfobaseAddress) -> Bool {
        var generator = SystemRandomNumberGenerator()
        let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        let content = Content(
            salt: salt, digest: address.credentialsDigest(salt: salt), refusedAt: Date(),
            message: error.message)
        do {
            let files = FileManager.default
            // In a folder that nobody else may enter the file is nobody else's to read, also before
            // its own rights are set.
            let folder = place.deletingLastPathComponent()
            try PrivateFolder.make(folder, in: folder.deletingLastPathComponent())
            try JSONEncoder().encode(content).write(to: place, options: .atomic)
            try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: place.path)
            return true
        } catch {
            return false
        }
    }

    /// Forgets the refusal.
    func remove() { try? FileManager.default.removeItem(at: place) }
}
