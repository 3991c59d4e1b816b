internal import PostgresClient

extension Store {
    /// Messages of the outbox, the latest first.
    ///
    /// - Parameters:
    ///   - states: Where they stand.
    ///   - channel: How they go out; `nil` for all channels.
    ///   - limit: How many at most.
    /// - Returns: The messages.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func outbox(
        _ states: [DeliveryStatus.State] = [.pending, .sending, .failed], channel: String? = nil,
        limit: Int = 50
    ) async throws -> [DeliveryStatus] {
        try await query(
            "outbox/latest",
            [.textArray(states.map(\.rawValue)), .text(channel), .int(limit)]
        ).map { try DeliveryStatus($0) }
    }

    /// One message with its content and what became of its tries.
    ///
    /// - Parameter id: Its number.
    /// - Returns: How it stands, its content, which is `nil` once it was purged, and its tries.
    /// - Throws: ``StorageError/notFound(what:)``; `PostgresError`.
    public nonisolated(nonsending) func outboxMessage(
        _ id: Int64
    ) async throws -> (status: DeliveryStatus, content: [UInt8]?, attempts: [DeliveryAttempt]) {
        guard let row = try await query("outbox/by_id", [.int64(id)]).first else {
            throw StorageError.notFound(what: "message \(id)")
        }
        let attempts = try await query("outbox/attempts", [.int64(id)]).map { row in
            DeliveryAttempt(
                attempt: try row["attempt"].int, at: try row["at"].instant,
                outcome: try row["outcome"].text,
                code: try row["code"].isNull ? nil : row["code"].int,
                detail: try row["detail"].text)
        }
        return (try DeliveryStatus(row), try row["personal_content"].optionalBytes, attempts)
    }

    /// Lets messages be tried again, as if they had just been enqueued.
    ///
    /// - Parameters:
    ///   - ids: Their numbers; `nil` for all that were given up.
    ///   - person: Who wants it, for the record: the name of an account.
    /// - Returns: How many; those that were sent, or whose content was purged, are left as they are.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func retryMessages(
        _ ids: [Int64]?, by person: String
    ) async throws -> Int {
        try await execute(
            "outbox/retry", [ids.map { .int64Array($0) } ?? .null, .text(person)])
    }

    /// Gives messages up for good.
    ///
    /// - Parameters:
    ///   - ids: Their numbers.
    ///   - person: Who wants it, for the record: the name of an account.
    /// - Returns: How many; those that were sent are left as they are.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func dropMessages(
        _ ids: [Int64], by person: String
    ) async throws -> Int {
        try await execute("outbox/drop", [.int64Array(ids), .text(person)])
    }

    /// How many messages wait for each channel.
    ///
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func waitingChannels() async throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for row in try await query("outbox/waiting_channels") {
            counts[try row["channel"].text] = try row["message_count"].int
        }
        return counts
    }
}
