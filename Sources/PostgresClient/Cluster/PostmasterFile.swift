internal import Foundation
internal import Glibc

/// What `postmaster.pid` says about a server.
///
/// Source: PostgreSQL, `src/include/utils/pidfile.h`.
struct PostmasterFile {
    var processIdentifier: pid_t
    var port: Int
    var socketFolder: String
    /// `starting`, `ready`, `stopping`, `standby`.
    var status: String

    init?(dataFolder: String) {
        guard let data = FileManager.default.contents(atPath: dataFolder + "/postmaster.pid") else {
            return nil
        }
        let lines = String(decoding: data, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        // The first line is written first; a server that is about to start may lack the others.
        guard let first = lines.first, let identifier = pid_t(first) else { return nil }
        processIdentifier = abs(identifier)
        port = lines.count > 3 ? Int(lines[3]) ?? 5432 : 5432
        socketFolder = lines.count > 4 ? lines[4] : ""
        status = lines.count > 7 ? lines[7] : "starting"
    }

    /// Whether the process is alive and is the server of this folder.
    ///
    /// After a crash of the machine another program may have the number. A server works in its data
    /// folder, so that is what tells; where the system does not show it, being alive must do.
    func isRunning(dataFolder: String) -> Bool {
        guard kill(processIdentifier, 0) == 0 || errno == EPERM else { return false }
        let process = "/proc/\(processIdentifier)"
        if let state = FileManager.default.contents(atPath: process + "/stat") {
            // A zombie is no server: "(postgres) Z".
            let text = String(decoding: state, as: UTF8.self)
            if let end = text.lastIndex(of: ")"), text[end...].dropFirst(2).first == "Z" {
                return false
            }
        } else if access("/proc/self/stat", R_OK) == 0 {
            return false
        } else {
            return true
        }
        guard
            let place = try? FileManager.default.destinationOfSymbolicLink(atPath: process + "/cwd")
        else {
            // Not ours to look into: a process of another user, while the server runs as us or under
            // our control.
            return false
        }
        return Self.isSame(place, dataFolder)
    }

    private static func isSame(_ one: String, _ other: String) -> Bool {
        var first = stat()
        var second = stat()
        return stat(one, &first) == 0 && stat(other, &second) == 0
            && first.st_ino == second.st_ino && first.st_dev == second.st_dev
    }
}
