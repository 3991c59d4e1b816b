public import Foundation

/// Brings a database to the schema of numbered files.
///
/// What was applied stands in the table `schema_migration` with the checksum of its file. Files are
/// applied one at a time, each in a transaction of its own, by one process at a time: others wait on
/// an advisory lock and then find the work done.
public struct Migrator: Sendable {
    /// The files, in the order of their numbers.
    public let files: [MigrationFile]

    /// Reads the files of a folder.
    ///
    /// - Parameter directory: The folder, for example `sql/migrations`.
    /// - Throws: ``MigrationError``.
    public init(directory: URL) throws {
        files = try MigrationFile.all(in: directory)
    }

    private static let lock = AdvisoryLockKey(name: "schema_migration")

    /// Applies what is not yet applied.
    ///
    /// - Parameter connection: A connection outside of a transaction.
    /// - Returns: The names of the files that were applied now.
    /// - Throws: ``MigrationError``; ``PostgresError``; `CancellationError`.
    @discardableResult
    public func migrate(_ connection: PostgresConnection) async throws -> [String] {
        try await takeLock(connection)
        do {
            let names = try await applyPending(connection)
            await connection.releaseAdvisoryLock(Self.lock)
            return names
        } catch {
            await connection.releaseAdvisoryLock(Self.lock)
            throw error
        }
    }

    /// Compares the files with the database, without changing it.
    ///
    /// - Parameter connection: A connection.
    /// - Returns: What was applied and what is not yet.
    /// - Throws: ``MigrationError`` when the database and the files disagree; ``PostgresError``.
    public func status(_ connection: PostgresConnection) async throws -> MigrationStatus {
        let exists = try await connection.query(MigrationSQL.tableExists).first?[0].bool == true
        let applied = exists ? try await appliedMigrations(connection) : []
        return MigrationStatus(
            applied: applied, pending: try pendingFiles(after: applied).map(\.name))
    }

    private func takeLock(_ connection: PostgresConnection) async throws {
        // Another process may migrate for longer than a statement may run otherwise. The lock is the
        // session's and outlives this transaction, the setting does not.
        try await connection.withTransaction { connection in
            try await connection.execute(MigrationSQL.unlimitedTime)
            try await connection.advisoryLock(Self.lock)
        }
    }

    private func applyPending(_ connection: PostgresConnection) async throws -> [String] {
        try await connection.execute(MigrationSQL.createTable)
        let pending = try pendingFiles(after: try await appliedMigrations(connection))
        for file in pending { try await apply(file, connection) }
        return pending.map(\.name)
    }

    private func apply(_ file: MigrationFile, _ connection: PostgresConnection) async throws {
        do {
            try await connection.withTransaction { connection in
                try await connection.execute(MigrationSQL.unlimitedTime)
                try await connection.runScript(Statement(name: file.name, text: file.text))
                guard await connection.isServerInTransaction else {
                    throw MigrationError.endsTransaction(file: file.name)
                }
                try await connection.execute(
                    MigrationSQL.insert,
                    [.int(file.number), .text(file.name), .text(file.checksum)])
            }
        } catch let error as PostgresError {
            throw MigrationError.failed(file: file.name, error)
        }
    }

    private func appliedMigrations(
        _ connection: PostgresConnection
    ) async throws -> [MigrationStatus.Applied] {
        try await connection.query(MigrationSQL.select).map { row in
            MigrationStatus.Applied(
                number: try row["number"].int, name: try row["name"].text,
                checksum: try row["checksum"].text)
        }
    }

    private func pendingFiles(after applied: [MigrationStatus.Applied]) throws -> [MigrationFile] {
        let newest = applied.map(\.number).max() ?? 0
        if newest > files.count {
            throw MigrationError.databaseIsNewer(database: newest, files: files.count)
        }
        let byNumber = Dictionary(uniqueKeysWithValues: applied.map { ($0.number, $0) })
        for file in files where file.number <= newest {
            guard let known = byNumber[file.number] else {
                // Never applied, although later ones were: the file came later than its place.
                throw MigrationError.gap(missing: file.number)
            }
            if known.name != file.name {
                throw MigrationError.missing(number: known.number, name: known.name)
            }
            if known.checksum != file.checksum { throw MigrationError.changed(file: file.name) }
        }
        return files.filter { $0.number > newest }
    }
}

/// How far a database is.
public struct MigrationStatus: Hashable, Sendable {
    /// A migration that was applied.
    public struct Applied: Hashable, Sendable {
        /// The number.
        public var number: Int
        /// The file's name.
        public var name: String
        /// SHA-256 of the file, hexadecimal.
        public var checksum: String
    }

    /// What was applied, in the order of numbers.
    public var applied: [Applied]
    /// The names of the files that are not yet applied, in the order of numbers.
    public var pending: [String]
}
