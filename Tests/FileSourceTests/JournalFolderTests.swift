import FileSource
import Foundation
import Records
import TestSupport
import Testing

@Suite("The files of a journal")
struct JournalFolderTests {
    private let fixture: ExportFixture
    private let journal: JournalFolder
    private var marks: [JournalMark] = []

    init() throws {
        fixture = try ExportFixture()
        journal = JournalFolder(fixture.folder.url)
    }

    private static func lines(_ range: Range<Int>) -> String {
        range.map { "{\"timestamp\":\"2026-11-26T12:00:00Z\",\"object_id\":\"\($0)\"}\n" }.joined()
    }

    /// Reads what is unread and gives the ids of its lines.
    ///
    /// - Parameter meanwhile: What others do between the reading of a file and its being marked.
    /// - Returns: The ids.
    /// - Throws: What reading or `meanwhile` throws.
    private mutating func readOn(meanwhile: () throws -> Void = {}) throws -> [String] {
        var ids: [String] = []
        for part in try journal.unread(marks) {
            var reading = try JournalReading(
                part.url, from: part.mark.readBytes, entity: ExportFixture.entity("operation"),
                settings: JournalSettings(timeZone: .gmt), isAtRest: part.isAtRest)
            while let batch = try reading.next() { ids += batch.entries.map(\.objectID) }
            try meanwhile()
            var mark = part.mark
            mark.readBytes = reading.position
            mark = try reading.hashed(mark)
            if let known = mark.id {
                marks[Int(known)] = mark
            } else {
                mark.id = Int64(marks.count)
                marks.append(mark)
            }
        }
        return ids
    }

    private func rename(_ name: String, to other: String) throws {
        let folder = fixture.folder.url
        try FileManager.default.moveItem(
            at: folder.appending(path: name), to: folder.appending(path: other))
    }

    @Test("are read on where they were left", arguments: [1, 3, 200])
    mutating func growing(_ count: Int) throws {
        try fixture.write(Self.lines(0..<count), to: "operation.jsonl")
        #expect(try readOn().count == count)
        #expect(try readOn() == [])
        try fixture.write(Self.lines(0..<count + 2), to: "operation.jsonl")
        #expect(try readOn() == ["\(count)", "\(count + 1)"])
    }

    @Test("are not read twice when they are rotated while they are read")
    mutating func rotatedMeanwhile() throws {
        try fixture.write(Self.lines(0..<50), to: "operation.jsonl")
        let (folder, fixture) = (fixture.folder.url, fixture)
        let first = try readOn {
            let files = FileManager.default
            try files.moveItem(
                at: folder.appending(path: "operation.jsonl"),
                to: folder.appending(path: "operation.jsonl.1"))
            try fixture.write(Self.lines(50..<90), to: "operation.jsonl")
        }
        #expect(first.count == 50)
        #expect(try readOn() == (50..<90).map(String.init))
        #expect(try readOn() == [])
    }

    @Test("are told from others, which are named while no journal is there")
    func strangers() throws {
        try fixture.write(Self.lines(0..<1), to: "2026-06-01.jsonl")
        let alone = try journal.strangers()
        try fixture.write(Self.lines(0..<1), to: "operation-2026-06-01.jsonl")
        let beside = try journal.strangers()
        #expect(alone == ["2026-06-01.jsonl"])
        #expect(beside == [])
    }

    @Test("that were rotated are not read twice, and what was added before is read")
    mutating func rotated() throws {
        try fixture.write(Self.lines(0..<50), to: "operation.jsonl")
        #expect(try readOn().count == 50)
        try fixture.write(Self.lines(0..<53), to: "operation.jsonl")
        try rename("operation.jsonl", to: "operation.jsonl.1")
        try fixture.write(Self.lines(100..<102), to: "operation.jsonl", modified: 10)
        #expect(try readOn() == ["50", "51", "52", "100", "101"])
        try rename("operation.jsonl.1", to: "operation.jsonl.2")
        try rename("operation.jsonl", to: "operation.jsonl.1")
        #expect(try readOn() == [])
    }

    @Test("that were copied before they were emptied are not read twice")
    mutating func copied() throws {
        try fixture.write(Self.lines(0..<50), to: "operation.jsonl")
        #expect(try readOn().count == 50)
        try fixture.write(Self.lines(0..<50), to: "operation-2026-11-26.jsonl")
        #expect(try readOn() == [])
        try fixture.write("", to: "operation.jsonl")
        #expect(try readOn() == [])
        try fixture.write(Self.lines(70..<72), to: "operation.jsonl")
        #expect(try readOn() == ["70", "71"])
    }

    @Test("that are being copied are the beginning of what was read")
    mutating func beingCopied() throws {
        try fixture.write(Self.lines(0..<50), to: "operation.jsonl")
        #expect(try readOn().count == 50)
        try fixture.write(Self.lines(0..<30), to: "operation.jsonl.1")
        #expect(try readOn() == [])
    }

    @Test("that took the place of others are read from their beginning, also when they are longer")
    mutating func replaced() throws {
        try fixture.write(Self.lines(0..<50), to: "operation.jsonl")
        #expect(try readOn().count == 50)
        try fixture.write(Self.lines(500..<600), to: "operation.jsonl")
        #expect(try readOn().count == 100)
        // The same beginning and another end.
        try fixture.write(Self.lines(500..<560) + Self.lines(700..<800), to: "operation.jsonl")
        #expect(try readOn().count == 160)
    }

    @Test("of CSV that begin with the same header are not taken for each other")
    mutating func sameHeader() throws {
        let header = "timestamp,object_id\n"
        try fixture.write(header, to: "operation-1.csv")
        #expect(try readOn() == [])
        try fixture.write(header + "2026-11-26T12:00:00Z,1\n", to: "operation-1.csv")
        try fixture.write(header + "2026-11-26T12:00:00Z,2\n", to: "operation-2.csv", modified: 5)
        #expect(try readOn() == ["1", "2"])
        #expect(try readOn() == [])
    }

    @Test("of other names are left alone")
    mutating func others() throws {
        try fixture.write(Self.lines(0..<1), to: "operations.jsonl")
        try fixture.write(Self.lines(0..<1), to: "counterparty.jsonl")
        #expect(try readOn() == [])
    }
}
