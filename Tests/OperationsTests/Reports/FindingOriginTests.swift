import Records
import Testing

@testable import Operations
@testable import Reporting

@Suite("Where findings arise")
struct FindingOriginTests {
    /// Findings of the nights of 5 and 6 October, and what the exchange did with their records.
    private static let exchange = """
        INSERT INTO finding (fingerprint, entity, kind, severity, left_ids, right_ids, reason,
            evidence, personal_title, state, first_run_id, opened_run_id)
        SELECT md5(left_id || right_id)::uuid, 'counterparty', 'mismatch', 'error', ARRAY[left_id],
            ARRAY[right_id], 'differs', '', '', 'open', night, night
        FROM (VALUES ('a', '1', 2), ('b', '2', 2), ('c', '3', 2), ('d', '4', 3), ('e', '5', 1))
            AS given (left_id, right_id, night);
        INSERT INTO source (name) VALUES ('exchange');
        INSERT INTO journal_entry (source_id, occurred_at, operation, object_kind, source_system,
            target_system, object_id, is_error, error_type)
        SELECT 3, at, operation, kind, '1c', 'bitrix24', id, error_type IS NOT NULL, error_type
        FROM (VALUES
            (timestamptz '2026-10-02 09:00+03', 'create', 'counterparty', 'a', NULL),
            (timestamptz '2026-10-03 10:00+03', 'update', 'counterparty', 'a', NULL),
            -- Of another kind, and so of another thing.
            (timestamptz '2026-10-04 11:00+03', 'delete', 'order', 'a', NULL),
            -- By the other system's id.
            (timestamptz '2026-10-04 10:30+03', 'update', 'counterparty', '2', 'data.format'),
            -- After the night that found it.
            (timestamptz '2026-10-05 12:00+03', 'update', 'counterparty', 'c', NULL),
            -- Before the comparison in which it was not yet there.
            (timestamptz '2026-10-03 12:00+03', 'update', 'counterparty', 'd', NULL),
            (timestamptz '2026-09-29 12:00+03', 'update', 'counterparty', 'e', NULL)
        ) AS given (at, operation, kind, id, error_type);
        """
    private static let counted = """
        INSERT INTO journal_hour (source_id, hour, operation, object_kind, source_system,
            target_system, error_type, entry_count, timed_count, duration_ms_sum, duration_buckets)
        SELECT source_id, date_trunc('hour', occurred_at), operation, object_kind, source_system,
            target_system, coalesce(error_type, ''), count(*), 0, 0, '{}'
        FROM journal_entry GROUP BY 1, 2, 3, 4, 5, 6, 7;
        """

    @Test("is told by the last operation of the exchange with the record, in the time it arose in")
    func origins() async throws {
        try await HistoryScene.play { scene in
            try await scene.run(ManagementReportTests.nights + Self.exchange + Self.counted)
            let origins = try await scene.data("monthly-management", period: "2026-10").table(
                "origins")
            let columns = ["operation", "target_system", "found", "failed", "share", "clock_hour"]
            let told = origins.rows.indices.map { row in
                columns.map { origins[row, $0]?.key ?? "" }
            }
            #expect(
                told == [
                    ["", "", "2", "0", "0.5000", ""],
                    ["update", "bitrix24", "2", "1", "0.5000", "10"],
                ])
            let text = try await scene.document("monthly-management", period: "2026-10").sample()
            #expect(text.contains("без обмена"))
        }
    }

    @Test("is not told of nights before the journal began")
    func beforeJournal() async throws {
        let late = """
            DELETE FROM journal_entry WHERE object_id <> 'c';
            UPDATE journal_entry SET occurred_at = '2026-10-05 01:00+03';

            """
        try await HistoryScene.play { scene in
            try await scene.run(
                ManagementReportTests.nights + Self.exchange + late + Self.counted)
            let origins = try await scene.data("monthly-management", period: "2026-10").table(
                "origins")
            // What the night of 6 October found; the journal began after that of 30 September.
            #expect(origins.rows.count == 1)
            #expect(origins[0, "operation"]?.key == "" && origins[0, "found"] == .integer(1))
        }
    }

    @Test("is not told of where there is no journal")
    func noJournal() async throws {
        try await HistoryScene.play { scene in
            try await scene.run(ManagementReportTests.nights + Self.exchange)
            let data = try await scene.data("monthly-management", period: "2026-10")
            #expect(data.table("origins").rows.isEmpty)
        }
    }
}
