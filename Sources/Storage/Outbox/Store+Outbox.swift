public import Records

internal import PostgresClient

/// One message to one recipient, to be sent exactly once.
public struct OutboxMessage: Hashable, Sendable {
    /// Report, run, channel and recipient as one text: of messages with one key the first is kept.
    public var idempotencyKey: String
    /// The run that caused it; `nil` for none.
    public var run: RunID?
    /// How it goes out: `mail`.
    public var channel: String
    /// Where it goes.
    public var recipient: String
    /// The Message-ID, chosen here once, so that sending again after a crash can be recognised.
    public var messageID: String
    /// The composed message.
    public var content: [UInt8]

    /// Makes a message.
    public init(
        idempotencyKey: String, run: RunID?, channel: String, recipient: String,
        messageID: String, content: [UInt8]
    ) {
        self.idempotencyKey = idempotencyKey
        self.run = run
        self.channel = channel
        self.recipient = recipient
        self.messageID = messageID
        self.content = content
    }
}

/// A message that this process has the right to send.
public struct ClaimedMessage: Hashable, Sendable {
    /// The message.
    public var message: OutboxMessage
    /// Its number.
    public var id: Int64
    /// How often it was claimed, this time included.
    public var attempt: Int
}

/// A message and how it stands.
public struct DeliveryStatus: Hashable, Sendable {
    /// Where a message stands.
    public enum State: String, Hashable, Sendable, CaseIterable {
        /// To be sent.
        case pending
        /// Claimed by a process that sends it, or that died doing so.
        case sending
        /// Sent.
        case sent
        /// Given up.
        case failed
    }

    /// How it goes out.
    public var channel: String
    /// Where it goes.
    public var recipient: String
    /// Its Message-ID.
    public var messageID: String
    /// Where it stands.
    public var state: State
    /// How often it was tried.
    public var attempts: Int
    /// What went wrong at the last attempt.
    public var error: String?
}

extension Store {
    /// Adds messages, unless they are there already; see also
    /// ``finishStage(_:_:counts:enqueuing:)``, which does it along with what caused them.
    ///
    /// - Parameter messages: The messages.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func enqueue(_ messages: [OutboxMessage]) async throws {
        let statements = statements
        try await pool.withTransaction { connection in
            for message in messages {
                try await Self.enqueue(message, connection, statements)
            }
        }
    }

    /// Claims messages that are due.
    ///
    /// Two processes never claim the same one. A message whose sender died is claimed again, with the same Message-ID.
    ///
    /// - Parameters:
    ///   - channel: How they go out.
    ///   - abandonedAfter: After how long a claim that was not concluded counts as its sender's death;
    ///     longer than sending can take.
    ///   - limit: How many at most.
    /// - Returns: The messages, in the order in which they were enqueued.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func claimMessages(
        channel: String, abandonedAfter: Duration = .seconds(900), limit: Int = 20
    ) async throws -> [ClaimedMessage] {
        let rows = try await query(
            "outbox/claim",
            [
                .text(channel), .double(Double(abandonedAfter.components.seconds)), .int(limit),
            ])
        let claimed = try rows.map { row in
            ClaimedMessage(
                message: OutboxMessage(
                    idempotencyKey: try row["idempotency_key"].text,
                    run: try row["run_id"].optionalInt64.map(RunID.init),
                    channel: try row["channel"].text,
                    recipient: try row["personal_recipient"].text,
                    messageID: try row["message_id"].text,
                    content: try row["personal_content"].optionalBytes ?? []),
                id: try row["id"].int64, attempt: try row["attempts"].int)
        }
        return claimed.sorted { $0.id < $1.id }
    }

    /// Says that a message was sent.
    ///
    /// - Parameter claimed: The message.
    /// - Returns: `false` when the claim had been held to be abandoned and another process has it.
    /// - Throws: `PostgresError`.
    @discardableResult
    public nonisolated(nonsending) func markSent(_ claimed: ClaimedMessage) async throws -> Bool {
        try await execute("outbox/mark_sent", [.int64(claimed.id), .int(claimed.attempt)]) == 1
    }

    /// Says that a message could not be sent.
    ///
    /// - Parameters:
    ///   - claimed: The message.
    ///   - error: Why, without personal data.
    ///   - retryAfter: When to try again; `nil` gives it up.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func markFailed(
        _ claimed: ClaimedMessage, error: String, retryAfter: Duration?
    ) async throws {
        let delay = retryAfter.map { PostgresValue.double(Double($0.components.seconds)) } ?? .null
        try await execute(
            "outbox/mark_failed",
            [.int64(claimed.id), .int(claimed.attempt), .text(error), delay])
    }

    /// The messages of a run and how they stand.
    ///
    /// - Parameter run: The run.
    /// - Returns: The messages, in the order in which they were enqueued.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func deliveries(of run: RunID) async throws -> [DeliveryStatus] {
        try await query("outbox/list", [.int64(run.rawValue)]).map { row in
            DeliveryStatus(
                channel: try row["channel"].text, recipient: try row["personal_recipient"].text,
                messageID: try row["message_id"].text,
                state: DeliveryStatus.State(rawValue: try row["state"].text) ?? .failed,
                attempts: try row["attempts"].int, error: try row["error"].optionalText)
        }
    }

    static nonisolated(nonsending) func enqueue(
        _ message: OutboxMessage, _ connection: PostgresConnection, _ statements: StatementCatalog
    ) async throws {
        try await connection.execute(
            statements["outbox/enqueue"],
            [
                .text(message.idempotencyKey), .int64(message.run?.rawValue),
                .text(message.channel), .text(message.recipient), .text(message.messageID),
                .bytes(message.content),
            ])
    }
}
