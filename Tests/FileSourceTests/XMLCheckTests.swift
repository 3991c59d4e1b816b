import Collection
import FileSource
import Foundation
import Records
import TestSupport
import Testing

@Suite("Checking a folder of XML files")
struct XMLCheckTests {
    private let fixture: ExportFixture

    init() throws { fixture = try ExportFixture() }

    private func check(
        _ entity: String, _ mapping: String = "commerceml"
    ) async throws -> SourceCheck {
        let checks = try await fixture.source(mapping).check(ExportFixture.entity(entity))
        return try #require(checks.first)
    }

    private static let catalogue = CommerceMLTests.document(CommerceMLTests.catalogue())

    @Test("passes for what the files have, and names them where they have none of an entity")
    func entities() async throws {
        try fixture.write(Self.catalogue, to: "import.xml")
        let product = try await check("product")
        #expect(product.isPassed && product.detail == "1 files: import.xml")
        for entity in ["price", "stock", "order", "payment", "counterparty"] {
            let lacking = try await check(entity)
            #expect(!lacking.isPassed, "\(entity)")
            #expect(lacking.detail.hasPrefix("none of the files import.xml has an element"))
        }
    }

    @Test("passes for a list that is empty, and for one in an archive")
    func places() async throws {
        try fixture.write(Self.catalogue, to: "import.xml")
        let empty = CommerceMLTests.document(CommerceMLTests.offers(""))
        let archive = ZipWriter(entries: [.init(name: "offers.xml", bytes: Array(empty.utf8))])
        try fixture.write(archive.bytes, to: "offers.zip")
        #expect(try await check("price").isPassed)
    }

    @Test("passes for records that stand behind megabytes of others")
    func last() async throws {
        let goods = (0..<40_000).map {
            "<Элемент><Код>\($0)</Код><Наименование>Товар</Наименование></Элемент>"
        }
        try fixture.write(
            "<Выгрузка><Справочник Имя=\"Товары\">\(goods.joined())</Справочник>"
                + "<Справочник Имя=\"Контрагенты\"/></Выгрузка>", to: "dump.xml")
        #expect(try await check("counterparty", "plain-xml").isPassed)
    }

    @Test("ends when nobody waits for it any more")
    func cancelled() async throws {
        try fixture.write(Self.catalogue, to: "import.xml")
        let source = try fixture.source("commerceml")
        let entity = try ExportFixture.entity("product")
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await source.check(entity)
        }
        #expect(await task.value.contains { !$0.isPassed })
    }

    @Test("fails for a folder without files, and names a file that is broken")
    func broken() async throws {
        let none = try await check("product")
        #expect(!none.isPassed && none.detail.hasPrefix("there are no .xml or .zip files"))
        try fixture.write("<a><b></a>", to: "import.xml")
        let broken = try await check("product")
        #expect(!broken.isPassed && broken.detail.hasPrefix("import.xml: "))
    }
}
