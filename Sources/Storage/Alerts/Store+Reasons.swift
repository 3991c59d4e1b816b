public import Foundation
public import Records

internal import PostgresClient

/// Why something is as an alert says that concerns no records: of what readings, runs and sendings
/// failed.
public struct AlertReasonRow: Hashable, Sendable {
    /// What it concerns: `source`, `entity`, `job`, `channel`.
    public var labels: [String: String]
    /// What the program said, in English and without personal data; `nil` where it said nothing.
    public var message: String?
    /// What speaks against a snapshot's completeness.
    public var doubts: [Certificate.Doubt]
    /// How many messages were not delivered for it; `nil` of anything else, which is there once.
    public var count: Int64?
}

extension Store {
    /// Why readings of the last night failed.
    ///
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func collectorFailureReasons() async throws
        -> [AlertReasonRow]
    {
        try await query("alert/collector_failures").map { row in
            AlertReasonRow(
                labels: ["source": try row["source"].text, "entity": try row["entity"].text],
                message: try row["error"].optionalText, doubts: [], count: nil)
        }
    }

    /// Why last snapshots are in doubt.
    ///
    /// - Throws: `PostgresError`; `DecodingError` when a certificate is not readable.
    public nonisolated(nonsending) func uncertifiedSnapshotReasons() async throws
        -> [AlertReasonRow]
    {
        try await query("alert/uncertified_snapshots").map { row in
            AlertReasonRow(
                labels: ["source": try row["source"].text, "entity": try row["entity"].text],
                message: nil, doubts: try row["certificate"].object(Certificate.self).doubts,
                count: nil)
        }
    }

    /// Why the last runs of jobs failed.
    ///
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func failedJobReasons() async throws -> [AlertReasonRow] {
        try await query("alert/failed_runs").map { row in
            AlertReasonRow(
                labels: ["job": try row["job"].text], message: try row["error"].optionalText,
                doubts: [], count: nil)
        }
    }

    /// Why messages were given up or wait too long, of each channel the commonest reason first.
    ///
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func undeliveredReasons(
        at now: Date
    ) async throws -> [AlertReasonRow] {
        try await query("alert/undelivered_messages", [.instant(now)]).map { row in
            AlertReasonRow(
                labels: ["channel": try row["channel"].text],
                message: try row["error"].optionalText, doubts: [],
                count: try row["value"].int64)
        }
    }
}
