public import Foundation
internal import Glibc

/// A private PostgreSQL server in a folder, for programs that were given no database.
///
/// The server is started on demand and speaks only through a socket in a folder that its owner and
/// root can enter. Several processes can use one cluster at a time: each holds a shared lock, and the
/// last one that calls ``stop()`` stops the server. A process that dies leaves the server running;
/// its lock dies with it, and the next ``start()`` takes the server over as it is.
///
/// PostgreSQL refuses to run as root. Under root the server runs as the system user `postgres`, who
/// then owns the data.
public actor EmbeddedCluster {
    /// The oldest supported major version.
    static let majorMin = 14
    static let superuser = "postgres"

    private let folder: URL
    private let database: String
    private let binaries: URL?
    private let settings: [String: String]
    private let timeout: Duration
    private var use: Use?

    /// What is held between start and stop.
    private struct Use {
        var files: ClusterFiles
        var users: FileLock
        var binaries: PostgresBinaries
        var configuration: PostgresConfiguration
    }

    /// Names a cluster; nothing is touched before ``start()``.
    ///
    /// - Parameters:
    ///   - folder: The folder that holds data, socket and log; made when absent.
    ///   - database: The database to make when absent.
    ///   - binaries: The folder of `initdb`, `pg_ctl` and `postgres`; `nil` searches `PATH` and the
    ///     usual places for the newest.
    ///   - settings: Server settings in place of the built-in ones.
    ///   - timeout: How long starting may take, crash recovery included.
    public init(
        folder: URL, database: String = "main", binaries: URL? = nil,
        settings: [String: String] = [:], timeout: Duration = .seconds(120)
    ) {
        self.folder = folder
        self.database = database
        self.binaries = binaries
        self.settings = settings
        self.timeout = timeout
    }

    /// Starts the server, or takes over the one that runs, and makes the database when absent.
    ///
    /// - Returns: How to connect.
    /// - Throws: ``EmbeddedClusterError``; `CancellationError`.
    public func start() async throws -> PostgresConfiguration {
        if let use { return use.configuration }
        let files = try ClusterFiles.make(folder)
        let control = try openLock(files.controlLock, files)
        try await control.lock(.exclusive)
        defer { control.unlock() }
        let users = try openLock(files.usersLock, files)
        try await users.lock(.shared)

        let user = try ServerUser.resolve(dataFolder: files.data)
        let chosen = try await chooseBinaries(files)
        let server = ClusterServer(
            files: files, binaries: chosen, user: user, settings: settings,
            deadline: .now + timeout)
        try await server.checkReachable()
        if files.dataMajor == nil { try await server.initialize() }
        let configuration = try await server.start(database: database)
        use = Use(files: files, users: users, binaries: chosen, configuration: configuration)
        return configuration
    }

    /// Gives the server up, and stops it when nobody else uses it.
    ///
    /// - Throws: ``EmbeddedClusterError/stopFailed(folder:output:)``.
    public func stop() async throws {
        guard let use else { return }
        self.use = nil
        let settings = settings
        let timeout = timeout
        // Stopping is wanted most when the task was cancelled, so it is not cancelled with it.
        try await Task {
            let control = try FileLock(path: use.files.controlLock)
            try await control.lock(.exclusive)
            defer { control.unlock() }
            guard use.users.tryLock(.exclusive) else {
                use.users.unlock()
                return
            }
            defer { use.users.unlock() }
            let server = ClusterServer(
                files: use.files, binaries: use.binaries,
                user: try ServerUser.resolve(dataFolder: use.files.data), settings: settings,
                deadline: .now + timeout)
            try await server.stop()
        }.value
    }

    private func openLock(_ path: String, _ files: ClusterFiles) throws -> FileLock {
        do {
            return try FileLock(path: path)
        } catch {
            throw error.clusterError(folder: files.folder)
        }
    }

    /// The programs of the version that made the data, else the newest.
    private func chooseBinaries(_ files: ClusterFiles) async throws -> PostgresBinaries {
        let installed = try await PostgresBinaries.all(in: binaries?.path)
        guard let major = files.dataMajor else { return installed[0] }
        guard let matching = installed.first(where: { $0.major == major }) else {
            throw EmbeddedClusterError.wrongVersion(
                folder: files.data, data: major, installed: Set(installed.map(\.major)).sorted())
        }
        return matching
    }
}
