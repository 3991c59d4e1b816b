internal import Foundation
internal import Glibc
public import PostgresClient

/// The private cluster of the test run: started by the first test that needs it, gone with the
/// process, however that ends.
public actor TestCluster {
    /// The one cluster of this process.
    public static let shared = TestCluster()

    private enum State {
        case absent
        case starting(Task<PostgresConfiguration, any Error>)
    }

    private var state = State.absent
    private var count = 0
    private var templates: [String: Task<Void, any Error>] = [:]
    private let gate = Gate(places: 4)

    /// How to connect to the cluster's maintenance database, as its superuser.
    public func configuration() async throws -> PostgresConfiguration {
        if case .starting(let task) = state { return try await task.value }
        let task = Task { try await Self.start() }
        state = .starting(task)
        return try await task.value
    }

    private static func start() async throws -> PostgresConfiguration {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "pg-test-\(getpid())-\(UInt16.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        try Watchdog.watch(folder)
        // Tests lose nothing by a power cut.
        let cluster = EmbeddedCluster(
            folder: folder,
            settings: [
                "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
                "shared_buffers": "64MB",
            ])
        let configuration = try await cluster.start()
        running = cluster
        return configuration
    }

    /// Keeps the cluster, and with it the lock that says it is in use.
    nonisolated(unsafe) private static var running: EmbeddedCluster?

    /// Lends a fresh database and drops it afterwards.
    nonisolated func withDatabase<Value>(
        template: String?, _ body: (PostgresConfiguration) async throws -> Value
    ) async throws -> Value {
        try await gate.enter()
        do {
            let configuration = try await makeDatabase(template: template)
            do {
                let value = try await body(configuration)
                try await drop(configuration.database)
                await gate.leave()
                return value
            } catch {
                try? await drop(configuration.database)
                throw error
            }
        } catch {
            await gate.leave()
            throw error
        }
    }

    private func makeDatabase(template: String?) async throws -> PostgresConfiguration {
        var configuration = try await configuration()
        count += 1
        let name = "test_\(count)"
        let connection = try PostgresConnection(configuration)
        try await connection.createDatabase(name, template: template ?? "template0")
        await connection.close()
        configuration.database = name
        configuration.connectTimeout = .seconds(60)
        return configuration
    }

    private func drop(_ name: String) async throws {
        let configuration = try await configuration()
        // A test that was cancelled leaves no database behind either.
        try await Task {
            let connection = try PostgresConnection(configuration)
            try await connection.dropDatabase(name)
            await connection.close()
        }.value
    }

    /// Prepares a database to copy, once.
    func prepareTemplate(
        _ name: String, _ prepare: @escaping @Sendable (PostgresConfiguration) async throws -> Void
    ) async throws {
        if let task = templates[name] { return try await task.value }
        let task = Task {
            var configuration = try await configuration()
            let connection = try PostgresConnection(configuration)
            try await connection.createDatabase(name, template: "template0")
            await connection.close()
            configuration.database = name
            try await prepare(configuration)
        }
        templates[name] = task
        try await task.value
    }
}
