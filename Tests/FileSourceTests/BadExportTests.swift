import Archives
import Collection
import FileSource
import Foundation
import Records
import TestSupport
import Testing

@Suite("Bad exports")
struct BadExportTests {
    private let fixture: ExportFixture

    init() throws { fixture = try ExportFixture() }

    private static let whole = CommerceMLTests.document(CommerceMLTests.catalogue())

    @Test(
        "a catalogue cut at a random byte is refused, never read as all there is", arguments: 0..<40
    )
    func cut(seed: UInt64) async throws {
        var random = SeededNumbers(seed: seed)
        let bytes = Array(Self.whole.utf8)
        let count = Int.random(in: 0..<(bytes.count - 1), using: &random)
        try fixture.write(Array(bytes[..<count]), to: "import0_1.xml")
        let error = try await fixture.refusal()
        #expect(error.kind == .malformed)
        #expect(error.message.hasPrefix("import0_1.xml: "))
        #expect(error.message.hasSuffix("The snapshot is not taken; have the file exported again."))
    }

    @Test("a second root is refused")
    func twoRoots() async throws {
        try fixture.write(Self.whole + Self.whole.drop { $0 != "\n" }, to: "import.xml")
        let error = try await fixture.refusal()
        #expect(error.message.contains("something follows the end of the root element"))
    }

    @Test("a document without declaration is read")
    func noDeclaration() async throws {
        try fixture.write(
            CommerceMLTests.document(CommerceMLTests.catalogue(), declaration: ""), to: "import.xml"
        )
        #expect(try await fixture.read("product").rows.count == 2)
    }

    @Test(
        "a wrong declared encoding is found out and noted",
        arguments: [
            ("UTF-8", String.Encoding.windowsCP1251), ("windows-1251", .utf8),
            ("UTF-8", .utf16LittleEndian),
        ])
    func wrongEncoding(declared: String, real: String.Encoding) async throws {
        let text = CommerceMLTests.document(
            CommerceMLTests.catalogue(),
            declaration: "<?xml version=\"1.0\" encoding=\"\(declared)\"?>")
        try fixture.write([UInt8](#require(text.data(using: real))), to: "import.xml")
        let (rows, certificate) = try await fixture.read("product")
        #expect(rows.first?["name"] == "Болт М8х40 & гайка")
        #expect(certificate.noteCounts["encoding_repaired"] == 1)
        #expect(certificate.isCertified)
    }

    @Test(
        "entities of the document's own, and what would be loaded from elsewhere, are refused",
        arguments: [
            #"<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]>"#,
            #"<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>"#,
            #"<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd">"#,
        ])
    func entities(doctype: String) async throws {
        let declaration = #"<?xml version="1.0" encoding="UTF-8"?>"# + doctype
        let goods = "<Товары><Товар><Ид>1</Ид><Наименование>&b;</Наименование></Товар></Товары>"
        try fixture.write(
            CommerceMLTests.document(
                CommerceMLTests.catalogue("false", goods), declaration: declaration),
            to: "import.xml")
        let error = try await fixture.refusal()
        #expect(error.kind == .malformed)
        #expect(error.message.contains("<!DOCTYPE"))
    }

    @Test("NUL bytes in XML are refused with their place")
    func nul() async throws {
        try fixture.write(Self.whole.replacing("Доставка", with: "До\0ставка"), to: "import.xml")
        let error = try await fixture.refusal()
        #expect(error.kind == .malformed)
        #expect(error.message.contains("line "))
    }

    @Test("an empty folder is an error that says what to look at")
    func emptyFolder() async throws {
        let error = try await fixture.refusal()
        #expect(error.kind == .unreachable)
        #expect(error.message.hasSuffix("there are no .xml or .zip files; see that the export ran"))
        try fixture.write("", to: "readme.txt")
        try fixture.write("", to: ".hidden.xml")
        #expect(try await fixture.refusal().kind == .unreachable)
    }

    @Test("a folder that is not there is an error that names it")
    func noFolder() async throws {
        let source = XMLFolderSource(
            name: SourceName("x"), folder: fixture.folder.url.appending(path: "none"),
            mapping: try ExportFixture.mapping("commerceml"))
        let product = try ExportFixture.entity("product")
        let error = await #expect(throws: CollectionError.self) {
            try await source.collect(product, progress: { _, _ in }) { _ in }
        }
        #expect(error?.message.contains("none") == true)
        #expect(await source.check(product).map(\.isPassed) == [false])
    }

    @Test("a file that is empty is refused")
    func emptyFile() async throws {
        try fixture.write("", to: "import.xml")
        #expect(try await fixture.refusal().message.contains("no XML element"))
    }

    @Test("what is not a record but everything around them is refused before it fills the memory")
    func hugeElement() async throws {
        // The mapping names what is around the records: one "record" of over 32 MB.
        let row = "<Элемент><Код>1</Код><Наименование>\(String(repeating: "x", count: 250_000))"
        let rows = String(repeating: row + "</Наименование></Элемент>", count: 150)
        try fixture.write(
            "<Выгрузка><Номенклатура><Элемент>\(rows)</Элемент></Номенклатура></Выгрузка>",
            to: "dump.xml")
        let error = try await fixture.refusal("product", "plain-xml")
        #expect(error.message.contains("over 32 MB is not a record"))
    }

    // MARK: Archives

    @Test("parts in a zip archive are read, pictures beside them are not")
    func archive() async throws {
        let archive = ZipWriter(entries: [
            .init(name: "import_files/ab/1.jpg", bytes: [0xFF, 0xD8]),
            .init(name: "import.xml", bytes: Array(Self.whole.utf8)),
        ])
        try fixture.write(archive.bytes, to: "v8_exchange.zip")
        let (rows, certificate) = try await fixture.read("product")
        #expect(rows.count == 2 && certificate.isCertified)
    }

    @Test("a zip archive whose entry is cut or changed is refused", arguments: [false, true])
    func damagedArchive(isChanged: Bool) async throws {
        var bytes = ZipWriter(entries: [
            .init(name: "import.xml", bytes: Array(Self.whole.utf8))
        ]).bytes
        if isChanged { bytes[60] ^= 0x20 } else { bytes.removeLast(30) }
        try fixture.write(bytes, to: "exchange.zip")
        #expect(try await fixture.refusal().kind == .malformed)
    }

    @Test("a name in an archive that leads out of it is refused")
    func escapingName() async throws {
        let archive = ZipWriter(entries: [
            .init(name: "../../etc/cron.d/import.xml", bytes: Array(Self.whole.utf8))
        ])
        try fixture.write(archive.bytes, to: "exchange.zip")
        let error = try await fixture.refusal()
        #expect(error.message.contains("leads out of the archive, which is refused"))
    }

    @Test(
        "a bomb in a zip archive is refused before it is unpacked, and where it lies soon after",
        arguments: [
            (10 << 30, "over 300 times as large unpacked, which is refused"),
            (100, "the archive is damaged"),
        ])
    func bomb(claimed: Int, reason: String) async throws {
        try fixture.write(ZipWriter.bomb(claimedByteCount: claimed), to: "exchange.zip")
        let error = try await fixture.refusal()
        #expect(error.kind == .malformed)
        #expect(error.message.contains(reason))
    }

    @Test("more than the limit of unpacked bytes is refused")
    func tooLarge() async throws {
        let archive = ZipWriter(entries: [
            .init(name: "import.xml", bytes: Array(Self.whole.utf8))
        ])
        try fixture.write(archive.bytes, to: "exchange.zip")
        let error = try await fixture.refusal(
            settings: .init(
                intake: IntakeSettings(completeness: .asFound),
                archiveLimits: ArchiveLimits(unpackedByteCount: 1_000)))
        #expect(error.message.contains("more than 1000 bytes unpacked, which is refused"))
    }
}
