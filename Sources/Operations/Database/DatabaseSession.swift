internal import Foundation
internal import PostgresClient
public import Storage

/// Opens Sverka's database for the time of one command.
public struct DatabaseSession: Sendable {
    private let configuration: Configuration
    private let resources: ResourceFolders

    /// Connections that a command may hold at once: a job's lock, both collectors, the outbox's sender
    /// of a job and of the service, and some to spare.
    private static let poolSize = 8

    /// Makes a session; nothing is started yet.
    public init(_ configuration: Configuration, resources: ResourceFolders) {
        self.configuration = configuration
        self.resources = resources
    }

    /// Opens the database, brings its schema up to date, and hands over the store.
    ///
    /// The embedded cluster is started before and stopped afterwards, unless others use it.
    ///
    /// - Parameters:
    ///   - progress: Told about the start and the migrations.
    ///   - body: Works with the store.
    /// - Returns: What the body returns.
    /// - Throws: `EmbeddedClusterError`, `PostgresError`, `MigrationError`; what the body throws.
    public func withStore<Value: Sendable>(
        progress: any ProgressDisplay, _ body: (Store) async throws -> Value
    ) async throws -> Value {
        guard let url = configuration.databaseURL else {
            return try await withCluster(progress: progress, body)
        }
        let server = try PostgresConfiguration(url: url)
        return try await withStore(on: server, progress: progress, body)
    }

    private func withCluster<Value: Sendable>(
        progress: any ProgressDisplay, _ body: (Store) async throws -> Value
    ) async throws -> Value {
        let folder = configuration.dataFolder.appending(path: "cluster")
        let stage = ProgressStage("private database in \(folder.path)")
        progress.begin(stage)
        let cluster = EmbeddedCluster(folder: folder, database: "sverka")
        let server = try await cluster.start()
        progress.end(stage, result: "started")
        do {
            let value = try await withStore(on: server, progress: progress, body)
            try await cluster.stop()
            return value
        } catch {
            // The failure of the work is what a person needs to know, not that of putting away.
            try? await cluster.stop()
            throw error
        }
    }

    private func withStore<Value: Sendable>(
        on server: PostgresConfiguration, progress: any ProgressDisplay,
        _ body: (Store) async throws -> Value
    ) async throws -> Value {
        let sql = resources.builtIn.appending(path: "sql")
        let statements = try resources.statements()
        let migrator = try Migrator(directory: sql.appending(path: "migrations"))
        let pool = PostgresPool(configuration: server, size: Self.poolSize)
        do {
            let applied = try await pool.withConnection { connection in
                try await migrator.migrate(connection)
            }
            if !applied.isEmpty {
                progress.warn("database schema brought up to date: \(applied.count) migrations")
            }
            let value = try await body(Store(pool: pool, statements: statements))
            await pool.close()
            return value
        } catch {
            await pool.close()
            throw error
        }
    }
}
