/// The rows of a running statement, fetched from the socket as they are asked for.
///
/// A reader that is slower than the server makes the server wait: no more than one batch of rows is
/// held here.
public struct PostgresRowStream: AsyncSequence, Sendable {
    /// One row.
    public typealias Element = PostgresRow

    let connection: PostgresConnection
    let statement: Statement

    /// The rows; to be iterated once.
    public func makeAsyncIterator() -> Iterator {
        Iterator(connection: connection, statement: statement)
    }

    /// Reads batches and hands out their rows.
    public struct Iterator: AsyncIteratorProtocol, Sendable {
        let connection: PostgresConnection
        let statement: Statement
        private var batch: [PostgresRow] = []
        private var next = 0
        private var isOver = false

        init(connection: PostgresConnection, statement: Statement) {
            self.connection = connection
            self.statement = statement
        }

        /// The next row; `nil` after the last.
        ///
        /// - Throws: ``PostgresError``, or `CancellationError` when the task was cancelled.
        public mutating func next() async throws -> PostgresRow? {
            try await next(isolation: nil)
        }

        /// The next row; `nil` after the last.
        ///
        /// - Parameter actor: The caller's actor.
        /// - Returns: The row.
        /// - Throws: ``PostgresError``, or `CancellationError` when the task was cancelled.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(any Error) -> PostgresRow? {
            if next == batch.count {
                if isOver { return nil }
                batch = try await connection.nextRows(of: statement)
                next = 0
                guard !batch.isEmpty else {
                    isOver = true
                    return nil
                }
            }
            next += 1
            return batch[next - 1]
        }
    }
}

extension PostgresConnection {
    /// How many rows are fetched at a time.
    private static let batchCount = 256

    /// Runs a statement and lends its rows as they come; for results that need not fit into memory.
    ///
    /// Rows that the body leaves unread are given up, and the statement cancelled. Until then the
    /// connection takes no other statement.
    ///
    /// - Parameters:
    ///   - statement: The statement.
    ///   - values: Values of `$1`, `$2`, …
    ///   - body: Reads the rows.
    /// - Returns: What the body returns.
    /// - Throws: ``PostgresError``, `CancellationError`, or what the body throws.
    public nonisolated(nonsending) func withRows<Value>(
        of statement: Statement, _ values: [PostgresValue] = [],
        _ body: nonisolated(nonsending) (PostgresRowStream) async throws -> Value
    ) async throws -> Value {
        try await beginRows(of: statement, values)
        do {
            let value = try await body(PostgresRowStream(connection: self, statement: statement))
            await endStreaming(of: statement)
            return value
        } catch {
            await endStreaming(of: statement)
            throw error
        }
    }

    private func beginRows(of statement: Statement, _ values: [PostgresValue]) async throws {
        try await perform { session in
            try session.beginRows(statement, values)
            session.rowLayout = nil
            streaming = statement
        }
    }

    func nextRows(of statement: Statement) async throws -> [PostgresRow] {
        guard streaming == statement else { return [] }
        return try await performStreaming(statement) { session in
            let rows = try session.nextRows(
                countMax: Self.batchCount, statement, layout: &session.rowLayout)
            return (rows, isOver: rows.isEmpty)
        }
    }

    /// Does a step of a stream; the connection is free again when the stream is over or has failed.
    func performStreaming<Value: Sendable>(
        _ statement: Statement, _ step: (Session) throws -> (Value, isOver: Bool)
    ) async throws -> Value {
        do {
            return try await perform(during: statement) { session in
                let (value, isOver) = try step(session)
                if isOver { streaming = nil }
                return value
            }
        } catch {
            await endStreaming(of: statement)
            throw error
        }
    }

    /// Gives up what is left of a stream, if anything.
    func endStreaming(of statement: Statement) async {
        guard streaming == statement else { return }
        _ = try? await perform(cleaningUp: true, during: statement) { try $0.drain(statement) }
        streaming = nil
        dropSessionIfBroken()
    }
}
