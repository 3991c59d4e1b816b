public import Foundation
public import Records

internal import PostgresClient

/// How many findings of one sort stand, and what is at stake.
public struct StandingFindings: Hashable, Sendable {
    /// The entity.
    public var entity: EntityName
    /// The kind's name: `missing`.
    public var kind: String
    /// The severity's name: `error`.
    public var severity: String
    /// How many.
    public var count: Int
}

extension Store {
    /// Findings that are open, by entity, kind and severity, in this order.
    ///
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func standingFindings() async throws -> [StandingFindings] {
        try await query("status/standing_findings").map { row in
            StandingFindings(
                entity: EntityName(try row["entity"].text), kind: try row["kind"].text,
                severity: try row["severity"].text, count: try row["finding_count"].int)
        }
    }

    /// How many messages the outbox holds in each state.
    ///
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func messageCounts() async throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for row in try await query("status/messages") {
            counts[try row["state"].text] = try row["message_count"].int
        }
        return counts
    }

    /// When the last run of a job that succeeded ended; `nil` when none has.
    ///
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func lastSuccess(job: String) async throws -> Date? {
        try await query("status/last_success", [.text(job)]).first?["finished_at"].optionalInstant
    }
}
