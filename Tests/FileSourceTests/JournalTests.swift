import Collection
import FileSource
import Foundation
import Records
import TestSupport
import Testing

@Suite("Journals")
struct JournalTests {
    private let fixture: ExportFixture

    init() throws { fixture = try ExportFixture() }

    private func read(
        _ options: RecordFile.Options = RecordFile.Options()
    ) async throws -> (rows: [Row], certificate: Certificate) {
        let operation = try ExportFixture.entity("operation")
        let source = FolderSource(
            name: SourceName("journal"), folder: fixture.folder.url, options: options)
        var rows: [Row] = []
        let certificate = try await source.collect(operation, progress: { _, _ in }) { page in
            rows += page.map { Row(record: $0, entity: operation) }
        }
        return (rows, certificate)
    }

    private static func line(_ number: Int, status: String = "success") -> String {
        """
        {"timestamp":"2026-01-31T10:00:\(number + 10)Z","operation":"update",\
        "source_system":"1c","target_system":"bitrix24","object_id":"\(number)",\
        "status":"\(status)","details":"d"}
        """
    }

    @Test("a line that is not JSON, and one of 10 MB, are counted and left out; the rest goes on")
    func brokenLines() async throws {
        let long = "{\"details\":\"\(String(repeating: "x", count: 10 << 20))\"}"
        let lines = [
            Self.line(1), "not JSON", Self.line(2), long, "[1,2]", "{\"timestamp\":", "",
            Self.line(3),
        ]
        try fixture.write(lines.joined(separator: "\n") + "\n", to: "operation.jsonl")
        let (rows, certificate) = try await read()
        #expect(rows.map { $0["object_id"] } == ["1", "2", "3"])
        #expect(rows[0]["timestamp"] == "1769853611")
        #expect(certificate.noteCounts["broken_line"] == 3)
        #expect(certificate.noteCounts["long_line"] == 1)
        #expect(certificate.isCertified)
    }

    @Test("for other entities a broken line ends the reading as before")
    func otherEntities() async throws {
        try fixture.write("{\"ID\":1,\"name\":\"a\"}\nnot JSON\n", to: "product.jsonl")
        let source = FolderSource(name: SourceName("x"), folder: fixture.folder.url)
        let error = await #expect(throws: CollectionError.self) {
            try await source.collect(ExportFixture.entity("product"), progress: { _, _ in }) { _ in
            }
        }
        #expect(error?.message.hasPrefix("product.jsonl:2: not valid JSON") == true)
    }

    @Test("rotated and dated files are one journal, the oldest first; a copied line comes once")
    func severalFiles() async throws {
        try fixture.write(Self.line(1) + "\n", to: "operation.jsonl.2", modified: 1)
        try fixture.write(Self.line(2) + "\n", to: "operation.jsonl.1", modified: 2)
        try fixture.write(
            Self.line(2) + "\n" + Self.line(3) + "\n", to: "operation-2026-01-31.jsonl",
            modified: 3)
        try fixture.write("", to: "operation.jsonl", modified: 4)
        try fixture.write("timestamp,status\n2026-01-31T10:00:50Z,error\n", to: "operation_7.csv")
        try fixture.write("no journal", to: "operation_log.txt")
        let (rows, certificate) = try await read()
        #expect(rows.map { $0["status"] } == ["error", "success", "success", "success"])
        #expect(rows.dropFirst().map { $0["object_id"] } == ["1", "2", "3"])
        #expect(certificate.repeatedCount == 1)
    }

    @Test(
        "rows have ids of what they say: the same wherever they stand, different where they differ")
    func ids() async throws {
        try fixture.write(
            [Self.line(1), Self.line(2), Self.line(1)].joined(separator: "\n"),
            to: "operation.jsonl")
        let before = try await read().rows.map(\.id)
        #expect(Set(before).count == 3)
        #expect(before[2] == before[0] + "-2")
        try fixture.write(
            [Self.line(2), Self.line(9), Self.line(1)].joined(separator: "\n"),
            to: "operation.jsonl")
        let after = try await read().rows.map(\.id)
        #expect(after[0] == before[1] && after[2] == before[0])
        #expect(!before.contains(after[1]))
    }

    @Test("an id of its own is a row's id")
    func ownIDs() async throws {
        try fixture.write(
            "id;timestamp;status\n7;31.01.2026 9:05:07;success\n;01.02.2026 10:00:00;error\n",
            to: "operation.csv")
        var options = RecordFile.Options()
        options.timeZone = try #require(TimeZone(identifier: "Europe/Moscow"))
        let (rows, certificate) = try await read(options)
        #expect(rows[0].id == "7")
        #expect(rows[0]["timestamp"] == "1769839507")
        #expect(rows[1].id.utf8.count == 32)
        #expect(certificate.isCertified)
    }

    @Test("a member that first comes after hundreds of lines is read")
    func lateMember() async throws {
        let lines = (0..<400).map { Self.line($0) }
        let error = "{\"object_id\":\"x\",\"status\":\"error\",\"error_code\":\"E7\"}"
        try fixture.write((lines + [error]).joined(separator: "\n"), to: "operation.jsonl")
        let rows = try await read().rows
        #expect(rows.count == 401)
        #expect(rows.last?["error_code"] == "E7")
    }

    @Test("what is written to a journal while it is read is left for the next time")
    func growing() async throws {
        let text = (0..<4_000).map { Self.line($0) + "\n" }.joined()
        try fixture.write(text, to: "operation.jsonl")
        let place = fixture.folder.url.appending(path: "operation.jsonl")
        let source = FolderSource(name: SourceName("x"), folder: fixture.folder.url)
        var count = 0
        let certificate = try await source.collect(
            ExportFixture.entity("operation"), progress: { _, _ in }
        ) { page in
            count += page.count
            let handle = try FileHandle(forWritingTo: place)
            try handle.seekToEnd()
            try handle.write(contentsOf: Data((Self.line(99_999) + "\n").utf8))
            try handle.close()
        }
        #expect(count == 4_000)
        #expect(certificate.isCertified)
    }

    @Test("a journal of which nothing was written yet is empty, not an error")
    func empty() async throws {
        try fixture.write("", to: "operation.jsonl")
        let (rows, certificate) = try await read()
        #expect(rows.isEmpty && certificate.isCertified)
    }
}
