/// A bounded number of connections, lent in the order in which they are asked for.
///
/// Connections open when they are first needed. One that comes back broken, with an open transaction
/// or with a lock is closed rather than lent again.
public actor PostgresPool {
    /// Where and as whom sessions are opened.
    public nonisolated let configuration: PostgresConfiguration
    /// How many connections there can be at a time.
    public nonisolated let size: Int

    private var idle: [PostgresConnection] = []
    private var lentCount = 0
    private var waiting:
        [(id: Int, continuation: CheckedContinuation<PostgresConnection, any Error>)] = []
    private var nextID = 0
    private var isClosed = false

    /// Makes a pool, without opening a connection.
    ///
    /// - Parameters:
    ///   - configuration: Where and as whom to connect.
    ///   - size: How many connections there can be at a time; at least 1.
    public init(configuration: PostgresConfiguration, size: Int = 4) {
        precondition(size > 0, "a pool has at least one connection")
        self.configuration = configuration
        self.size = size
    }

    /// Lends a connection for the time of a body.
    ///
    /// - Parameter body: The work; runs where the caller runs.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws; `CancellationError` when the task was cancelled while waiting;
    ///   ``PostgresError`` of kind `misused` when the pool is closed.
    public nonisolated(nonsending) func withConnection<Value>(
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        let connection = try await borrow()
        do {
            let value = try await body(connection)
            await giveBack(connection)
            return value
        } catch {
            await giveBack(connection)
            throw error
        }
    }

    /// Lends a connection and runs a transaction on it.
    ///
    /// - Parameters:
    ///   - isolation: How strongly the transaction is shielded.
    ///   - readOnly: Whether the server refuses to write.
    ///   - body: The work.
    /// - Returns: What the body returns.
    /// - Throws: As ``withConnection(_:)`` and
    ///   ``PostgresConnection/withTransaction(isolation:readOnly:_:)``.
    public nonisolated(nonsending) func withTransaction<Value>(
        isolation: TransactionIsolation = .readCommitted, readOnly: Bool = false,
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await withConnection { connection in
            try await connection.withTransaction(isolation: isolation, readOnly: readOnly, body)
        }
    }

    /// Closes the pool: idle connections now, lent ones when they come back.
    ///
    /// Who waits is refused.
    public func close() async {
        isClosed = true
        let refused = waiting
        waiting = []
        for waiter in refused { waiter.continuation.resume(throwing: closedError) }
        let connections = idle
        idle = []
        for connection in connections { await connection.close() }
    }

    /// How many tasks wait for a connection now; for metrics.
    public var waitingCount: Int { waiting.count }

    private var closedError: PostgresError {
        PostgresError(.misused, message: "the pool is closed")
    }

    private func borrow() async throws -> PostgresConnection {
        try Task.checkCancellation()
        if isClosed { throw closedError }
        // Who comes now stands behind those who wait.
        if waiting.isEmpty, lentCount < size {
            let connection = try idle.popLast() ?? PostgresConnection(configuration)
            lentCount += 1
            return connection
        }
        nextID += 1
        let id = nextID
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                // The handler may have come before the continuation was there.
                if Task.isCancelled {
                    continuation.resume(throwing: CancellationError())
                } else {
                    waiting.append((id, continuation))
                }
            }
        } onCancel: {
            Task { await self.stopWaiting(id) }
        }
    }

    private func stopWaiting(_ id: Int) {
        guard let index = waiting.firstIndex(where: { $0.id == id }) else { return }
        waiting.remove(at: index).continuation.resume(throwing: CancellationError())
    }

    private func giveBack(_ connection: PostgresConnection) async {
        let isReusable = await connection.isReusable
        if isClosed || !isReusable { await connection.close() }
        let isUsable = isReusable && !isClosed
        if !isClosed, !waiting.isEmpty {
            do {
                let next = try isUsable ? connection : PostgresConnection(configuration)
                waiting.removeFirst().continuation.resume(returning: next)
            } catch {
                lentCount -= 1
                waiting.removeFirst().continuation.resume(throwing: error)
            }
            return
        }
        lentCount -= 1
        if isUsable { idle.append(connection) }
    }
}
