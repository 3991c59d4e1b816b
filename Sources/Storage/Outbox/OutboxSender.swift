internal import PostgresClient
internal import Records

/// The right to send what the outbox holds, which ends with the process.
///
/// A sender holds an advisory lock of its number on a session of its own. A message that it claimed
/// and did not conclude is free for the next as soon as that session is gone: at once when the process
/// was killed, without waiting for a time after which it would be held to be dead. Everything that it
/// says goes over the same session, so that one that was lost cannot conclude what another has taken
/// over.
public struct OutboxSender: Sendable {
    /// The number, which no other living sender has.
    public let id: Int64
    let connection: PostgresConnection
    let statements: StatementCatalog

    /// The upper half of the keys of senders' locks: «outb».
    static let lockClass: Int64 = 0x6F75_7462

    /// Claims messages that are due, and those whose sender died.
    ///
    /// Two senders never claim the same one; after a crash it is claimed with the same Message-ID.
    ///
    /// - Parameters:
    ///   - channel: How they go out.
    ///   - limit: How many at most.
    /// - Returns: The messages, in the order in which they were enqueued.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func claim(
        channel: String, limit: Int = 20
    ) async throws -> [ClaimedMessage] {
        let rows = try await connection.query(
            statements["outbox/claim"],
            [.int64(id), .text(channel), .int(limit), .int64(Self.lockClass)])
        return try rows.map { try ClaimedMessage($0) }.sorted { $0.id < $1.id }
    }

    /// Says that a message was sent.
    ///
    /// - Parameters:
    ///   - claimed: The message.
    ///   - code: The answer's code; `nil` for none.
    ///   - reply: The words of the answer, without personal data.
    /// - Returns: `false` when another sender has taken it over.
    /// - Throws: `PostgresError`.
    @discardableResult
    public nonisolated(nonsending) func markSent(
        _ claimed: ClaimedMessage, code: Int? = nil, reply: String = ""
    ) async throws -> Bool {
        try await connection.execute(
            statements["outbox/mark_sent"],
            [.int64(claimed.id), .int(claimed.attempt), .int(code), .text(reply)]) == 1
    }

    /// Says that a message could not be sent.
    ///
    /// - Parameters:
    ///   - claimed: The message.
    ///   - error: Why, without personal data.
    ///   - retryAfter: When to try again; `nil` gives it up.
    ///   - code: The answer's code; `nil` for none.
    ///   - reply: The words of the answer, without personal data.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func markFailed(
        _ claimed: ClaimedMessage, error: String, retryAfter: Duration?, code: Int? = nil,
        reply: String = ""
    ) async throws {
        try await connection.execute(
            statements["outbox/mark_failed"],
            [
                .int64(claimed.id), .int(claimed.attempt), .text(error),
                retryAfter.map { .double($0.inSeconds) } ?? .null, .int(code), .text(reply),
            ])
    }

    /// Gives back what was claimed of a channel and not tried.
    ///
    /// - Parameters:
    ///   - channel: The channel.
    ///   - pause: How long nobody should claim it.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func release(
        channel: String, pause: Duration = .zero
    ) async throws {
        try await connection.execute(
            statements["outbox/release"],
            [.int64(id), .text(channel), .double(pause.inSeconds)])
    }
}

extension Store {
    /// Sends as a sender that is known to live as long as the body runs.
    ///
    /// - Parameter body: Claims, sends and says what became of it.
    /// - Returns: What the body returns.
    /// - Throws: `PostgresError`; what the body throws.
    public nonisolated(nonsending) func withOutboxSender<Value>(
        _ body: nonisolated(nonsending) (OutboxSender) async throws -> Value
    ) async throws -> Value {
        let statements = statements
        return try await pool.withConnection { connection in
            let rows = try await connection.query(statements["outbox/new_sender"])
            let id = try rows.first?["sender_id"].int64 ?? 0
            let key = AdvisoryLockKey(OutboxSender.lockClass << 32 | id)
            try await connection.advisoryLock(key)
            do {
                let value = try await body(
                    OutboxSender(id: id, connection: connection, statements: statements))
                await connection.releaseAdvisoryLock(key)
                return value
            } catch {
                await connection.releaseAdvisoryLock(key)
                throw error
            }
        }
    }
}

extension ClaimedMessage {
    init(_ row: PostgresRow) throws {
        message = OutboxMessage(
            idempotencyKey: try row["idempotency_key"].text,
            run: try row["run_id"].optionalInt64.map(RunID.init),
            topic: try row["topic"].text, channel: try row["channel"].text,
            recipient: try row["personal_recipient"].text,
            messageID: try row["message_id"].text,
            content: try row["personal_content"].optionalBytes ?? [])
        id = try row["id"].int64
        attempt = try row["attempts"].int
        failures = try row["failures"].int
        overdue = .milliseconds(Int64(try row["overdue_seconds"].double * 1000))
    }
}

extension Duration {
    fileprivate var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
