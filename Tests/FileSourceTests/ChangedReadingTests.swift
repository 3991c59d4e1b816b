import Definitions
import Foundation
import Records
import TestSupport
import Testing

@testable import FileSource

@Suite("Files of which only what changed is read")
struct ChangedReadingTests {
    private let entity: EntityDefinition
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        entity = try EntityFile.parse(
            """
            entity: thing
            id_headers: [ID]
            fields:
              name: {type: text}
              phone: {type: phone, multiple: true}
            """, file: "thing.yaml")
    }

    private func rows(_ table: RecordTable) -> [[String]] {
        (0..<table.count).map { row in
            [table.recordID(row).rawValue]
                + entity.fields.indices.map { String(decoding: table.cell(row, $0), as: UTF8.self) }
        }
    }

    private func opened(_ text: String) throws -> OpenRecordFile {
        let url = try folder.write(text, to: "things.csv")
        return try #require(try RecordFile(url, entity: entity).open())
    }

    /// What reading the changes gives, beside what reading all gives.
    ///
    /// - Returns: How many records were read as changes.
    @discardableResult
    private func expectSame(_ then: String, _ now: String) async throws -> Int {
        let (before, _, prints) = try opened(then).table()
        let rowOfID = Dictionary(
            uniqueKeysWithValues: (0..<before.count).map { (before.recordID($0), UInt32($0)) })
        let file = try opened(now)
        let (expected, expectedSummary) = try await RecordFile(
            folder.url.appending(path: "things.csv"), entity: entity
        ).readTable()
        let known = try #require(prints)
        let (changes, summary) = try #require(
            try file.changes(since: known) { id in
                rowOfID[RecordID(String(decoding: id, as: UTF8.self))]
            })
        let all = try changes.records((0..<UInt32(changes.count)).map { $0 })
        #expect(rows(all) == rows(expected))
        #expect(rows(try file.table().table) == rows(expected))
        #expect(summary.recordCount == expectedSummary.recordCount)
        #expect(summary.withoutIDCount == expectedSummary.withoutIDCount)
        #expect(summary.repeatedCount == expectedSummary.repeatedCount)
        #expect(summary.raggedCount == expectedSummary.raggedCount)
        let origins = try #require(changes.origins)
        let wanted = (0..<expected.count).map {
            rowOfID[expected.recordID($0)] ?? ChangedTable.none
        }
        #expect(origins.map(\.then) == wanted)
        // What was not read says what it said.
        let (rowsThen, rowsNow) = (rows(before), rows(expected))
        let wrong = origins.indices.filter { row in
            origins[row].read == ChangedTable.none
                && rowsThen[Int(origins[row].then)] != rowsNow[row]
        }
        #expect(wrong == [])
        return origins.count { $0.read != ChangedTable.none }
    }

    /// Rows such as exports have, those that nobody wants included.
    private struct Rows {
        var lines: [String] = []
        private var state: UInt64

        init(seed: UInt64) {
            state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
            for number in 0..<200 { lines.append(line(number)) }
        }

        mutating func below(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }

        mutating func line(_ number: Int) -> String {
            let name = ["Ромашка", "\"ООО \"\"Мир\"\"\"", "\"две\nстроки\"", "", " É "][below(5)]
            let phone = ["+7 495 1234567", "\"8, 9;7\"", ""][below(3)]
            return switch below(20) {
            case 0: ",\(name),\(phone)"
            case 1: "\(number),\(name)"
            case 2: "\(number),\(name),\(phone),more"
            case 3: "\(below(200)),\(name),\(phone)"
            case 4: ""
            default: "\(number),\(name),\(phone)"
            }
        }

        mutating func change() {
            let (place, number) = (below(lines.count), 200 + below(1_000))
            switch below(6) {
            case 0: lines.remove(at: place)
            case 1: lines.insert(line(number), at: place)
            case 2: lines.swapAt(place, below(lines.count))
            case 3: lines.append(lines[place])
            default: lines[place] = line(place)
            }
        }

        func text(_ lineEnd: String) -> String {
            (["ID,name,phone"] + lines).joined(separator: lineEnd)
        }
    }

    @Test("say the same as files read whole", arguments: (0 as UInt64)..<30)
    func anyChanges(seed: UInt64) async throws {
        let lineEnd = ["\n", "\r\n", "\r"][Int(seed % 3)]
        var rows = Rows(seed: seed)
        let then = rows.text(lineEnd) + (seed % 2 == 0 ? lineEnd : "")
        for _ in 0..<rows.below(12) { rows.change() }
        let now = rows.text(lineEnd) + (seed % 5 < 2 ? lineEnd : "")
        let read = try await expectSame(then, now)
        // Rows that made no record are not known, and what stands after them is found again at once.
        #expect(read < 60)
    }

    @Test("of what is the same nothing is read, of what is written anew all is")
    func nothingAndAll() async throws {
        let lines = (0..<100).map { "\($0),имя \($0),+7 495 \($0)" }
        let then = (["ID,name,phone"] + lines).joined(separator: "\n") + "\n"
        #expect(try await expectSame(then, then) == 0)
        #expect(try await expectSame(then, then.replacing("\n", with: "\r\n")) == 100)
        let turned = (["ID,name,phone"] + lines.reversed()).joined(separator: "\n") + "\n"
        #expect(try await expectSame(then, turned) <= 100)
        #expect(try await expectSame("ID,name,phone\n", then) == 100)
        #expect(try await expectSame(then, "ID,name,phone\n") == 0)
        #expect(try await expectSame("\u{FEFF}" + then, then) == 0)
    }

    @Test("rows that reach over what is in memory are rows all the same")
    func longRows() async throws {
        let long = String(repeating: "ы", count: 300_000)
        let digits = String(repeating: "8", count: 400)
        var lines = (0..<4_000).map { "\($0),имя \($0),+7 495 \($0) \(digits)" }
        for row in [3, 900, 901, 3_999] { lines[row] = "\(row),\(long),\"\(long)\"" }
        let then = (["ID,name,phone"] + lines).joined(separator: "\n")
        for row in [2, 900, 1_500] { lines[row] = "\(row),другое \(long),7" }
        lines.remove(at: 30)
        let now = (["ID,name,phone"] + lines).joined(separator: "\n")
        // What follows a row that is gone is read to know that it does.
        #expect(try await expectSame(then, now) == 4)
    }

    @Test("other columns, or another way of writing, are not compared with what was")
    func otherShape() throws {
        let prints = try #require(try opened("ID,name,phone\n1,a,2\n").table().prints)
        for text in ["ID,phone,name\n1,a,2\n", "ID;name;phone\n1;a;2\n", "ID,name\n1,a\n"] {
            #expect(try opened(text).changes(since: prints) { _ in nil } == nil)
        }
        #expect(try opened("ID,name,phone\n1,a,2\n").changes(since: prints) { _ in nil } != nil)
    }

    @Test("rows that are other bytes when they are asked for are not taken for what they were")
    func written() throws {
        let lines = (0..<100).map { "\($0),имя \($0),+7 495 \($0)" }
        let text = (["ID,name,phone"] + lines).joined(separator: "\n") + "\n"
        let prints = try #require(try opened(text).table().prints)
        let file = try opened(text)
        let changes = try #require(try file.changes(since: prints) { _ in nil }).table
        let handle = try FileHandle(forWritingTo: folder.url.appending(path: "things.csv"))
        #expect(try changes.records([40, 50]).count == 2)
        try handle.seek(toOffset: UInt64(text.utf8.count - 5))
        try handle.write(contentsOf: Data("x".utf8))
        #expect(try changes.records([40]).count == 1)
        #expect(throws: SourceChanged.self) { try changes.records([99]) }
        try handle.truncate(atOffset: 100)
        #expect(throws: SourceChanged.self) { try changes.records([40]) }
    }

    @Test("what cannot be read is told with its line, by reading all of it")
    func broken() throws {
        let then = (["ID,name,phone"] + (0..<50).map { "\($0),a,b" }).joined(separator: "\n")
        let prints = try #require(try opened(then).table().prints)
        let file = try opened(then + "\n51,\"a\" b,c\n")
        #expect(throws: FileError.self) { try file.changes(since: prints) { _ in nil } }
        let error = #expect(throws: FileError.self) { try file.table() }
        #expect(error?.line == 52)
    }

    @Test("a stream, JSON Lines and a file that is not there are not opened")
    func notOpened() throws {
        func open(_ path: String) throws -> OpenRecordFile? {
            try RecordFile(URL(filePath: path), entity: entity).open()
        }
        #expect(try open("/dev/null") == nil)
        #expect(try open(folder.url.appending(path: "nothing.csv").path) == nil)
        let lines = try folder.write("{\"ID\": 1}\n", to: "things.jsonl")
        #expect(try open(lines.path) == nil)
        let empty = try folder.write("", to: "empty.csv")
        #expect(throws: FileError.self) { try open(empty.path) }
    }
}
