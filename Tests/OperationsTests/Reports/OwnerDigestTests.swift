import Foundation
import Records
import Testing

@testable import Operations
@testable import Reporting

@Suite("Weekly digest of owners")
struct OwnerDigestTests {
    /// A Friday, then a week with nights on Monday and Friday, and the Monday after; findings of one
    /// owner that came and went on either side of the week's edges.
    private static let week = """
        INSERT INTO source (name) VALUES ('1c'), ('bitrix24');
        INSERT INTO record_set (source_id, entity)
        VALUES (1, 'counterparty'), (2, 'counterparty'), (1, 'user'), (2, 'user');
        INSERT INTO run (job, state, as_of, started_at, finished_at)
        SELECT 'nightly', 'succeeded', at, at, at FROM (VALUES
            (timestamptz '2026-11-12 02:30+03'), (timestamptz '2026-11-13 02:30+03'),
            (timestamptz '2026-11-16 02:30+03'), (timestamptz '2026-11-20 02:30+03'),
            (timestamptz '2026-11-23 02:30+03')) AS night (at);
        INSERT INTO snapshot (record_set_id, run_id, is_certified, certificate, record_count,
            added_count, changed_count, removed_count, content_checksum)
        SELECT record_set, run, true, '{}', 9, 0, 0, 0, md5('')
        FROM generate_series(1, 5) AS run, generate_series(1, 2) AS record_set
        ORDER BY run, record_set;
        INSERT INTO comparison (run_id, entity, left_snapshot_id, right_snapshot_id)
        SELECT run, 'counterparty', 2 * run - 1, 2 * run FROM generate_series(1, 5) AS run;
        INSERT INTO record_version (record_set_id, record_id, valid_from, content_hash, fields,
            personal_fields, personal_payload)
        VALUES (2, '1', 1, decode(md5('1'), 'hex'), '{"owner": "7"}', '{}', '{}'),
            (4, '7', 1, decode(md5('7'), 'hex'), '{}',
                '{"name": "Светлова Ольга", "email": "olga@example.ru"}', '{}');
        INSERT INTO finding (fingerprint, entity, kind, severity, side, field, left_ids, right_ids,
            reason, evidence, personal_title, at_stake_minor, at_stake_currency, state, is_accepted,
            first_run_id, opened_run_id, resolved_run_id)
        SELECT md5(title)::uuid, 'counterparty', 'mismatch', 'error', 'right', 'phone', ARRAY['a'],
            ARRAY['1'], 'differs', '', title, money, currency, state, state = 'accepted',
            first_found, opened, resolved
        FROM (VALUES
            ('stood before', 10000, 'RUB', 'open', 1, 1, NULL),
            ('new', 7700, 'USD', 'open', 3, 3, NULL),
            ('back', NULL, NULL, 'open', 1, 4, NULL),
            ('new on the next Monday', 500, 'RUB', 'open', 5, 5, NULL),
            ('gone before', NULL, NULL, 'resolved', 1, 1, 2),
            ('gone', NULL, NULL, 'resolved', 1, 1, 4),
            ('gone on the next Monday', NULL, NULL, 'resolved', 1, 1, 5),
            ('accepted', 900, 'RUB', 'accepted', 1, 1, NULL)
        ) AS given (title, money, currency, state, first_found, opened, resolved);
        """

    /// The state of each finding that the digest of a week lists, by title.
    private func states(_ data: ReportData) -> [String: String] {
        let findings = data.table("findings")
        return Dictionary(
            uniqueKeysWithValues: findings.rows.indices.map { row in
                (findings[row, "title"]?.key ?? "", findings[row, "state"]?.key ?? "")
            })
    }

    @Test("tells a week as it stood at its end, and leaves Monday's night to the next")
    func edges() async throws {
        try await HistoryScene.play { scene in
            try await scene.run(Self.week)
            let data = try await scene.data("owner-digest", period: "2026-W47")
            let owners = data.table("owners")
            #expect(
                states(data) == [
                    "stood before": "open", "new": "new", "back": "reopened", "gone": "resolved",
                    "gone on the next Monday": "open",
                ])
            #expect(owners[0, "owner_email"] == .text("olga@example.ru"))
            #expect(owners[0, "standing"] == .integer(4))
            #expect(owners[0, "opened"] == .integer(2))
            #expect(owners[0, "resolved"] == .integer(1))
            #expect(owners[0, "listed"] == .integer(5))
        }
    }

    @Test("counts Monday's night once: in the week that it belongs to")
    func nextWeek() async throws {
        try await HistoryScene.play { scene in
            try await scene.run(Self.week)
            let data = try await scene.data("owner-digest", period: "2026-W48")
            #expect(
                states(data) == [
                    "stood before": "open", "new": "open", "back": "open",
                    "new on the next Monday": "new", "gone on the next Monday": "resolved",
                ])
            #expect(data.table("owners")[0, "opened"] == .integer(1))
            #expect(data.table("owners")[0, "resolved"] == .integer(1))
        }
    }

    @Test("sums up one currency, and says how many findings have money of another at stake")
    func currencies() async throws {
        try await HistoryScene.play { scene in
            try await scene.run(Self.week)
            let owners = try await scene.data("owner-digest", period: "2026-W47").table("owners")
            #expect(owners[0, "at_stake"] == .integer(10_000))
            #expect(owners[0, "other_currencies"] == .integer(1))
            let dollars = try await scene.data(
                "owner-digest", period: "2026-W47", parameters: ["currency": "USD"]
            ).table("owners")
            #expect(dollars[0, "at_stake"] == .integer(7_700))
            #expect(dollars[0, "currency"] == .text("USD"))
            let document = try await scene.document("owner-digest", period: "2026-W47")
            let letter = try ReportLetter(
                ReportDefinition(report: "owner-digest", resources: scene.job.reportResources),
                document, file: .init(), resources: scene.job.reportResources)
            #expect(letter.text.contains("исправлено 1, под угрозой 100"))
            #expect(letter.text.contains("Расхождений с деньгами в другой валюте: 1."))
            #expect(letter.html.contains("расхождений с деньгами в другой валюте <b>1</b>"))
        }
    }
}
