import PostgresClient
import Records
import Storage
import Testing

@Suite("Snapshots")
struct SnapshotTests {
    @Test("records come back as they were, in the order of their ids")
    func roundTrip() async throws {
        try await StoreTesting.run { testing in
            var mended = testing.record("10", ["name": .text("Альфа\u{0}Бета")], payload: "{\u{0}}")
            mended.readingNotes = [ReadingNote(.nulRemoved, field: FieldName("name"))]
            let records = [
                testing.record("b", ["phone": .texts(["1", "2"])]), mended,
                testing.record("9", ["is_deleted": .boolean(true)], payload: "{\"ID\":\"9\"}"),
            ]
            let snapshot = try await testing.take(records)
            let loaded = try await testing.load(snapshot)
            #expect(loaded.map(\.id.rawValue) == ["9", "10", "b"])
            mended.fields[0] = .text("АльфаБета")
            mended.payload = ""
            #expect(loaded[1] == mended)
            #expect(loaded[2].fields == records[0].fields)
            #expect(snapshot.recordCount == 3)
            #expect(snapshot.certificate.deliveredCount == 3)
            #expect(snapshot.certificate.firstID == RecordID("9"))
            #expect(snapshot.certificate.lastID == RecordID("b"))
            #expect(snapshot.certificate.noteCounts == ["nul_removed": 1])
            #expect(snapshot.certificate.contentChecksum == snapshot.contentChecksum)
            let payload = try await testing.store.payload(of: RecordID("9"), in: snapshot.id)
            #expect(payload == "{\"ID\":\"9\"}")
        }
    }

    @Test("a night without changes writes no record rows, whatever the order and the payloads")
    func unchanged() async throws {
        try await StoreTesting.run { testing in
            let records = (1...50).map {
                testing.record("\($0)", ["name": .text("Имя \($0)")], payload: "v1")
            }
            let first = try await testing.take(records)
            let before = try await testing.writers(of: "record_version")
            let again = records.reversed().map { record in
                var record = record
                record.payload = "v2"
                return record
            }
            let second = try await testing.take(Array(again))
            #expect(try await testing.writers(of: "record_version") == before)
            #expect(before.count == 50)
            #expect(second.contentChecksum == first.contentChecksum)
            #expect([second.addedCount, second.changedCount, second.removedCount] == [0, 0, 0])
            #expect(try await testing.load(second) == testing.load(first))
        }
    }

    @Test("another editor writes no record rows; the editor is kept with the next change")
    func editors() async throws {
        try await StoreTesting.run { testing in
            func record(_ name: String, editor: String) -> Record {
                testing.record("1", ["name": .text(name), "modified_by": .text(editor)])
            }
            let first = try await testing.take([record("Альфа", editor: "7")])
            let touched = try await testing.take([record("Альфа", editor: "8")])
            let renamed = try await testing.take([record("Бета", editor: "9")])

            #expect(touched.contentChecksum == first.contentChecksum)
            #expect([touched.addedCount, touched.changedCount] == [0, 0])
            #expect(try await testing.load(touched) == [record("Альфа", editor: "7")])
            #expect(renamed.changedCount == 1)
            #expect(try await testing.load(renamed) == [record("Бета", editor: "9")])
        }
    }

    @Test("only what changed is written, and earlier snapshots are read as they were")
    func versions() async throws {
        try await StoreTesting.run { testing in
            let a = testing.record("a", ["name": .text("Альфа")])
            let b = testing.record("b", ["name": .text("Бета")])
            let changed = testing.record("b", ["name": .text("Бета-2")])
            let c = testing.record("c", ["name": .text("Гамма")])
            let nights = [[a, b], [changed, c], [a, changed, c]]
            var snapshots: [Snapshot] = []
            for night in nights {
                snapshots.append(
                    try await testing.take(night, limits: SnapshotLimits(acceptsDrop: true)))
            }
            for (night, snapshot) in zip(nights, snapshots) {
                #expect(try await testing.load(snapshot) == night)
                #expect(snapshot.recordCount == night.count)
            }
            #expect(
                snapshots.map { [$0.addedCount, $0.changedCount, $0.removedCount] }
                    == [[2, 0, 0], [1, 1, 1], [1, 0, 0]])
            let versions = try await testing.texts(
                """
                SELECT format('%s %s-%s', record_id, valid_from, valid_to) FROM record_version
                ORDER BY record_id, valid_from
                """)
            // The record that came back has two versions with a gap between them.
            #expect(versions == ["a 1-2", "a 3-", "b 1-2", "b 2-", "c 2-"])
        }
    }

    @Test("an uncertified snapshot adds and changes, but ends nothing; the next certified one does")
    func uncertified() async throws {
        try await StoreTesting.run { testing in
            let a = testing.record("a", ["name": .text("Альфа")])
            let b = testing.record("b", ["name": .text("Бета")])
            let changed = testing.record("b", ["name": .text("Бета-2")])
            _ = try await testing.take([a, b])
            let partial = try await testing.take([changed], certified: false)
            #expect(!partial.isCertified)
            #expect(partial.certificate.deliveredCount == 1)
            #expect(partial.recordCount == 2)
            #expect(try await testing.load(partial) == [a, changed])
            let whole = try await testing.take([changed], limits: SnapshotLimits(acceptsDrop: true))
            #expect(try await testing.load(whole) == [changed])
            #expect(whole.removedCount == 1)
            #expect(whole.contentChecksum != partial.contentChecksum)
        }
    }

    @Test("an editor that is read for the first time is written")
    func firstEditor() async throws {
        try await StoreTesting.run { testing in
            let before = testing.record("1", ["name": .text("Альфа")])
            let read = testing.record("1", ["name": .text("Альфа"), "modified_by": .text("7")])
            _ = try await testing.take([before])
            let first = try await testing.take([read])
            #expect(first.changedCount == 1)
            #expect(try await testing.load(first) == [read])
        }
    }

    @Test("a record that the source says is gone ends, also by a snapshot of changes")
    func removed() async throws {
        try await StoreTesting.run { testing in
            let a = testing.record("a", ["name": .text("Альфа")])
            let b = testing.record("b", ["name": .text("Бета")])
            let changed = testing.record("b", ["name": .text("Бета-2")])
            var gone = testing.record("a")
            gone.isRemoved = true
            _ = try await testing.take([a, b])
            // What is known of it from before, or of a record that never was, comes too late.
            var unknown = testing.record("c")
            unknown.isRemoved = true
            let partial = try await testing.take(
                [gone, unknown, changed, a], certified: false)
            #expect(try await testing.load(partial) == [changed])
            #expect(partial.recordCount == 1)
            #expect(partial.removedCount == 1)
            #expect(partial.certificate.deliveredCount == 1)
            #expect(partial.certificate.repeatedCount == 1)
            let whole = try await testing.take([changed], limits: SnapshotLimits(acceptsDrop: true))
            #expect(whole.contentChecksum == partial.contentChecksum)
            #expect(whole.removedCount == 0)
            let back = try await testing.take([a], certified: false)
            #expect(try await testing.load(back) == [a, changed])
        }
    }

    @Test("a source that loses half of its records is doubted until a person accepts it")
    func suddenDrop() async throws {
        try await StoreTesting.run { testing in
            let records = (1...10).map { testing.record("\($0)") }
            _ = try await testing.take(records)
            let six = try await testing.take(Array(records.prefix(6)))
            #expect(six.isCertified)
            let one = try await testing.take([records[0]])
            #expect(one.certificate.doubts == [.suddenDrop(previous: 6, current: 1)])
            #expect(one.recordCount == 6)
            // The next night is compared with the last certified one, not with the doubted one.
            let again = try await testing.take([records[0]])
            #expect(!again.isCertified)
            let accepted = try await testing.take(
                [records[0]], limits: SnapshotLimits(acceptsDrop: true))
            #expect(accepted.isCertified)
            #expect(accepted.recordCount == 1)
        }
    }

    @Test("an empty source is doubted, and loses nothing")
    func empty() async throws {
        try await StoreTesting.run { testing in
            let never = try await testing.take([])
            #expect(!never.isCertified)
            #expect(never.recordCount == 0)
            _ = try await testing.take([testing.record("a")])
            let gone = try await testing.take([])
            #expect(gone.certificate.doubts == [.suddenDrop(previous: 1, current: 0)])
            #expect(try await testing.load(gone).map(\.id.rawValue) == ["a"])
        }
    }

    @Test("a record delivered twice counts once, the first time")
    func repeated() async throws {
        try await StoreTesting.run { testing in
            let first = testing.record("a", ["name": .text("Альфа")])
            let second = testing.record("a", ["name": .text("Бета")])
            let snapshot = try await testing.take([first, second])
            #expect(try await testing.load(snapshot) == [first])
            #expect(snapshot.certificate.repeatedCount == 1)
            #expect(snapshot.certificate.deliveredCount == 1)
        }
    }

    @Test("two sources and what they hold are kept apart")
    func sources() async throws {
        try await StoreTesting.run { testing in
            let a = testing.record("1", ["name": .text("Альфа")])
            let b = testing.record("1", ["name": .text("Бета")])
            let left = try await testing.take([a])
            let right = try await testing.take([b], source: SourceName("crm"))
            #expect(try await testing.load(left) == [a])
            #expect(try await testing.load(right) == [b])
            let listed = try await testing.store.snapshots(source: SourceName("crm"))
            #expect(listed == [right])
            #expect(try await testing.store.snapshots(run: left.run) == [left])
        }
    }
}
