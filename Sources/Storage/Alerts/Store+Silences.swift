public import Foundation

internal import PostgresClient

extension Store {
    /// Silences alerts for a time.
    ///
    /// - Parameters:
    ///   - rule: The rule; `*` for all.
    ///   - labels: The labels that an alert must have.
    ///   - from: The time.
    ///   - to: When it ends by itself.
    ///   - person: Who decided.
    ///   - comment: Why.
    /// - Returns: Its number.
    /// - Throws: `PostgresError`.
    @discardableResult
    public nonisolated(nonsending) func silenceAlerts(
        _ rule: String, labels: [String: String], from: Date, to: Date, person: String,
        comment: String
    ) async throws -> Int64 {
        try await query(
            "alert/insert_silence",
            [
                .text(rule), try .object(labels), .instant(from), .instant(to),
                .text(person.withoutNUL), .text(comment.withoutNUL),
            ])[0]["id"].int64
    }

    /// Silences that are in force.
    ///
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func alertSilences(
        at now: Date
    ) async throws
        -> [AlertSilenceRow]
    {
        try await query("alert/silences", [.instant(now)]).map { row in
            AlertSilenceRow(
                id: try row["id"].int64, rule: try row["rule"].text,
                labels: try row["labels"].object([String: String].self),
                createdAt: try row["created_at"].instant,
                expiresAt: try row["expires_at"].instant,
                person: try row["personal_person"].text, comment: try row["personal_comment"].text)
        }
    }

    /// Ends a silence before its time.
    ///
    /// - Returns: `false` when none of this number is in force.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func endSilence(_ id: Int64, at now: Date) async throws -> Bool {
        try await execute("alert/end_silence", [.int64(id), .instant(now)]) == 1
    }
}
