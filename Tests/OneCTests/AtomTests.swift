import Collection
import Foundation
@testable import OneC
import Records
@testable import Sandbox
import TestSupport
import Testing

@Suite("Atom, where there is no JSON")
struct AtomTests {
    private static let shared = ProjectFolders.shared?.appending(path: "onec")

    @Test("a platform that knows no $format is read by Atom, with the same result")
    func fallback() async throws {
        try await SandboxFixture.run(.ut11) { fixture in
            let error = """
                <m:error xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">
                <m:code>0</m:code><m:message>Параметр $format не поддерживается</m:message></m:error>
                """
            let old = ListeningTransport(fixture.transport) { url in
                url.contains("$format=")
                    ? HTTPResponse(status: 400, body: Array(error.utf8)) : nil
            }
            for entity in ["counterparty", "order", "price", "user"] {
                let (expected, _) = try await fixture.read(entity, fixture.source("onec-ut11"))
                let (records, certificate) = try await fixture.read(
                    entity, fixture.source("onec-ut11", through: old))
                #expect(certificate.isCertified && records == expected)
            }
            #expect(old.urls.count { $0.contains("$format=") } == 4)
        }
    }

    @Test("an entry's empty, null and repeated values are told apart")
    func values() throws {
        let feed = """
            <feed xmlns:m="m" xmlns:d="d"><entry><title/><content><m:properties>
            <d:Ref_Key>k</d:Ref_Key><d:КПП/><d:ИНН m:null="true"/><d:Флаг>true</d:Флаг>
            <d:Строки m:type="Collection(StandardODATA.R)">
            <d:element m:type="StandardODATA.R"><d:Имя>А &amp; Б</d:Имя></d:element>
            <d:element m:type="StandardODATA.R"><d:Имя/></d:element></d:Строки>
            <d:Пусто m:type="Collection(StandardODATA.R)"/>
            </m:properties></content></entry></feed>
            """
        let shape = ListShape(
            list: "C", key: [], properties: ["Флаг": "Edm.Boolean"], sections: [:])
        let document = try AtomFeed.entities(in: Array(feed.utf8), shape: shape)
        let entity = try #require(document.root[0])
        #expect(document.root.count == 1)
        #expect(entity["Ref_Key"]?.string == "k" && entity["КПП"]?.string == "")
        #expect(entity["ИНН"]?.isNull == true && entity["Флаг"]?.boolean == true)
        #expect(entity["Строки"]?.count == 2 && entity["Пусто"]?.count == 0)
        #expect(entity["Строки"]?[0]?["Имя"]?.string == "А & Б")
    }

    @Test("a feed that is cut off is broken, not short")
    func truncated() {
        let feed = "<feed xmlns:m='m'><entry><content><m:properties><a>1</a></m:properties>"
        let shape = ListShape(list: "C", key: [], properties: [:], sections: [:])
        #expect(throws: (any Error).self) {
            try AtomFeed.entities(in: Array(feed.utf8), shape: shape)
        }
    }

    @Test(
        "recorded feeds of Trade Management 11 become the records that they are",
        .enabled(if: shared != nil, "needs the recorded answers beside the checkout"))
    func recorded() throws {
        let folder = try #require(Self.shared).appending(path: "odata-atom-ut11")
        func bytes(_ name: String) throws -> [UInt8] {
            Array(try Data(contentsOf: folder.appending(path: name)))
        }
        let metadata = try MetadataReader.read(try bytes("msg001_metadata.xml"))
        let shape = try #require(metadata.shape(of: "Catalog_Контрагенты"))
        let document = try AtomFeed.entities(in: try bytes("msg004_kontragenti.xml"), shape: shape)
        #expect(document.root.count == 5)
        let fixture = try InfobaseFixture("onec-ut11")
        let mapping = try #require(fixture.mapping[fixture.entity.name])
        let decoder = RecordDecoder(mapping, entity: fixture.entity)
        let records = document.root.elements.compactMap { row -> Record? in
            if case .record(let record) = decoder.decode(row) { record } else { nil }
        }
        #expect(records.count == 5)
        let taxIDs = records.compactMap { fixture.value("tax_id", of: $0) }
        #expect(taxIDs.contains(.text("4825005381")) && taxIDs.contains(.text("0012123456")))
        #expect(records.contains { fixture.value("is_deleted", of: $0) == .boolean(true) })
        let orders = try AtomFeed.entities(
            in: try bytes("msg005_zakaz_klienta_2.xml"),
            shape: try #require(metadata.shape(of: "Document_ЗаказКлиента")))
        let order = try #require(orders.root.elements.first { $0["Товары"] != nil })
        #expect(order["Number"]?.string == "ТДЦБ-000002" && order["Товары"]?.count == 2)
        #expect(order["Posted"]?.boolean != nil)
    }
}
