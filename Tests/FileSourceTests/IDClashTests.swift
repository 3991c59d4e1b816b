import FileSource
import Foundation
import Records
import TestSupport
import Testing

@Suite("Two records of one id")
struct IDClashTests {
    private let fixture: ExportFixture

    init() throws { fixture = try ExportFixture() }

    private static func doubt(_ count: Int, _ id: String) -> [Certificate.Doubt] {
        [
            .partial(
                detail: "\(count) records were left out because another one before them has the "
                    + "same id ('\(id)', for one). Give each record an id of its own")
        ]
    }

    private func certificate(_ text: String, _ file: String) async throws -> Certificate {
        try fixture.write(text, to: file)
        let source = FolderSource(name: SourceName("files"), folder: fixture.folder.url)
        let name = String(try #require(file.split(separator: ".").first))
        return try await source.collect(
            ExportFixture.entity(name), progress: { _, _ in }, deliver: { _ in })
    }

    @Test(
        "in a file leave the snapshot in doubt, which names an id; the same once more does not",
        arguments: ["csv", "jsonl"])
    func file(ending: String) async throws {
        let guid = "3f1f0a52-0001-4000-8000-000000000001"
        let rows = [("a", "Болт"), (guid, "Гайка"), ("a", "Болт"), (guid, "Гайка")]
        func text(_ rows: [(String, String)]) -> String {
            ending == "csv"
                ? "ID,name\n" + rows.map { "\($0),\($1)\n" }.joined()
                : rows.map { "{\"ID\":\"\($0)\",\"name\":\"\($1)\"}\n" }.joined()
        }
        let same = try await certificate(text(rows), "product.\(ending)")
        #expect(same.isCertified && same.repeatedCount == 2)
        #expect(same.noteCounts["id_of_another"] == nil)

        let others = rows + [(guid, "Шайба"), ("a", "Винт")]
        let clashing = try await certificate(text(others), "product.\(ending)")
        #expect(clashing.doubts == Self.doubt(2, guid))
        #expect(clashing.noteCounts["id_of_another"] == 2)
        #expect(clashing.deliveredCount == 2 && clashing.repeatedCount == 4)
    }

    @Test("are told by any field, also where one is silent and where values only change places")
    func fields() async throws {
        for other in ["1,,Б", "1,Б,А", "1,А,"] {
            let text = "ID,name,full_name\n1,А,Б\n\(other)\n"
            #expect(try await certificate(text, "product.csv").doubts == Self.doubt(1, "1"))
        }
    }

    @Test("are none in a journal, where an operation has several rows")
    func journal() async throws {
        let text = "id;timestamp;status\n7;2026-01-31T09:00:00Z;success\n"
        let certificate = try await certificate(
            text + "7;2026-01-31T09:05:00Z;error\n", "operation.csv")
        #expect(certificate.isCertified && certificate.repeatedCount == 1)
    }

    // MARK: XML

    private static func goods(
        _ goods: KeyValuePairs<String, String>, changes: Bool = false
    ) -> String {
        let goods = goods.map {
            "<Товар><Ид>\($0)</Ид><Наименование>\($1)</Наименование></Товар>"
        }
        let mark = "СодержитТолькоИзменения=\"\(changes)\""
        return CommerceMLTests.document(
            "<Каталог \(mark)><Товары>\(goods.joined())</Товары></Каталог>")
    }

    @Test("in an XML file leave the snapshot in doubt; the same once more does not")
    func element() async throws {
        try fixture.write(Self.goods(["a": "Болт", "a": "Болт"]), to: "import.xml")
        let same = try await fixture.read("product").certificate
        #expect(same.isCertified && same.repeatedCount == 1)
        try fixture.write(Self.goods(["a": "Болт", "a": "Винт"]), to: "import.xml")
        let (rows, certificate) = try await fixture.read("product")
        #expect(rows.map { $0["name"] } == ["Болт"])
        #expect(certificate.doubts == Self.doubt(1, "a"))
        #expect(certificate.noteCounts["id_of_another"] == 1)
    }

    @Test("in two parts of one export leave the snapshot in doubt")
    func parts() async throws {
        let first = ["a": "Болт", "b": "1", "c": "2", "d": "3"] as KeyValuePairs
        try fixture.write(Self.goods(["a": "Винт", "e": "4", "f": "5"]), to: "import0_2.xml")
        try fixture.write(Self.goods(first), to: "import0_1.xml", modified: 60)
        let certificate = try await fixture.read("product").certificate
        #expect(certificate.doubts == Self.doubt(1, "a"))
    }

    @Test("are none in one part of two exports, of which the newer counts")
    func exports() async throws {
        try fixture.write(
            Self.goods(["a": "Болт", "b": "1", "c": "2"]), to: "import_2026-01-31.xml",
            modified: 60)
        try fixture.write(
            Self.goods(["a": "Винт", "d": "3", "e": "4"]), to: "import_2026-01-30.xml")
        let (rows, certificate) = try await fixture.read("product")
        #expect(rows.map { $0["name"] } == ["Болт", "1", "2", "3", "4"])
        #expect(certificate.doubts == [] && certificate.repeatedCount == 1)
    }

    @Test("are none where what changed takes the place of what was, or a whole export of changes")
    func changes() async throws {
        try fixture.write(Self.goods(["a": "Болт", "b": "1"]), to: "import0_1.xml")
        try fixture.write(
            Self.goods(["a": "Винт"], changes: true), to: "import1_1.xml", modified: 60)
        let certificate = try await fixture.read("product").certificate
        #expect(certificate.doubts == [.partial(detail: "changes only: import1_1.xml")])
        try fixture.write(
            Self.goods(["a": "Гайка"], changes: true), to: "import1_1.xml", modified: -60)
        let older = try await fixture.read("product")
        #expect(older.rows.map { $0["name"] } == ["Болт", "1"])
        #expect(older.certificate.doubts == [.partial(detail: "changes only: import1_1.xml")])
    }
}
