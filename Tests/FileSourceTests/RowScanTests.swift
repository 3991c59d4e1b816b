import Collection
import Foundation
import Records
import TestSupport
import Testing

@testable import FileSource

@Suite("The second count of rows")
struct RowScanTests {
    private let fixture: ExportFixture

    init() throws { fixture = try ExportFixture() }

    private static func scanned(_ text: String, _ form: RowScan.Form, by length: Int) -> Int {
        var (scan, bytes) = (RowScan(form), Array(text.utf8)[...])
        while !bytes.isEmpty {
            scan.take(bytes.prefix(length))
            bytes = bytes.dropFirst(length)
        }
        scan.finish()
        return scan.count
    }

    @Test("is that of the parser for any text that this reads", arguments: 0..<300)
    func anyText(seed: UInt64) throws {
        var random = SeededNumbers(seed: seed)
        let parts = ["a", "Я", ",", ";", "\"", "\"\"", "\n", "\r", "\r\n", "\",\"", " "]
        let text = (0..<random.below(40)).map { _ in random.one(of: parts) }.joined()
        var count = 0
        var parser = DelimitedParser(delimiter: UInt8(ascii: ","), file: "x")
        do {
            try parser.feed(Array(text.utf8)[...]) { _ in count += 1 }
            try parser.finish { _ in count += 1 }
        } catch { return }
        for length in [1, 3, 100] {
            let scanned = Self.scanned(text, .delimited(UInt8(ascii: ",")), by: length)
            #expect(scanned == count, "\(text.debugDescription)")
        }
    }

    @Test("of lines leaves out blank ones")
    func lines() {
        let text = "{\"a\":\"\\n\"}\n\n \t\r\n{}\r\n{}"
        for length in [1, 4, 100] { #expect(Self.scanned(text, .lines, by: length) == 3) }
    }

    private func certificate(
        _ text: String, _ file: String, _ entity: String = "product"
    ) async throws -> Certificate {
        try fixture.write(text, to: file)
        let source = FolderSource(name: SourceName("files"), folder: fixture.folder.url)
        return try await source.collect(
            ExportFixture.entity(entity), progress: { _, _ in }, deliver: { _ in })
    }

    @Test("stands in the certificate of CSV and JSON Lines beside that of reading")
    func files() async throws {
        let table =
            "\u{FEFF}\"ID\";name\r\n1;\"Болт\n\"\"М8\"\"\"\r\n\r\n2;Труба 3\" х 2\r\n"
            + "2;Труба 3\" х 2\r\n;без кода\r\n3;Гайка"
        let delimited = try await certificate(table, "product.csv")
        #expect(delimited.fileRows == RowCounts(scanned: 5, read: 5))
        #expect(delimited.listedCount == 4 && delimited.repeatedCount == 1)
        try FileManager.default.removeItem(at: fixture.folder.url.appending(path: "product.csv"))
        let lines = try await certificate(
            "\u{FEFF}{\"ID\":1,\"name\":\"А\"}\n\n{\"ID\":2,\"name\":\"Б\"}", "product.jsonl")
        #expect(lines.fileRows == RowCounts(scanned: 2, read: 2) && lines.isCertified)
        let documents = try await certificate(
            "Ref_Key;Номер;СуммаДокумента;Номенклатура;Сумма\no1;1;3;Болт;1\no1;1;3;Гайка;2\n",
            "order.csv", "order")
        #expect(documents.fileRows == RowCounts(scanned: 2, read: 2))
        #expect(documents.listedCount == 1 && documents.isCertified)
    }

    @Test("is none of a journal, to which somebody adds meanwhile, and of XML")
    func once() async throws {
        let journal = try await certificate(
            "{\"status\":\"ok\",\"timestamp\":\"2026-01-31T09:00:00Z\"}\n", "operation.jsonl",
            "operation")
        #expect(journal.fileRows == RowCounts(scanned: nil, read: 1))
        try fixture.write(CommerceMLTests.document(CommerceMLTests.catalogue()), to: "import.xml")
        let goods = try await fixture.read("product").certificate
        #expect(goods.fileRows == RowCounts(scanned: nil, read: 2))
    }
}
