public import Foundation

internal import PostgresClient

extension Store {
    /// How alerts stand, in the order of rules and keys.
    ///
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func alertStates() async throws -> [String] {
        try await query("alert/states").map { try $0["state"].jsonb }
    }

    /// When alerts were evaluated last; `nil` when there are none.
    ///
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func lastAlertEvaluation() async throws -> Date? {
        try await query("alert/last_evaluation").first?["evaluated_at"].optionalInstant
    }

    /// Stores how alerts stand, what happened, and what is to be told, in one transaction.
    ///
    /// - Parameters:
    ///   - rows: The alerts that changed.
    ///   - events: What happened.
    ///   - rules: All rules; alerts of others are forgotten.
    ///   - messages: For each message of how many alerts it tells.
    ///   - outbox: The messages as they go out, to whoever wants them.
    ///   - now: The time.
    /// - Throws: `PostgresError`. Nothing was stored then.
    public nonisolated(nonsending) func saveAlerts(
        _ rows: [AlertRow], events: [AlertEventRow], rules: [String], messages: [Int],
        enqueuing outbox: [OutboxMessage], now: Date
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
            for count in messages {
                _ = try await connection.query(
                    statements["alert/insert_message"], [.instant(now), .int(count)])
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

    /// When messages about alerts were written since a moment.
    ///
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func alertMessages(since: Date) async throws -> [Date] {
        try await query("alert/messages", [.instant(since)]).map { try $0["written_at"].instant }
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
