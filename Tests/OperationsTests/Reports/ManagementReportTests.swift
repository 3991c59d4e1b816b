import Foundation
import Records
import Testing

@testable import Operations
@testable import Reporting

@Suite("Monthly report for managers")
struct ManagementReportTests {
    /// Three nights of October over two systems with 100 and 80 counterparties: found on the first
    /// night, one mended and one come back on the third.
    private static let october = """
        INSERT INTO source (name) VALUES ('1c'), ('bitrix24');
        INSERT INTO record_set (source_id, entity) VALUES (1, 'counterparty'), (2, 'counterparty');
        INSERT INTO run (job, state, as_of, started_at, finished_at)
        SELECT 'nightly', 'succeeded', at, at, at FROM (VALUES
            (timestamptz '2026-09-30 02:00+03'), (timestamptz '2026-10-05 02:00+03'),
            (timestamptz '2026-10-06 02:00+03')) AS night (at);
        INSERT INTO snapshot (record_set_id, run_id, is_certified, certificate, record_count,
            added_count, changed_count, removed_count, content_checksum)
        SELECT record_set, run, true, '{}', CASE record_set WHEN 1 THEN 100 ELSE 80 END, 0, 0, 0,
            md5('') FROM generate_series(1, 3) AS run, generate_series(1, 2) AS record_set
        ORDER BY run, record_set;
        INSERT INTO comparison (run_id, entity, left_snapshot_id, right_snapshot_id)
        SELECT run, 'counterparty', 2 * run - 1, 2 * run FROM generate_series(1, 3) AS run;
        INSERT INTO comparison_count (run_id, entity, kind, severity, state, finding_count,
            at_stake_minor, at_stake_currency)
        VALUES (1, 'counterparty', 'missing', 'error', 'new', 4, 400000, 'RUB'),
            (2, 'counterparty', 'missing', 'error', 'open', 4, 400000, 'RUB'),
            (2, 'counterparty', 'mismatch', 'warning', 'new', 3, 0, ''),
            (2, 'counterparty', 'conflict', 'error', 'new', 1, 7700, 'USD'),
            (3, 'counterparty', 'missing', 'error', 'open', 2, 200000, 'RUB'),
            (3, 'counterparty', 'missing', 'error', 'resolved', 2, 200000, 'RUB'),
            (3, 'counterparty', 'mismatch', 'warning', 'open', 2, 0, ''),
            (3, 'counterparty', 'mismatch', 'warning', 'accepted', 1, 0, ''),
            (3, 'counterparty', 'mismatch', 'warning', 'reopened', 1, 0, ''),
            (3, 'counterparty', 'conflict', 'error', 'open', 1, 7700, 'USD');
        """

    @Test("counts what came, went and stands, and weighs it into the quality index")
    func totals() async throws {
        try await HistoryScene.play { scene in
            try await scene.run(Self.october)
            let totals = try await scene.data("monthly-management", period: "2026-10").table(
                "totals")
            #expect(totals[0, "nights"] == .integer(2))
            #expect(totals[0, "opened"] == .integer(4))
            #expect(totals[0, "reopened"] == .integer(1))
            #expect(totals[0, "resolved"] == .integer(2))
            #expect(totals[0, "standing"] == .integer(6))
            #expect(totals[0, "accepted"] == .integer(1))
            // 3 errors and 3 warnings of 100 records: 1 − (6 + 3) ÷ 200.
            #expect(totals[0, "quality"] == .decimal(units: 9_550, scale: 4))
            #expect(totals[0, "at_risk_minor"] == .integer(200_000))
            #expect(totals[0, "cleared_minor"] == .integer(200_000))
            #expect(totals[0, "failed_share"] == .notEnough("no_journal"))
        }
    }

    @Test("compares with the month before, and says nothing of a year that was not there")
    func comparison() async throws {
        try await HistoryScene.play { scene in
            try await scene.run(Self.october)
            let data = try await scene.data("monthly-management", period: "2026-10")
            #expect(data.table("totals@before")[0, "standing"] == .integer(4))
            #expect(data.table("totals@year_before")[0, "quality"] == .notEnough("no_nights"))
            #expect(data.table("totals@year_before")[0, "standing"] == .notEnough("no_nights"))
        }
    }

    @Test("leads from what stood before to what stands, kind by kind")
    func waterfall() async throws {
        try await HistoryScene.play { scene in
            try await scene.run(Self.october)
            let steps = try await scene.data("monthly-management", period: "2026-10").table("steps")
            let told = steps.rows.indices.map { row in
                "\(steps[row, "step"]?.key ?? "") \(steps[row, "change"]?.key ?? "")"
            }
            // 7 stand at the end, of which one is accepted.
            #expect(told == ["before 4", "mismatch 4", "conflict 1", "resolved -2", "end "])
            #expect(steps[4, "standing"] == .integer(7))
        }
    }

    @Test("has the worked example of the return, and says why there is none measured")
    func example() async throws {
        try await HistoryScene.play { scene in
            try await scene.run(Self.october)
            let data = try await scene.data("monthly-management", period: "2026-10")
            let roi = data.table("roi")
            #expect(roi[0, "savings_per_year"] == .integer(52_000_000))
            #expect(roi[0, "costs"] == .integer(30_000_000))
            #expect(roi[0, "roi"] == .decimal(units: 7_333, scale: 4))
            #expect(roi[0, "measured_roi_low"] == .notEnough("nights"))
            let text = try await scene.document("monthly-management", period: "2026-10").sample()
                .replacing("\u{A0}", with: " ")
            #expect(text.contains("73,33 %"))
            #expect(text.contains("520 000,00 ₽"))
            #expect(text.contains("мало ночей (нужно 28)"))
        }
    }

    @Test("says that nothing is declared where the configuration says nothing")
    func undeclared() async throws {
        try await HistoryScene.play(settings: "") { scene in
            try await scene.run(Self.october)
            let roi = try await scene.data("monthly-management", period: "2026-10").table("roi")
            #expect(roi[0, "roi"] == .notEnough("not_declared"))
            _ = try await scene.document("monthly-management", period: "2026-10").page()
        }
    }

    @Test("is made of an empty database too, without a number that nobody measured")
    func empty() async throws {
        try await HistoryScene.play { scene in
            let text = try await scene.document("monthly-management", period: "2026-10").sample()
            #expect(text.contains("За период сверок не было."))
            #expect(text.contains("сверок не было"))
        }
    }

    @Test("agrees with the findings themselves")
    func agreement() async throws {
        try await HistoryScene.play { scene in
            try await scene.fill(nights: 80, findings: 12, records: 60, operations: 2_000)
            let data = try await scene.data("monthly-management", period: "2026-10")
            let nights =
                "(SELECT id FROM run WHERE as_of >= '2026-10-01 00:00+03' "
                + "AND as_of < '2026-11-01 00:00+03')"
            let standing = try await scene.number(
                """
                SELECT count(*) AS number FROM finding
                WHERE opened_run_id <= (SELECT max(id) FROM \(nights) AS night)
                    AND (resolved_run_id IS NULL
                        OR resolved_run_id > (SELECT max(id) FROM \(nights) AS night))
                """)
            let resolved = try await scene.number(
                "SELECT count(*) AS number FROM finding WHERE resolved_run_id IN \(nights)")
            let opened = try await scene.number(
                "SELECT count(*) AS number FROM finding WHERE opened_run_id IN \(nights)")
            let totals = data.table("totals")
            #expect(totals[0, "standing"] == .integer(standing))
            #expect(totals[0, "resolved"] == .integer(resolved))
            #expect(data.table("age").sum("standing") == standing)
            #expect(data.table("causes").sum("opened") <= opened)
            #expect(data.table("times")[0, "resolved_count"] == .integer(resolved))
            #expect(data.table("owners").rows.count <= 25)
        }
    }

    @Test("has the approved sample", arguments: ReportLanguage.allCases)
    func sample(language: ReportLanguage) async throws {
        try await HistoryScene.play { scene in
            try await scene.fill(nights: 100, findings: 3, records: 40, operations: 4_000)
            try expectSample(
                await scene.document("monthly-management", period: "2026-10", language),
                "monthly-management", language)
        }
    }
}

extension ReportTable {
    fileprivate func sum(_ column: String) -> Int64 {
        rows.indices.reduce(0) { sum, row in
            guard case .integer(let number) = self[row, column] else { return sum }
            return sum + number
        }
    }
}
