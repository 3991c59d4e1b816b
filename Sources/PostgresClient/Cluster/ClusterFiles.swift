internal import Crypto
internal import Foundation
internal import Glibc

/// The places of a cluster, and their making.
struct ClusterFiles: Sendable {
    /// The folder that holds everything.
    let folder: String

    var data: String { folder + "/data" }
    /// Where `initdb` works; renamed when it has finished, so that a half-made folder is never used.
    var newData: String { folder + "/data.new" }
    var log: String { folder + "/server.log" }
    /// Held by who starts or stops the server.
    var controlLock: String { folder + "/control.lock" }
    /// Shared by every process that uses the server.
    var usersLock: String { folder + "/users.lock" }

    /// A socket's path has at most 107 bytes on Linux, so a deep folder gets a short one elsewhere,
    /// whose name follows from the folder and is therefore found again by every process.
    var socketFolder: String {
        let beside = folder + "/socket"
        if (beside + "/.s.PGSQL.5432").utf8.count <= 107 { return beside }
        let hash = SHA256.hash(data: Data(folder.utf8)).prefix(8)
            .map { String($0, radix: 36) }.joined()
        return "/tmp/pg-\(geteuid())-\(hash)"
    }

    /// The major version that made the data folder; `nil` when there is none.
    var dataMajor: Int? {
        FileManager.default.contents(atPath: data + "/PG_VERSION").flatMap { content in
            Int(String(decoding: content, as: UTF8.self).prefix { $0.isNumber })
        }
    }

    /// Makes the outer folder, with the folders above it that are missing.
    static func make(_ folder: URL) throws -> ClusterFiles {
        let path = folder.standardizedFileURL.path
        try makeFolders(path)
        guard access(path, W_OK | X_OK) == 0 else {
            throw SystemError.last.clusterError(folder: path)
        }
        let files = ClusterFiles(folder: folder.resolvingSymlinksInPath().path)
        // Under root the server's user must pass through; what lies within stays closed.
        if geteuid() == 0 { _ = chmod(files.folder, 0o711) }
        return files
    }

    private static func makeFolders(_ path: String) throws {
        if access(path, F_OK) == 0 || path == "/" { return }
        try makeFolders((path as NSString).deletingLastPathComponent)
        let mode: mode_t = geteuid() == 0 ? 0o711 : 0o700
        guard mkdir(path, mode) == 0 || errno == EEXIST else {
            throw SystemError.last.clusterError(folder: path)
        }
    }

    /// Makes a folder that only the server's user can enter.
    ///
    /// - Throws: ``EmbeddedClusterError/folderOccupied(folder:reason:)`` when somebody else's folder,
    ///   or one that others can enter, has the name: in `/tmp` that may be a trap.
    func makePrivateFolder(_ path: String, user: ServerUser) throws {
        if mkdir(path, 0o700) == 0 {
            guard chown(path, user.identifier, user.group) == 0 else {
                throw SystemError.last.clusterError(folder: path)
            }
            return
        }
        guard errno == EEXIST else { throw SystemError.last.clusterError(folder: path) }
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw EmbeddedClusterError.folderOccupied(folder: path, reason: "it is not a folder")
        }
        guard status.st_uid == user.identifier, status.st_mode & 0o077 == 0 else {
            throw EmbeddedClusterError.folderOccupied(
                folder: path,
                reason:
                    "it does not belong to \(user.name) alone; remove it, or choose another folder")
        }
    }

    /// Writes a small file that belongs to the server's user.
    func write(_ text: String, to path: String, user: ServerUser) throws {
        let descriptor = open(path, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw SystemError.last.clusterError(folder: folder) }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count,
            fchown(descriptor, user.identifier, user.group) == 0
        else { throw SystemError.last.clusterError(folder: folder) }
    }

    /// Makes the log, putting one that has grown aside.
    ///
    /// - Returns: How many bytes it has, so that the next start's lines can be told from older ones.
    func prepareLog(user: ServerUser) throws -> Int {
        var status = stat()
        if stat(log, &status) == 0, status.st_size > 8 << 20 { rename(log, log + ".old") }
        let descriptor = open(log, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw SystemError.last.clusterError(folder: folder) }
        defer { close(descriptor) }
        guard fchown(descriptor, user.identifier, user.group) == 0, fstat(descriptor, &status) == 0
        else { throw SystemError.last.clusterError(folder: folder) }
        return Int(status.st_size)
    }

    /// The last lines of the log, from an offset on.
    func logTail(from offset: Int, lineCount: Int = 12) -> String {
        guard let data = FileManager.default.contents(atPath: log) else { return "" }
        let text = String(decoding: data.dropFirst(offset).suffix(16 * 1024), as: UTF8.self)
        return text.split(separator: "\n").suffix(lineCount).joined(separator: "\n")
    }
}
