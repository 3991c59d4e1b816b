import Foundation
import Records
import Testing

@testable import Operations
@testable import Reporting

@Suite("Monthly report for managers")
struct ManagementReportTests {
    /// A night of September and two of October over two systems with 100 and 80 counterparties.
    static let nights = """
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

        """

    /// The nights with what they found: two mended, one accepted and one come back on the third.
    private static let october =
        nights + """
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
            // One was accepted, and stands no longer: the steps end where the overview does.
            #expect(
                told == [
                    "before 4", "mismatch 4", "conflict 1", "resolved -2", "other -1", "end ",
                ])
            #expect(steps[5, "standing"] == .integer(6))
        }
    }

    @Test("leaves out of every sheet what was not compared in the period")
    func notCompared() async throws {
        try await HistoryScene.play { scene in
            try await scene.run(
                Self.october + """
                    INSERT INTO record_set (source_id, entity)
                    VALUES (1, 'contact'), (2, 'contact');
                    INSERT INTO snapshot (record_set_id, run_id, is_certified, certificate,
                        record_count, added_count, changed_count, removed_count, content_checksum)
                    VALUES (3, 1, true, '{}', 9, 0, 0, 0, md5('')),
                        (4, 1, true, '{}', 9, 0, 0, 0, md5(''));
                    INSERT INTO comparison (run_id, entity, left_snapshot_id, right_snapshot_id)
                    VALUES (1, 'contact', 7, 8);
                    INSERT INTO comparison_count (run_id, entity, kind, severity, state,
                        finding_count, at_stake_minor, at_stake_currency)
                    VALUES (1, 'contact', 'missing', 'error', 'new', 5, 0, '');
                    INSERT INTO cluster_version (entity, side, member_ids, probabilities, reason,
                        detail, valid_from)
                    VALUES ('contact', 'left', ARRAY['a', 'b'], ARRAY[1, 0.9], 'model', '', 1);
                    """)
            let data = try await scene.data("monthly-management", period: "2026-10")
            let (steps, trend) = (data.table("steps"), data.table("trend"))
            #expect(data.table("totals")[0, "duplicate_groups"] == .integer(0))
            #expect(data.table("duplicates").rows.isEmpty)
            #expect(trend[trend.rows.count - 1, "standing"] == .integer(6))
            #expect(steps[0, "change"] == .integer(9))
            #expect(steps[steps.rows.count - 1, "standing"] == .integer(6))
        }
    }

    @Test("counts once what was mended, came back and was mended again, and never less than none")
    func swings() async throws {
        try await HistoryScene.play { scene in
            try await scene.run(
                Self.nights + """
                    INSERT INTO comparison_count (run_id, entity, kind, severity, state,
                        finding_count, at_stake_minor, at_stake_currency)
                    VALUES (1, 'counterparty', 'missing', 'error', 'resolved', 3, 3000, 'RUB'),
                        (2, 'counterparty', 'missing', 'error', 'reopened', 2, 2000, 'RUB'),
                        (3, 'counterparty', 'missing', 'error', 'resolved', 1, 1000, 'RUB'),
                        (3, 'counterparty', 'invalid', 'error', 'reopened', 1, 500, 'RUB');
                    """)
            let cleared = try await scene.data("monthly-management", period: "2026-10").table(
                "roi_cleared")
            let told = cleared.rows.indices.map { row in
                ["month", "kind", "cleared", "at_stake_minor"].map { cleared[row, $0]?.key ?? "" }
            }
            #expect(
                told == [
                    ["2026-09-01", "missing", "3", "3000"], ["2026-10-01", "invalid", "0", "0"],
                    ["2026-10-01", "missing", "-1", "-1000"],
                ])
        }
    }

    @Test("tells money of each currency apart where there is another than the report's")
    func currencies() async throws {
        try await HistoryScene.play { scene in
            try await scene.run(Self.october)
            let data = try await scene.data("monthly-management", period: "2026-10")
            let currencies = data.table("currencies")
            let columns = ["currency", "standing", "at_risk_minor", "resolved", "cleared_minor"]
            let told = currencies.rows.indices.map { row in
                columns.map { currencies[row, $0]?.key ?? "" }
            }
            #expect(
                told == [["RUB", "2", "200000", "2", "200000"], ["USD", "1", "7700", "0", "0"]])
            let document = try await scene.document("monthly-management", period: "2026-10")
            #expect(document.sheets.map(\.name).contains("По валютам"))
            #expect(document.texts().contains { $0.contains("в одной валюте (RUB)") })
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
            // Two were mended, and that is said; what would follow from so few is not.
            #expect(roi[0, "cleared"] == .integer(2))
            for column in [
                "hours_low", "hours_high", "measured_savings_low", "measured_savings_high",
                "measured_roi_low", "measured_roi_high",
            ] {
                #expect(roi[0, column] == .notEnough("nights"), "\(column)")
            }
            let curve = data.table("roi_curve")
            #expect(curve[0, "declared"] == .integer(-30_000_000))
            #expect(curve.rows.indices.allSatisfy { curve[$0, "measured_low"] == .empty })
            #expect(curve.rows.indices.allSatisfy { curve[$0, "measured_high"] == .empty })
            let document = try await scene.document("monthly-management", period: "2026-10")
            let letter = try ReportLetter(
                ReportDefinition(
                    report: "monthly-management", resources: scene.job.reportResources),
                document, file: .init(), resources: scene.job.reportResources)
            #expect(letter.text.contains("исправлено 2."), "\(letter.text)")
            #expect(!letter.text.contains("сбережено"), "\(letter.text)")
            let text = document.sample().replacing("\u{A0}", with: " ")
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
