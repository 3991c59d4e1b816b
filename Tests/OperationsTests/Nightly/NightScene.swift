import DatabaseTestSupport
import Foundation
import PostgresClient
import Records
import Sandbox
import Storage
import TestSupport

@testable import Operations

/// A sandbox, a database of its own, and a configuration that joins the two.
struct NightScene: Sendable {
    let sandbox: Sandbox
    let addresses: SandboxAddresses
    var configuration: Configuration
    let database: PostgresConfiguration

    /// The same company in every test.
    static let world = World(WorldOptions(size: 120, seed: 4))

    /// Sets the scene, plays, and puts everything away.
    ///
    /// - Parameters:
    ///   - world: What the two systems hold on the first night.
    ///   - infobase: Which configuration of 1C is played.
    ///   - settings: Lines of `sverka.yaml` beside sources and database.
    ///   - play: The test.
    /// - Throws: What the test throws; what keeps the scene from being set.
    static func play(
        world: World = NightScene.world, infobase: InfobaseConfiguration = .bp30,
        settings: String = "",
        _ play: (NightScene) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        var options = SandboxOptions(world: world.options)
        options.portal.requestsPerSecond = nil
        options.infobase.configuration = infobase
        let sandbox = Sandbox(options, world: world)
        let addresses = try await sandbox.start()
        do {
            try await withTestDatabase { database in
                let file = try folder.write(
                    text(addresses, infobase, database: url(of: database)) + settings,
                    to: "sverka.yaml")
                try await play(
                    NightScene(
                        sandbox: sandbox, addresses: addresses,
                        configuration: ConfigurationFile.read(file),
                        database: database))
            }
        } catch {
            await sandbox.stop()
            throw error
        }
        await sandbox.stop()
    }

    /// Runs the nightly job once.
    @discardableResult
    func night(
        acceptsDrop: Bool = false, progress: any ProgressDisplay = SilentProgress()
    ) async throws -> JobOutcome {
        try await NightlyAudit(
            configuration, resources: ResourceFolders(overrides: nil), progress: progress,
            acceptsDrop: acceptsDrop
        ).run()
    }

    /// Works with what the nights stored.
    func withStore<Value: Sendable>(_ body: (Store) async throws -> Value) async throws -> Value {
        try await DatabaseSession(configuration, resources: ResourceFolders(overrides: nil))
            .withStore(progress: SilentProgress(), body)
    }

    /// Ends every session that the job holds in the database, as a restart of the server does,
    /// and waits until they are gone: a session that is only told to end still takes a statement.
    ///
    /// By a program that is not ours and needs no thread of the pool: two tests that wait for it at
    /// once would otherwise hold both threads of a small machine, and nobody would answer them.
    func cutConnections() throws {
        try psql(
            """
            SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
            """)
    }

    /// Changes what stands in the database, as time or another program does.
    func psql(_ script: String) throws {
        let host =
            switch database.address {
            case .socketFolder(let folder): folder
            case .host(let name): name
            }
        let psql = ExternalTool.path(of: "psql") ?? "psql"
        let outcome = try ExternalTool.run(
            psql,
            [
                "-X", "-q", "-h", host, "-p", String(database.port), "-U", database.user ?? "",
                "-d", database.database, "-c", script,
            ])
        guard outcome.status == 0 else { throw SceneFailure(what: "psql failed: \(script)") }
    }

    /// What keeps a test from being played.
    struct SceneFailure: Error {
        let what: String
    }

    private static func text(
        _ addresses: SandboxAddresses, _ infobase: InfobaseConfiguration, database: String
    ) -> String {
        """
        data: data
        database: {url: "\(database)"}
        sources:
          left:
            name: 1c
            kind: 1c_odata
            mapping: onec-\(infobase.rawValue)
            url: "\(addresses.infobase)"
            user: "\(addresses.login)"
            password: "\(addresses.password)"
          right:
            name: bitrix24
            kind: bitrix24
            url: "\(addresses.bitrixWebhook)"
            requests_per_second: 0

        """
    }

    static func url(of database: PostgresConfiguration) -> String {
        let user = database.user.map { "&user=\($0)" } ?? ""
        let host =
            switch database.address {
            case .socketFolder(let folder): folder
            case .host(let name): name
            }
        return "postgres:///\(database.database)?host=\(host)&port=\(database.port)\(user)"
    }
}
