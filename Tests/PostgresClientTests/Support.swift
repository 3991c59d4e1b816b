import DatabaseTestSupport
import Foundation
import PostgresClient

/// A statement of a test.
func sql(_ text: String, name: String = "test") -> Statement { Statement(name: name, text: text) }

/// Lends a connection to a fresh database.
func withConnection<Value>(
    _ body: (PostgresConnection) async throws -> Value
) async throws -> Value {
    try await withTestDatabase { configuration in
        let connection = try PostgresConnection(configuration)
        let value = try await body(connection)
        await connection.close()
        return value
    }
}

extension PostgresConnection {
    /// The only field of the only row.
    func value(_ text: String, _ values: [PostgresValue] = []) async throws -> PostgresField {
        let rows = try await query(sql(text), values)
        guard let row = rows.first else { throw TestFailure(what: "no row") }
        return row[0]
    }

    /// The number of the session on the server.
    func backend() async throws -> Int { try await value("SELECT pg_backend_pid()").int }

    /// Waits on the server until a condition holds; no test sleeps by a guess.
    func wait(until condition: String, _ values: [PostgresValue] = []) async throws {
        while try await value("SELECT \(condition)", values).optionalBool != true {
            await Task.yield()
        }
    }
}

/// What a test needed did not come about.
struct TestFailure: Error {
    var what: String
}

/// The error that work throws; a test fails when it throws none.
nonisolated(nonsending) func failure<Value>(
    of work: nonisolated(nonsending) () async throws -> Value
) async throws -> any Error {
    do {
        _ = try await work()
    } catch {
        return error
    }
    throw TestFailure(what: "nothing was thrown")
}

/// The error of the module that work throws.
nonisolated(nonsending) func postgresError<Value>(
    of work: nonisolated(nonsending) () async throws -> Value
) async throws -> PostgresError {
    let error = try await failure(of: work)
    guard let error = error as? PostgresError else { throw error }
    return error
}

/// Runs psql, a client that is not ours, and returns what it prints.
func psql(_ configuration: PostgresConfiguration, _ script: String) throws -> String {
    guard case .socketFolder(let folder) = configuration.address else {
        throw TestFailure(what: "the test cluster has a socket")
    }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
        "psql", "-X", "-q", "-At", "-h", folder, "-U", configuration.user ?? "", "-d",
        configuration.database, "-c", script,
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    // As elsewhere: `waitUntilExit()` may wait for ever.
    while process.isRunning { Thread.sleep(forTimeInterval: 0.001) }
    guard process.terminationStatus == 0 else { throw TestFailure(what: "psql failed") }
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
}
