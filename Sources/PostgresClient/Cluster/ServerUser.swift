internal import Glibc

/// The system user that the server runs as.
struct ServerUser: Sendable {
    var name: String
    var identifier: uid_t
    var group: gid_t

    /// Whether children must change their user: only root can, and must, as PostgreSQL refuses root.
    var isOther: Bool { identifier != geteuid() }

    /// The user for a data folder: this process's own; for root the folder's owner, or the system
    /// user `postgres` that comes with the server's package.
    static func resolve(dataFolder: String) throws(EmbeddedClusterError) -> ServerUser {
        guard geteuid() == 0 else {
            return ServerUser(identifier: geteuid())
                ?? ServerUser(name: String(geteuid()), identifier: geteuid(), group: getegid())
        }
        var status = stat()
        if stat(dataFolder, &status) == 0, status.st_uid != 0,
            let owner = ServerUser(identifier: status.st_uid)
        {
            return owner
        }
        guard let entry = getpwnam("postgres") else { throw .noServerUser(name: "postgres") }
        return ServerUser(
            name: "postgres", identifier: entry.pointee.pw_uid, group: entry.pointee.pw_gid)
    }

    init(name: String, identifier: uid_t, group: gid_t) {
        self.name = name
        self.identifier = identifier
        self.group = group
    }

    private init?(identifier: uid_t) {
        guard let entry = getpwuid(identifier) else { return nil }
        self.init(
            name: String(cString: entry.pointee.pw_name), identifier: identifier,
            group: entry.pointee.pw_gid)
    }
}
