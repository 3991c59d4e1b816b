public import Records

internal import PostgresClient

extension Store {
    /// Adds messages, unless they are there already; see also
    /// ``finishStage(_:_:counts:enqueuing:)``, which does it along with what caused them.
    ///
    /// - Parameter messages: The messages.
    /// - Returns: How many were not there yet.
    /// - Throws: `PostgresError`.
    @discardableResult
    public nonisolated(nonsending) func enqueue(_ messages: [OutboxMessage]) async throws -> Int {
        guard !messages.isEmpty else { return 0 }
        let statements = statements
        return try await pool.withTransaction { connection in
            var added = 0
            for message in messages {
                added += try await Self.enqueue(message, connection, statements)
            }
            return added
        }
    }

    /// The messages of a run and how they stand.
    ///
    /// - Parameter run: The run.
    /// - Returns: The messages, in the order in which they were enqueued.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func deliveries(of run: RunID) async throws -> [DeliveryStatus] {
        try await query("outbox/list", [.int64(run.rawValue)]).map { try DeliveryStatus($0) }
    }

    /// Adds a message within a transaction of whoever enqueues it along with its cause.
    ///
    /// - Returns: 1, or 0 when it was there.
    @discardableResult
    static nonisolated(nonsending) func enqueue(
        _ message: OutboxMessage, _ connection: PostgresConnection, _ statements: StatementCatalog
    ) async throws -> Int {
        try await connection.execute(
            statements["outbox/enqueue"],
            [
                .text(message.idempotencyKey), .int64(message.run?.rawValue),
                .text(message.channel), .text(message.recipient), .text(message.messageID),
                .bytes(message.content), .text(message.topic), .instant(message.notBefore),
            ])
    }
}

extension DeliveryStatus {
    init(_ row: PostgresRow) throws {
        id = try row["id"].int64
        idempotencyKey = try row["idempotency_key"].text
        topic = try row["topic"].text
        channel = try row["channel"].text
        recipient = try row["personal_recipient"].text
        messageID = try row["message_id"].text
        state = State(rawValue: try row["state"].text) ?? .failed
        attempts = try row["attempts"].int
        failures = try row["failures"].int
        enqueuedAt = try row["enqueued_at"].instant
        nextAttemptAt = try row["next_attempt_at"].instant
        sentAt = try row["sent_at"].optionalInstant
        error = try row["error"].optionalText
    }
}
