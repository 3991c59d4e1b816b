import DatabaseTestSupport
import Definitions
import Foundation
import PostgresClient
import Records
import Storage
import TestSupport

/// A database with Sverka's tables, copied for each test.
private let migrated = TestTemplate(name: "sverka_migrated") { configuration in
    let connection = try PostgresConnection(configuration)
    _ = try await Migrator(directory: ProjectFolders.root.appending(path: "sql/migrations"))
        .migrate(connection)
    await connection.close()
}

/// A store over a database of its own, and what tests ask of it again and again.
struct StoreTesting: Sendable {
    let store: Store
    let configuration: PostgresConfiguration
    let counterparty: EntityDefinition
    let source = SourceName("accounting")

    /// Lends a fresh store to a test.
    static func run(_ body: (StoreTesting) async throws -> Void) async throws {
        let statements = try StatementCatalog(
            directory: ProjectFolders.root.appending(path: "sql/queries"))
        let counterparty = try EntityFile.read(
            ProjectFolders.root.appending(path: "templates/entities/counterparty.yaml"))
        try await withTestDatabase(template: migrated) { configuration in
            let pool = PostgresPool(configuration: configuration, size: 3)
            let testing = StoreTesting(
                store: Store(pool: pool, statements: statements), configuration: configuration,
                counterparty: counterparty)
            do {
                try await body(testing)
            } catch {
                await pool.close()
                throw error
            }
            await pool.close()
        }
    }

    /// A run, started whatever ran before.
    func startRun(_ job: String = "nightly") async throws -> RunID {
        try await store.withJobLock(job, holder: "test") { lock in
            try await store.startRun(lock, engine: "test", resumption: .never)
        }.id
    }

    /// A counterparty; values are given by field name.
    func record(_ id: String, _ values: [String: FieldValue] = [:], payload: String = "") -> Record
    {
        var fields = [FieldValue?](repeating: nil, count: counterparty.fields.count)
        for (name, value) in values {
            guard let index = counterparty.index(of: FieldName(name)) else {
                preconditionFailure("no field \(name)")
            }
            fields[index] = value
        }
        return Record(id: RecordID(id), fields: fields, payload: payload)
    }

    /// Takes a snapshot in a run of its own.
    func take(
        _ records: [Record], certified: Bool = true, limits: SnapshotLimits = SnapshotLimits(),
        source: SourceName? = nil, run: RunID? = nil
    ) async throws -> Snapshot {
        let run = if let run { run } else { try await startRun() }
        let writer = try await store.beginSnapshot(
            source: source ?? self.source, entity: counterparty, run: run)
        try await writer.append(records)
        var certificate = Certificate()
        if !certified { certificate.doubts.append(.partial(detail: "test")) }
        return try await writer.commit(certificate, limits: limits)
    }

    /// Takes a snapshot of one user, named by the entity's definition.
    func takeUser(_ id: String, _ name: String, source: SourceName) async throws {
        let user = try EntityFile.read(
            ProjectFolders.root.appending(path: "templates/entities/user.yaml"))
        var fields = [FieldValue?](repeating: nil, count: user.fields.count)
        if let index = user.index(of: FieldName("name")) { fields[index] = .text(name) }
        let writer = try await store.beginSnapshot(
            source: source, entity: user, run: startRun())
        try await writer.append([Record(id: RecordID(id), fields: fields, payload: "")])
        _ = try await writer.commit(Certificate())
    }

    /// The records that a snapshot stands for.
    func load(_ snapshot: Snapshot) async throws -> [Record] {
        try await store.loadRecords(snapshot, as: counterparty)
    }

    /// The first column of a query of a test, as text.
    func texts(_ sql: String) async throws -> [String] {
        let statement = Statement(name: "test", text: sql)
        return try await store.pool.withConnection { connection in
            try await connection.query(statement).map { try $0[0].text }
        }
    }

    /// Which transaction wrote each row of a table: equal before and after means nothing was written.
    func writers(of table: String) async throws -> [String] {
        try await texts("SELECT format('%s %s', ctid, xmin) FROM \(table) ORDER BY ctid")
    }
}
