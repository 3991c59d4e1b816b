import Foundation
import Records
import Testing

@testable import Operations
@testable import Reporting

@Suite("Reports on the exchange")
struct ExchangeReportTests {
    /// January 2024 with 15 432 operations, 231 of them failed, as the example has it.
    private static let january = """
        INSERT INTO source (name) VALUES ('exchange');
        INSERT INTO journal_hour (source_id, hour, operation, object_kind, source_system,
            target_system, error_type, entry_count, timed_count, duration_ms_sum, duration_buckets)
        SELECT 1, hour, operation, kind, '1c', 'bitrix24', error_type, entries, entries,
            entries * 100, array_fill(0, ARRAY[26]) || ARRAY[entries]
        FROM (VALUES
            (timestamptz '2024-01-01 00:00+03', 'create', 'counterparty', '', 3245),
            (timestamptz '2024-01-31 23:00+03', 'update', 'product', '', 3087),
            (timestamptz '2024-01-15 10:00+03', 'update', 'product', 'data.format', 100),
            (timestamptz '2024-01-15 11:00+03', 'update', 'order', '', 2929),
            (timestamptz '2024-01-16 11:00+03', 'update', 'order', 'connection.timeout', 71),
            (timestamptz '2024-01-17 12:00+03', 'create', 'payment', '', 2940),
            (timestamptz '2024-01-17 12:00+03', 'create', 'payment', 'unknown', 60),
            (timestamptz '2024-01-18 12:00+03', 'create', 'contact', '', 3000),
            (timestamptz '2023-12-31 23:00+03', 'create', 'contact', '', 7),
            (timestamptz '2024-02-01 00:00+03', 'create', 'contact', 'unknown', 9)
        ) AS given (hour, operation, kind, error_type, entries);
        """

    private func plain(_ text: String) -> String { text.replacing("\u{A0}", with: " ") }

    @Test("say the period in one line, to the digit")
    func line() async throws {
        try await HistoryScene.play { scene in
            try await scene.run(Self.january)
            let texts = try await scene.document("sync-report", period: "2024-01").texts()
            #expect(
                texts.map(plain).contains(
                    "Период: 01.01.2024 – 31.01.2024 · Всего операций: 15 432 · "
                        + "Успешно: 15 201 (98,5 %) · Ошибки: 231 (1,5 %) · "
                        + "Контрагенты: 3 245 (100 %) · Номенклатура: 3 187 (96,9 %) · "
                        + "Контактные лица: 3 000 (100 %) · Заказы: 3 000 (97,6 %) · "
                        + "Оплаты: 3 000 (98 %)"), "\(texts)")
        }
    }

    @Test("never round a share with failures up to all, nor one down to none")
    func rounding() async throws {
        try await HistoryScene.play { scene in
            try await scene.run(
                """
                INSERT INTO source (name) VALUES ('exchange');
                INSERT INTO journal_hour (source_id, hour, operation, object_kind, source_system,
                    target_system, error_type, entry_count, timed_count, duration_ms_sum,
                    duration_buckets)
                VALUES (1, '2024-01-02 10:00+03', 'create', 'price', 'a', 'b', '', 99999, 0, 0, '{}'),
                    (1, '2024-01-02 10:00+03', 'create', 'price', 'a', 'b', 'unknown', 1, 0, 0, '{}')
                """)
            let document = try await scene.document("sync-report", period: "2024-01")
            let line = document.texts().map(plain).first { $0.contains("Всего") } ?? ""
            #expect(line.contains("Успешно: 99 999 (99,9 %) · Ошибки: 1 (0,1 %)"), "\(line)")
            #expect(document.sample().contains("длительность не указана"))
        }
    }

    @Test("tell durations from the buckets")
    func durations() async throws {
        try await HistoryScene.play { scene in
            // Bucket 27 holds 2^6.5 to 2^6.75 milliseconds: 90.5 to 107.6.
            try await scene.run(Self.january)
            let totals = try await scene.data("sync-report", period: "2024-01").table("totals")
            #expect(totals[0, "median"] == .integer(99))
            #expect(totals[0, "p95"] == .integer(107))
            #expect(totals[0, "peak_entries"] == .integer(3_245))
        }
    }

    @Test("divide by the part of the period that is over")
    func unfinished() async throws {
        try await HistoryScene.play { scene in
            // It is made on 26 November at nine: 25 days and 9 hours are over, 609 hours.
            try await scene.run(
                """
                INSERT INTO source (name) VALUES ('exchange');
                INSERT INTO journal_hour (source_id, hour, operation, object_kind, source_system,
                    target_system, error_type, entry_count, timed_count, duration_ms_sum,
                    duration_buckets)
                VALUES (1, '2026-11-02 10:00+03', 'create', 'price', 'a', 'b', '', 6090, 0, 0, '{}')
                """)
            let data = try await scene.data("sync-report", period: "2026-11")
            #expect(data.table("totals")[0, "per_hour"]?.number == 10)
            #expect(data.table("hours")[10, "per_hour"]?.number == 240)
        }
    }

    @Test("count a year before too, and say so where the journal is empty")
    func empty() async throws {
        try await HistoryScene.play { scene in
            try await scene.run(Self.january)
            let later = try await scene.data("sync-report", period: "2025-01")
            #expect(later.table("totals")[0, "entries"] == .integer(0))
            #expect(later.table("totals")[0, "failed_share"] == .notEnough("no_operations"))
            let document = try await scene.document("sync-report", period: "2025-01")
            #expect(document.sample().contains("15\u{A0}432"))
            #expect(document.sample().contains("За период журнал обмена пуст."))
            #expect(
                document.texts().map(plain).contains(
                    "Период: 01.01.2025 – 31.01.2025 · операций не было"))
            let shown = document.texts().joined()
            #expect(!shown.contains("нет операций") && !shown.contains("из 0"), "\(shown)")
            let letter = try ReportLetter(
                ReportDefinition(report: "sync-report", resources: scene.job.reportResources),
                document, file: .init(), resources: scene.job.reportResources)
            #expect(plain(letter.text).contains("операций не было"))
            #expect(!letter.text.contains("не указана"), "\(letter.text)")
            _ = document.page()
        }
    }

    @Test("group errors by type with advice, count objects once, and list unknown shapes first")
    func errors() async throws {
        try await HistoryScene.play { scene in
            try await scene.run(
                """
                INSERT INTO source (name) VALUES ('exchange');
                INSERT INTO journal_entry (source_id, occurred_at, operation, object_kind,
                    source_system, target_system, object_id, is_error, error_code, error_type,
                    error_shape)
                SELECT 1, at, 'update', kind, '1c', 'bitrix24', id, true, '', type, shape
                FROM (VALUES
                    (timestamptz '2024-01-05 10:00+03', 'order', '7', 'connection.timeout', 'таймаут'),
                    (timestamptz '2024-01-05 10:05+03', 'order', '7', 'connection.timeout', 'таймаут'),
                    (timestamptz '2024-01-06 10:05+03', 'order', '8', 'connection.timeout', 'таймаут'),
                    (timestamptz '2024-01-07 10:05+03', 'order', '9', 'unknown', 'сбой узла #'),
                    (timestamptz '2024-02-01 00:00+03', 'order', '9', 'unknown', 'сбой узла #')
                ) AS given (at, kind, id, type, shape);
                INSERT INTO journal_hour (source_id, hour, operation, object_kind, source_system,
                    target_system, error_type, entry_count, timed_count, duration_ms_sum,
                    duration_buckets)
                SELECT source_id, date_trunc('hour', occurred_at), operation, object_kind,
                    source_system, target_system, error_type, count(*), 0, 0, '{}'
                FROM journal_entry GROUP BY 1, 2, 3, 4, 5, 6, 7;
                """)
            let data = try await scene.data("sync-errors", period: "2024-01")
            let types = data.table("types")
            #expect(types.rows.count == 2)
            #expect(types[0, "error_type"] == .text("connection.timeout"))
            #expect(types[0, "failed"] == .integer(3))
            #expect(types[0, "objects"] == .integer(2))
            #expect(types[1, "error_type"] == .text("unknown"))
            #expect(data.table("shapes")[0, "error_shape"] == .text("сбой узла #"))
            let document = try await scene.document("sync-errors", period: "2024-01", .english)
            #expect(document.warnings.isEmpty)
            #expect(document.sample().contains("Make portions smaller"))
        }
    }

    @Test("keep a type that did not occur again, with what it had, and speak of it nowhere else")
    func gone() async throws {
        try await HistoryScene.play { scene in
            try await scene.run(
                """
                INSERT INTO source (name) VALUES ('exchange');
                INSERT INTO journal_entry (source_id, occurred_at, operation, object_kind,
                    source_system, target_system, object_id, is_error, error_code, error_type,
                    error_shape)
                SELECT 1, at, 'update', 'order', '1c', 'bitrix24', '7', true, '', type, ''
                FROM (VALUES
                    (timestamptz '2023-12-05 10:00+03', 'connection.network'),
                    (timestamptz '2023-12-06 10:00+03', 'connection.network'),
                    (timestamptz '2023-12-06 11:00+03', 'connection.timeout'),
                    (timestamptz '2024-01-05 10:05+03', 'connection.timeout')
                ) AS given (at, type);
                INSERT INTO journal_hour (source_id, hour, operation, object_kind, source_system,
                    target_system, error_type, entry_count, timed_count, duration_ms_sum,
                    duration_buckets)
                SELECT source_id, date_trunc('hour', occurred_at), operation, object_kind,
                    source_system, target_system, error_type, count(*), 0, 0, '{}'
                FROM journal_entry GROUP BY 1, 2, 3, 4, 5, 6, 7;
                """)
            let definition = try ReportDefinition(
                report: "sync-errors", resources: scene.job.reportResources)
            let january = try await scene.data("sync-errors", period: "2024-01")
            let types = january.table("types")
            #expect(
                types.rows.indices.map { row in
                    ["error_type", "failed", "failed_before"].map { types[row, $0]?.key ?? "" }
                } == [["connection.timeout", "1", "1"], ["connection.network", "0", "2"]])
            #expect(january.table("totals@before")[0, "failed"] == .integer(3))
            #expect(january.table("occurred").rows.count == 1)
            #expect(!ReportLetter.isSkipped(definition, january))

            // Of a month without errors nobody is told, whatever there was before.
            let february = try await scene.data("sync-errors", period: "2024-02")
            #expect(february.table("types")[0, "failed_before"] == .integer(1))
            #expect(ReportLetter.isSkipped(definition, february))
            let letter = try ReportLetter(
                definition, await scene.document("sync-errors", period: "2024-02"), file: .init(),
                resources: scene.job.reportResources)
            #expect(letter.text.contains("В журнале обмена за этот период ошибок нет."))
        }
    }

    @Test("warn when lines have been removed that the hours still count")
    func purged() async throws {
        try await HistoryScene.play { scene in
            try await scene.run(Self.january)
            let document = try await scene.document("sync-errors", period: "2024-01")
            #expect(document.warnings.count == 1)
            #expect(document.warnings[0].contains("строки журнала и почасовые счётчики"))
        }
    }

    @Test("have the approved sample", arguments: ReportLanguage.allCases)
    func samples(language: ReportLanguage) async throws {
        try await HistoryScene.play { scene in
            try await scene.fill(nights: 100, findings: 3, records: 40, operations: 4_000)
            for report in ["sync-report", "sync-errors"] {
                try expectSample(
                    await scene.document(report, period: "2026-10", language), report, language)
            }
        }
    }
}
