/// Why a private cluster did not start or stop.
///
/// The description says what to do.
public enum EmbeddedClusterError: Error, Hashable, Sendable {
    /// No server programs of PostgreSQL 14 or newer were found.
    case binariesMissing(searched: [String])
    /// The data folder was made by a version whose programs are not installed.
    case wrongVersion(folder: String, data: Int, installed: [Int])
    /// The folder cannot be made or written.
    case folderNotWritable(folder: String, reason: String)
    /// The system user that runs the server cannot get to the folder.
    case folderNotReachable(folder: String, user: String, blocked: String)
    /// The process is root and the system has no user to run the server as.
    case noServerUser(name: String)
    /// Something else lies where the cluster should be.
    case folderOccupied(folder: String, reason: String)
    /// The disk is full.
    case diskFull(folder: String)
    /// `initdb` failed.
    case initializationFailed(folder: String, output: String)
    /// The server did not start, or not in time.
    case startFailed(folder: String, reason: String, log: String)
    /// The server did not stop.
    case stopFailed(folder: String, output: String)
}

extension EmbeddedClusterError: CustomStringConvertible {
    /// What happened, to what, and what to do.
    public var description: String {
        switch self {
        case .binariesMissing(let searched):
            "The server programs of PostgreSQL \(EmbeddedCluster.majorMin) or newer (initdb, pg_ctl, "
                + "postgres) are not installed. Install them, on Debian and Ubuntu with: apt-get "
                + "install postgresql. Searched: \(searched.joined(separator: ", "))."
        case .wrongVersion(let folder, let data, let installed):
            "The data folder \(folder) was made by PostgreSQL \(data), but installed is "
                + installed.map(String.init).joined(separator: ", ")
                + ". Install PostgreSQL \(data) beside it (apt-get install postgresql-\(data)), or "
                + "convert the folder with pg_upgrade, or dump it with the old version and restore "
                + "it into a new folder."
        case .folderNotWritable(let folder, let reason):
            "The folder \(folder) for the private PostgreSQL server cannot be written: \(reason). "
                + "Choose another folder, or give this user the right to write there."
        case .folderNotReachable(let folder, let user, let blocked):
            "PostgreSQL refuses to run as root, so the private server runs as the system user "
                + "\(user), who cannot enter \(blocked) on the way to \(folder). Choose a folder that "
                + "everybody can get to, such as one below /var/lib, or allow it with: chmod o+x "
                + blocked
        case .noServerUser(let name):
            "PostgreSQL refuses to run as root, and there is no system user \(name) to run the private "
                + "server as. Create one (useradd --system \(name)), or start this program as an "
                + "ordinary user."
        case .folderOccupied(let folder, let reason):
            "\(folder) cannot be used for the private PostgreSQL server: \(reason)."
        case .diskFull(let folder):
            "The disk that holds \(folder) is full. Free some space; nothing that was committed is lost."
        case .initializationFailed(let folder, let output):
            "A new PostgreSQL data folder could not be made in \(folder). initdb said:\n\(output)"
        case .startFailed(let folder, let reason, let log):
            "The private PostgreSQL server in \(folder) did not start: \(reason). "
                + (log.isEmpty ? "Its log is empty." : "The end of its log:\n\(log)")
        case .stopFailed(let folder, let output):
            "The private PostgreSQL server in \(folder) did not stop. pg_ctl said:\n\(output)"
        }
    }
}
