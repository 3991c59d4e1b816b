public import PostgresClient
internal import Foundation

/// Sverka's own tables: what was read, linked and found, and what is to be delivered.
///
/// A value that can be copied freely; connections are those of its pool. All SQL is in `sql/`, by
/// name. Operations on it fall into the areas of the folders beside this file.
public struct Store: Sendable {
    /// The connections that it borrows.
    public let pool: PostgresPool
    let statements: StatementCatalog

    /// The statements that it runs, for a check of all of them.
    public var statementCatalog: StatementCatalog { statements }

    /// Makes a store over a migrated database.
    ///
    /// - Parameters:
    ///   - pool: Connections; two at least, since a job's lock keeps one to itself.
    ///   - statements: The statements of `sql/queries`.
    public init(pool: PostgresPool, statements: StatementCatalog) {
        self.pool = pool
        self.statements = statements
    }
}

extension Store {
    /// Runs a statement on a connection of the pool.
    nonisolated(nonsending) func query(
        _ name: String, _ values: [PostgresValue] = []
    ) async throws -> [PostgresRow] {
        let statement = try statements[name]
        return try await pool.withConnection { try await $0.query(statement, values) }
    }

    /// Runs a statement on a connection of the pool and says how many rows it changed.
    @discardableResult
    nonisolated(nonsending) func execute(
        _ name: String, _ values: [PostgresValue] = []
    ) async throws -> Int {
        let statement = try statements[name]
        return try await pool.withConnection { try await $0.execute(statement, values) }
    }

    /// Reads rows by COPY; since COPY takes no parameters, they are set for the transaction.
    nonisolated(nonsending) func copyOut<Value>(
        _ name: String, parameter: String, _ value: String,
        _ body: nonisolated(nonsending) (CopyRowStream) async throws -> Value
    ) async throws -> Value {
        let set = try statements["session/set_parameter"]
        let copy = try statements[name]
        return try await pool.withTransaction(readOnly: true) { connection in
            _ = try await connection.query(set, [.text(parameter), .text(value)])
            return try await connection.copyOut(copy, body)
        }
    }
}

extension Store {
    /// Gives back the room of the staging tables, which would otherwise grow night by night where the
    /// server does not run long enough to do so by itself.
    ///
    /// - Throws: `PostgresError`; nothing is lost then but the room.
    public nonisolated(nonsending) func giveBackStaging() async throws {
        try await execute("session/vacuum_staging")
    }
}

extension PostgresValue {
    /// An instant; `nil` is NULL.
    static func instant(_ date: Date?) -> PostgresValue {
        guard let date else { return .null }
        return .timestamptz(microseconds: Int64((date.timeIntervalSince1970 * 1e6).rounded()))
    }

    /// An object of texts as `jsonb`, the same bytes for the same object.
    static func object<Value: Encodable>(_ value: Value) throws -> PostgresValue {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return .jsonb(String(decoding: try encoder.encode(value), as: UTF8.self))
    }
}

extension PostgresField {
    /// A `timestamptz`.
    var instant: Date {
        get throws { Date(timeIntervalSince1970: Double(try timestamptz) / 1e6) }
    }

    /// A `timestamptz`; `nil` for SQL NULL.
    var optionalInstant: Date? {
        get throws { try isNull ? nil : instant }
    }

    /// A `jsonb` object.
    func object<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: Data(try jsonb.utf8))
    }
}
