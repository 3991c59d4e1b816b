import Records
import Testing

@testable import Operations
@testable import Reporting

@Suite("By whom errors are born")
struct FindingAuthorTests {
    /// Records of both systems over the nights of 30 September, 5 and 6 October.
    private static let records = """
        INSERT INTO record_set (source_id, entity) VALUES (2, 'user');
        INSERT INTO record_version (record_set_id, record_id, valid_from, valid_to, content_hash,
            fields, personal_fields, personal_payload)
        SELECT record_set, id, valid_from, valid_to, decode(md5(''), 'hex'), fields::jsonb,
            personal::jsonb, ''
        FROM (VALUES
            (1, 'a', 1, NULL, '{"owner": "u1"}', '{}'), (1, 'b', 1, NULL, '{}', '{}'),
            -- Another person mended it in the night after the one that found it.
            (2, '1', 2, 6, '{"created_by": "7", "modified_by": "8", "owner": "9"}', '{}'),
            (2, '1', 6, NULL, '{"created_by": "7", "modified_by": "9", "owner": "9"}', '{}'),
            (2, '2', 2, NULL, '{"created_by": "7", "modified_by": "8"}', '{}'),
            (2, '3', 2, NULL, '{"created_by": "8"}', '{}'),
            (2, '4', 6, NULL, '{"created_by": "7", "modified_by": "8"}', '{}'),
            (2, '5', 2, NULL, '{"owner": "9"}', '{}'),
            (2, '6', 2, NULL, '{"modified_by": "8"}', '{}'),
            (3, '7', 1, NULL, '{}', '{"name": "Сидоров Семён"}'),
            (3, '8', 1, NULL, '{}', '{"name": "Петров Пётр"}')
        ) AS given (record_set, id, valid_from, valid_to, fields, personal);

        """

    /// What the nights found of them; the first night belongs to September.
    private static let findings = """
        INSERT INTO finding (fingerprint, entity, kind, severity, side, left_ids, right_ids, reason,
            evidence, personal_title, state, first_run_id, opened_run_id)
        SELECT md5(number::text)::uuid, 'counterparty', kind, severity, side, left_ids, right_ids,
            'differs', '', '', 'open', night, night
        FROM (VALUES
            (1, 'mismatch', 'error', NULL, ARRAY['a'], ARRAY['1'], 2),
            (2, 'mismatch', 'warning', 'right', ARRAY['b'], ARRAY['3'], 2),
            (3, 'missing', 'error', 'left', ARRAY[]::text[], ARRAY['2'], 2),
            (4, 'duplicate', 'warning', 'right', ARRAY[]::text[], ARRAY['3', '4'], 3),
            (5, 'mismatch', 'warning', 'right', ARRAY['b'], ARRAY['5'], 3),
            (6, 'missing', 'error', 'right', ARRAY['a'], ARRAY[]::text[], 3),
            (7, 'mismatch', 'warning', 'left', ARRAY['b'], ARRAY['6'], 3),
            (8, 'mismatch', 'error', 'right', ARRAY['a'], ARRAY['6'], 1)
        ) AS given (number, kind, severity, side, left_ids, right_ids, night);

        """

    @Test("is told by who made or changed the record, as the night that found it read it")
    func authors() async throws {
        try await HistoryScene.play { scene in
            try await scene.run(ManagementReportTests.nights + Self.records + Self.findings)
            let authors = try await scene.data("monthly-management", period: "2026-10").table(
                "authors")
            let columns = ["personal_author", "relation", "found", "errors", "share"]
            let told = authors.rows.indices.map { row in
                columns.map { authors[row, $0]?.key ?? "" }
            }
            // The missing record and the later of the duplicates.
            #expect(told.first == ["Сидоров Семён", "created", "2", "1", "0.2857"])
            #expect(
                Set(told.dropFirst()) == [
                    ["Петров Пётр", "changed", "1", "1", "0.1429"],
                    // Nobody changed it since.
                    ["Петров Пётр", "created", "1", "0", "0.1429"],
                    // Persons that the entity "user" does not have, and nobody.
                    ["9", "assigned", "1", "0", "0.1429"], ["u1", "assigned", "1", "1", "0.1429"],
                    ["", "nobody", "1", "0", "0.1429"],
                ])
            #expect(told.count == 6)
        }
    }

    /// An employee who is called as another one, and what was found of a record of theirs.
    private static let namesake = """
        INSERT INTO record_version (record_set_id, record_id, valid_from, content_hash, fields,
            personal_fields, personal_payload)
        VALUES (3, '10', 1, decode(md5(''), 'hex'), '{}', '{"name": "Петров Пётр"}', ''),
            (2, '7', 2, decode(md5(''), 'hex'), '{"modified_by": "10"}', '{}', '');
        INSERT INTO finding (fingerprint, entity, kind, severity, side, left_ids, right_ids, reason,
            evidence, personal_title, state, first_run_id, opened_run_id)
        VALUES (md5('9')::uuid, 'counterparty', 'mismatch', 'error', 'right', ARRAY['b'],
            ARRAY['7'], 'differs', '', '', 'open', 2, 2);

        """

    @Test("does not take two who are called the same for one")
    func namesakes() async throws {
        try await HistoryScene.play { scene in
            try await scene.run(
                ManagementReportTests.nights + Self.records + Self.findings + Self.namesake)
            let authors = try await scene.data("monthly-management", period: "2026-10").table(
                "authors")
            let found = authors.rows.indices.filter {
                authors[$0, "personal_author"]?.key == "Петров Пётр"
                    && authors[$0, "relation"]?.key == "changed"
            }.map { authors[$0, "found"]?.key ?? "" }
            #expect(found == ["1", "1"])
        }
    }

    @Test("says in words which of all this a person is", arguments: ReportLanguage.allCases)
    func words(language: ReportLanguage) async throws {
        try await HistoryScene.play { scene in
            try await scene.run(ManagementReportTests.nights + Self.records + Self.findings)
            let text = try await scene.document(
                "monthly-management", period: "2026-10", language
            ).sample()
            let lines =
                language == .russian
                ? [
                    "Сидоров Семён | создал | 2", "Петров Пётр | изменил последним | 1",
                    "9 | ответственный | 1", "неизвестно | — | 1",
                ]
                : [
                    "Сидоров Семён | created it | 2", "Петров Пётр | changed it last | 1",
                    "9 | is responsible | 1", "not known | — | 1",
                ]
            for line in lines { #expect(text.contains(line), "\(line)") }
        }
    }
}
