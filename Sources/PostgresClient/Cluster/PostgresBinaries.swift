internal import Foundation

/// The server programs of one installed version.
struct PostgresBinaries: Sendable {
    /// The folder that holds `initdb`, `pg_ctl` and `postgres`.
    var folder: String
    /// The major version, for example 15.
    var major: Int

    func path(_ program: String) -> String { folder + "/" + program }

    /// Finds installed versions, the newest first.
    ///
    /// - Parameters:
    ///   - folder: The only folder to look into; `nil` looks where distributions put them.
    ///   - roots: Where to look; for tests.
    /// - Returns: At least one version.
    /// - Throws: ``EmbeddedClusterError/binariesMissing(searched:)``.
    static func all(in folder: String?, roots: [String]? = nil) async throws -> [PostgresBinaries] {
        let folders = folder.map { [$0] } ?? roots ?? usualFolders()
        var found: [PostgresBinaries] = []
        for folder in folders where isComplete(folder) {
            if let major = try await major(in: folder), major >= EmbeddedCluster.majorMin {
                found.append(PostgresBinaries(folder: folder, major: major))
            }
        }
        guard !found.isEmpty else {
            throw EmbeddedClusterError.binariesMissing(searched: folders)
        }
        // Stable, so that PATH comes before the distribution's folders of the same version.
        return found.enumerated().sorted {
            ($1.element.major, $0.offset) < ($0.element.major, $1.offset)
        }
        .map(\.element)
    }

    /// Folders of `PATH`, then Debian's, Red Hat's and the source's own.
    private static func usualFolders() -> [String] {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        var folders = path.split(separator: ":").map(String.init)
        folders += versions(in: "/usr/lib/postgresql") { "/usr/lib/postgresql/\($0)/bin" }
        folders += versions(in: "/usr") { $0.hasPrefix("pgsql-") ? "/usr/\($0)/bin" : nil }
        folders.append("/usr/local/pgsql/bin")
        return folders
    }

    private static func versions(in folder: String, _ place: (String) -> String?) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().compactMap(place)
    }

    private static func isComplete(_ folder: String) -> Bool {
        ["initdb", "pg_ctl", "postgres"].allSatisfy {
            FileManager.default.isExecutableFile(atPath: folder + "/" + $0)
        }
    }

    /// Asks the server program itself: a folder's name proves nothing.
    private static func major(in folder: String) async throws -> Int? {
        let outcome = try await ChildProcess().run(folder + "/postgres", ["--version"])
        let version = outcome.output.split(separator: " ").dropFirst(2).first
        return version.flatMap { Int($0.prefix { $0.isNumber }) }
    }
}
