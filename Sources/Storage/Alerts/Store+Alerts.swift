public import Foundation

internal import PostgresClient

extension Store {
    /// How alerts stand, in the order of rules and keys.
    ///
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func alertStates() async throws -> [String] {
        try await query("alert/states").map { try $0["state"].jsonb }
    }

    /// Stores how alerts stand, what happened, and what is to be told, in one transaction.
    ///
    /// - Parameters:
    ///   - rows: The alerts that changed.
    ///   - events: What happened.
    ///   - rules: All rules; alerts of others are forgotten.
    ///   - messages: For each message and person, of how many alerts it tells.
    ///   - outbox: The messages as they go out, to whoever wants them.
    ///   - now: The time.
    /// - Throws: `PostgresError`. Nothing was stored then.
    public nonisolated(nonsending) func saveAlerts(
        _ rows: [AlertRow], events: [AlertEventRow], rules: [String],
        messages: [(person: String, alertCount: Int)], enqueuing outbox: [OutboxMessage], now: Date
    ) async throws {
        let statements = statements
        let labels = try rows.map { try Self.json($0.labels) }
        let details = try events.map { try Self.json($0.details) }
        try await pool.withTransaction { connection in
            if !rows.isEmpty {
                try await connection.execute(
                    statements["alert/put_states"],
                    [
                        .textArray(rows.map(\.rule)), .textArray(rows.map(\.key.withoutNUL)),
                        .textArray(rows.map(\.phase)), .textArray(labels),
                        .textArray(rows.map(\.state)), .instant(now),
                    ])
            }
            if !events.isEmpty {
                try await connection.execute(
                    statements["alert/insert_events"],
                    [
                        .textArray(events.map(\.rule)), .textArray(events.map(\.key.withoutNUL)),
                        .textArray(events.map(\.event)), .textArray(details), .instant(now),
                    ])
            }
            try await connection.execute(
                statements["alert/delete_unknown_states"], [.textArray(rules)])
            for message in messages {
                _ = try await connection.query(
                    statements["alert/insert_message"],
                    [.instant(now), .int(message.alertCount), .text(message.person)])
            }
            for message in outbox { try await Self.enqueue(message, connection, statements) }
        }
    }

    /// The latest changes in the life of alerts, the last first.
    ///
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func alertEvents(
        rule: String? = nil, limit: Int = 50
    ) async throws -> [AlertEventRow] {
        try await query("alert/events", [.text(rule), .int(limit)]).map { row in
            AlertEventRow(
                rule: try row["rule"].text, key: try row["alert_key"].text,
                event: try row["event"].text, at: try row["at"].instant,
                details: try row["details"].object([String: Int64].self))
        }
    }

    /// When messages about alerts were written since a moment, by whom they went to; under an empty
    /// name those of which this was not noted.
    ///
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func alertMessages(
        since: Date
    ) async throws -> [String: [Date]] {
        var written: [String: [Date]] = [:]
        for row in try await query("alert/messages", [.instant(since)]) {
            written[try row["person"].text, default: []].append(try row["written_at"].instant)
        }
        return written
    }

    /// Notes which jobs are scheduled; others are forgotten.
    ///
    /// - Parameters:
    ///   - jobs: The jobs, each with when it is due, as one text.
    ///   - now: The time.
    /// - Returns: Since when each is scheduled as it is.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func noteScheduledJobs(
        _ jobs: [(job: String, schedule: String)], now: Date
    ) async throws -> [String: Date] {
        try Self.scheduled(
            await query(
                "alert/put_scheduled_jobs",
                [
                    .textArray(jobs.map(\.job)), .textArray(jobs.map(\.schedule)), .instant(now),
                ]))
    }

    /// Since when jobs are scheduled, as it was noted last.
    ///
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func scheduledJobs() async throws -> [String: Date] {
        try Self.scheduled(await query("alert/scheduled_jobs"))
    }

    private static func scheduled(_ rows: [PostgresRow]) throws -> [String: Date] {
        var since: [String: Date] = [:]
        for row in rows { since[try row["job"].text] = try row["since"].instant }
        return since
    }

    /// How many alerts of each rule are in which phase.
    ///
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func alertPhases() async throws -> [AlertPhaseCount] {
        try await query("alert/phase_counts").map { row in
            AlertPhaseCount(
                rule: try row["rule"].text, phase: try row["phase"].text,
                count: try row["alert_count"].int)
        }
    }

    private static func json(_ value: [String: String]) throws -> String {
        String(decoding: try sorted.encode(value), as: UTF8.self)
    }

    private static func json(_ value: [String: Int64]) throws -> String {
        String(decoding: try sorted.encode(value), as: UTF8.self)
    }

    private static var sorted: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}

/// How many alerts of a rule are in one phase.
public struct AlertPhaseCount: Hashable, Sendable {
    /// The rule.
    public var rule: String
    /// `ok`, `pending`, `firing` or `resolved`.
    public var phase: String
    /// How many.
    public var count: Int

    /// Makes a count.
    public init(rule: String, phase: String, count: Int) {
        self.rule = rule
        self.phase = phase
        self.count = count
    }
}
