public import Foundation

internal import PostgresClient

/// What rules of alerts measure.
extension Store {
    /// Operations of the journal in some hours, counted from 1970; `error_type` is empty for those
    /// that arrived.
    ///
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func journalHours(_ hours: [Int]) async throws -> [PeriodCounts]
    {
        try await query("alert/journal_hours", [.int64Array(hours.map(Int64.init))])
            .map(PeriodCounts.init)
    }

    /// Operations of the journal in some days.
    ///
    /// - Parameter days: Their numbers, with when they begin and end.
    /// - Returns: Counts; `error_type` is empty for operations that arrived.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func journalDays(
        _ days: [(number: Int, from: Date, to: Date)]
    ) async throws -> [PeriodCounts] {
        try await query(
            "alert/journal_days",
            [
                .int64Array(days.map { Int64($0.number) }),
                .int64Array(days.map { Int64($0.from.timeIntervalSince1970) }),
                .int64Array(days.map { Int64($0.to.timeIntervalSince1970) }),
            ]
        ).map(PeriodCounts.init)
    }

    /// Operations of the journal by the minute, counted from 1970.
    ///
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func journalMinutes(
        from: Date, to: Date
    ) async throws -> [PeriodCounts] {
        try await query("alert/journal_minutes", [.instant(from), .instant(to)])
            .map(PeriodCounts.init)
    }

    /// Operations of the journal by the hour, as one rule counts them: `error_type` is empty for those
    /// that it does not count, and labels that are not kept apart say nothing.
    ///
    /// - Parameters:
    ///   - from: The beginning.
    ///   - to: The end.
    ///   - labels: Labels of operations that are counted; a value that ends in `*` stands for all that
    ///     begin so.
    ///   - apart: The labels that are kept apart.
    /// - Returns: Counts by labels.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func journalHistory(
        from: Date, to: Date, labels: [String: String], apart: Set<String>
    ) async throws -> [PeriodCounts] {
        let names = ["error_type", "object_kind", "source_system", "target_system"]
        return try await query(
            "alert/journal_history",
            [.instant(from), .instant(to)] + names.map { Self.pattern(labels[$0]) }
                + names.map { .bool(apart.contains($0)) }
        ).map(PeriodCounts.init)
    }

    /// Findings and money after each night without doubts.
    ///
    /// - Parameters:
    ///   - since: Nights that began later.
    ///   - timeZone: The IANA name of the zone of their days.
    /// - Returns: Counts in no order.
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func nightCounts(
        since: Date, timeZone: String
    ) async throws -> [NightCount] {
        try await query("alert/nights", [.instant(since), .text(timeZone)]).map { row in
            NightCount(
                day: try row["day"].int, entity: try row["entity"].text,
                kind: try row["kind"].optionalText, currency: try row["currency"].text,
                newCount: try row["new_count"].int64,
                atStakeMinor: try row["at_stake_minor"].int64)
        }
    }

    /// Readings of the last night that failed.
    ///
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func collectorFailures() async throws -> [[String: String]] {
        try await query("alert/collector_failures").map {
            ["source": try $0["source"].text, "entity": try $0["entity"].text]
        }
    }

    /// Last snapshots that are in doubt.
    ///
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func uncertifiedSnapshots() async throws -> [[String: String]] {
        try await query("alert/uncertified_snapshots").map {
            ["source": try $0["source"].text, "entity": try $0["entity"].text]
        }
    }

    /// Jobs whose last run failed.
    ///
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func failedJobs() async throws -> [String] {
        try await query("alert/failed_runs").map { try $0["job"].text }
    }

    /// Messages that were given up or wait too long, by channel.
    ///
    /// - Throws: `PostgresError`.
    public nonisolated(nonsending) func undeliveredMessages(
        at now: Date
    ) async throws -> [String: Int64] {
        var counts: [String: Int64] = [:]
        for row in try await query("alert/undelivered_messages", [.instant(now)]) {
            counts[try row["channel"].text, default: 0] += try row["value"].int64
        }
        return counts
    }
}

extension PeriodCounts {
    init(_ row: PostgresRow) throws {
        self.init(
            labels: [
                "error_type": try row["error_type"].text,
                "object_kind": try row["object_kind"].text,
                "source_system": try row["source_system"].text,
                "target_system": try row["target_system"].text,
            ], periods: try row["periods"].int64Array, counts: try row["counts"].int64Array)
    }
}
