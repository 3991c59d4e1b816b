import Foundation
import Records
import Storage
import Testing

@Suite("Storing the journal")
struct JournalStoreTests {
    private let journal = SourceName("journal")
    private let noon = Date(timeIntervalSince1970: 1_795_683_600)

    private func entry(
        _ minute: Int, error: Bool = false, milliseconds: Int32? = 100
    )
        -> JournalEntry
    {
        JournalEntry(
            occurredAt: Int64(noon.timeIntervalSince1970 + Double(minute) * 60) * 1_000_000,
            operation: "update", objectKind: "order", sourceSystem: "1C", targetSystem: "crm",
            objectID: "\(minute)", isError: error, durationMilliseconds: milliseconds,
            details: error ? "a\u{0}b" : nil)
    }

    private func write(
        _ entries: [JournalEntry], _ mark: JournalMark, _ testing: StoreTesting
    ) async throws -> JournalMark {
        try await testing.store.writeJournal(journal, from: mark, now: noon) { writer in
            for entry in entries {
                try await writer.append(
                    entry,
                    entry.isError ? ErrorClass(type: "connection.timeout", shape: "a#") : nil)
            }
            var read = mark
            read.readBytes += entries.count * 100
            read.readLines += entries.count
            read.refused[.unreadable, default: 0] += 1
            return read
        }
    }

    @Test("entries, hours and how far the file is read come together")
    func together() async throws {
        try await StoreTesting.run { testing in
            let first = try await write(
                [entry(0), entry(1, error: true), entry(59, milliseconds: nil)],
                JournalMark(name: "operation.jsonl"), testing)
            _ = try await write([entry(2, milliseconds: 5_000), entry(61)], first, testing)
            let marks = try await testing.store.journalMarks(journal)
            #expect(marks.map(\.readBytes) == [500])
            #expect(marks[0].refused == [.unreadable: 2])
            #expect(marks[0].id == first.id)
            #expect(
                try await testing.texts(
                    """
                    SELECT concat_ws(' ', extract(hour FROM hour AT TIME ZONE 'UTC'), error_type,
                        entry_count, timed_count, duration_ms_sum, array_length(duration_buckets, 1))
                    FROM journal_hour ORDER BY hour, error_type
                    """) == ["9  3 2 5100 50", "9 connection.timeout 1 1 100 27", "10  1 1 100 27"])
            #expect(
                try await testing.texts(
                    "SELECT personal_details FROM journal_entry WHERE is_error") == ["ab"])
            #expect(
                try await testing.texts("SELECT count(*)::text FROM staging_journal_hour") == ["0"])
            #expect(try await testing.store.lastJournalReading(journal) == noon)
        }
    }

    @Test("counts come once for each kind of operation, with its hours and minutes")
    func counts() async throws {
        try await StoreTesting.run { testing in
            _ = try await write(
                [entry(0), entry(0), entry(1, error: true), entry(59), entry(61)],
                JournalMark(name: "operation.jsonl"), testing)
            let hour = Int64(noon.timeIntervalSince1970 / 3_600)
            func sorted(_ counts: [PeriodCounts]) -> [String] {
                counts.map { counted in
                    let pairs = zip(counted.periods, counted.counts).sorted { $0.0 < $1.0 }
                    return
                        "\(counted.labels["error_type"] ?? "") \(counted.labels["object_kind"] ?? ""): "
                        + pairs.map { "\($0.0)=\($0.1)" }.joined(separator: " ")
                }.sorted()
            }
            #expect(
                sorted(try await testing.store.journalHours([Int(hour), Int(hour) + 1, 7])) == [
                    " order: \(hour)=3 \(hour + 1)=1", "connection.timeout order: \(hour)=1",
                ])
            let minute = hour * 60
            #expect(
                sorted(try await testing.store.journalMinutes(from: noon, to: noon + 3_600)) == [
                    " order: \(minute)=2 \(minute + 59)=1",
                    "connection.timeout order: \(minute + 1)=1",
                ])
            let day = [(number: 5, from: noon - 60, to: noon + 7_200)]
            #expect(
                sorted(try await testing.store.journalDays(day)) == [
                    " order: 5=4", "connection.timeout order: 5=1",
                ])
        }
    }

    @Test("the index of blocks knows what was written")
    func summarized() async throws {
        try await StoreTesting.run { testing in
            _ = try await write([entry(0)], JournalMark(name: "operation.jsonl"), testing)
            #expect(
                try await testing.texts(
                    "SELECT brin_summarize_new_values('journal_entry_time')::text") == ["0"])
        }
    }

    @Test("nothing is stored of a piece that could not be read to its end")
    func crash() async throws {
        try await StoreTesting.run { testing in
            await #expect(throws: CancellationError.self) {
                _ = try await testing.store.writeJournal(
                    journal, from: JournalMark(name: "operation.jsonl"), now: noon
                ) { writer in
                    try await writer.append(entry(0), nil)
                    throw CancellationError()
                }
            }
            let counts = try await testing.texts("SELECT count(*)::text FROM journal_entry")
            #expect(counts == ["0"])
            let marks = try await testing.store.journalMarks(journal)
            #expect(marks.isEmpty)
        }
    }

    @Test(
        "durations fall into quarter powers of two",
        arguments: [
            (0, 1), (1, 1), (2, 5), (3, 7), (4, 9), (1_000, 40), (1_024, 41), (4_095, 48),
            (4_096, 49), (Int32.max - 1, 124),
        ])
    func buckets(milliseconds: Int32, element: Int) async throws {
        try await StoreTesting.run { testing in
            _ = try await write(
                [entry(0, milliseconds: milliseconds)], JournalMark(name: "x"), testing)
            #expect(
                try await testing.texts(
                    "SELECT array_length(duration_buckets, 1)::text FROM journal_hour")
                    == ["\(element)"])
        }
    }

    @Test("messages of operations that are long past are taken out, the operations stay")
    func retention() async throws {
        try await StoreTesting.run { testing in
            var old = entry(0, error: true)
            old.occurredAt = 1_000_000
            _ = try await write([old], JournalMark(name: "x"), testing)
            try await testing.store.purgePersonalData(olderThan: .seconds(3_600))
            #expect(
                try await testing.texts(
                    "SELECT coalesce(personal_details, '-') FROM journal_entry") == ["-"])
        }
    }
}
