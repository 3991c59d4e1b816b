import Foundation
@testable import OneC
import Records
import TestSupport
import Testing

@Suite("Metadata of an infobase")
struct MetadataTests {
    private static let shared = ProjectFolders.shared?.appending(path: "onec")

    private static func document(_ container: String, types: String) -> [UInt8] {
        Array(
            """
            <?xml version="1.0"?><edmx:Edmx xmlns:edmx="e"><edmx:DataServices>
            <Schema xmlns="s" Namespace="StandardODATA">\(types)
            <EntityContainer Name="EnterpriseV8">\(container)</EntityContainer>
            </Schema></edmx:DataServices></edmx:Edmx>
            """.utf8)
    }

    private static let prices = document(
        """
        <EntitySet Name="R_Цены_RecordType" EntityType="StandardODATA.R_Цены_RecordType"/>
        <FunctionImport Name="SliceLast" ReturnType="Collection(StandardODATA.R_Цены_RecordType)">
        <Parameter Name="bindingParameter" Type="StandardODATA.R_Цены_RecordType"/>
        <Parameter Name="Period" Type="Edm.DateTime"/></FunctionImport>
        """,
        types: """
            <EntityType Name="R_Цены_RecordType"><Key><PropertyRef Name="Period"/></Key>
            <Property Name="Period" Type="Edm.DateTime"/><Property Name="Цена" Type="Edm.Double"/>
            </EntityType>
            """)

    @Test("a virtual table is found under the register's name and under that of its records")
    func virtualTable() throws {
        let metadata = try MetadataReader.read(Self.prices)
        let shape = try #require(metadata.shape(of: "R_Цены/SliceLast"))
        #expect(shape.list == "R_Цены_RecordType/SliceLast")
        #expect(shape.properties == ["Period": "Edm.DateTime", "Цена": "Edm.Double"])
        #expect(shape.key == ["Period"])
        #expect(metadata.shape(of: "R_Цены_RecordType/SliceLast")?.list == shape.list)
        #expect(metadata.shape(of: "R_Цены/Balance") == nil)
        #expect(metadata.sets.keys.sorted() == ["R_Цены_RecordType"])
    }

    @Test("the fingerprint tells a field that came or went, and no other order")
    func fingerprint() throws {
        let fingerprint = try fingerprintOf(["ИНН", "КПП"])
        #expect(fingerprint.count == 16)
        #expect(try fingerprint == fingerprintOf(["КПП", "ИНН"]))
        #expect(try fingerprint != fingerprintOf(["ИНН"]))
        #expect(try fingerprint != fingerprintOf(["ИНН", "КПП", "ОГРН"]))
    }

    private func fingerprintOf(_ properties: [String]) throws -> String {
        let fields = properties.map { #"<Property Name="\#($0)" Type="Edm.String"/>"# }
        return try MetadataReader.read(
            Self.document(
                #"<EntitySet Name="C" EntityType="StandardODATA.C"/>"#,
                types: #"<EntityType Name="C">\#(fields.joined())</EntityType>"#)
        ).fingerprint
    }

    @Test("metadata that ends in the middle is broken")
    func truncated() {
        let text = "<edmx:Edmx xmlns:edmx=\"e\"><edmx:DataServices>\n"
        #expect {
            try MetadataReader.read(Array(text.utf8))
        } throws: { error in
            if case .broken(let place) = error as? MetadataReader.Fault {
                place.contains("cut off")
            } else {
                false
            }
        }
    }

    @Test(
        "what is not metadata is told from metadata",
        arguments: [
            ("<html><body>Login</body></html>", MetadataReader.Fault.notMetadata(root: "html")),
            ("<!DOCTYPE html><html></html>", .notMetadata(root: "!DOCTYPE")),
        ])
    func faults(text: String, fault: MetadataReader.Fault) {
        #expect(throws: fault) { try MetadataReader.read(Array(text.utf8)) }
    }

    @Test(
        "recorded metadata of Trade Management 11 gives sets, sections and virtual tables",
        .enabled(if: shared != nil, "needs the recorded answers beside the checkout"))
    func recorded() throws {
        let file = try #require(Self.shared).appending(path: "odata-atom-ut11/msg001_metadata.xml")
        let metadata = try MetadataReader.read(Array(try Data(contentsOf: file)))
        #expect(metadata.setCount == 38)
        let orders = try #require(metadata.shape(of: "Document_ЗаказКлиента"))
        #expect(orders.key == ["Ref_Key"] && orders.properties["Date"] == "Edm.DateTime")
        #expect(orders.sections["Товары"]?["Отменено"] == "Edm.Boolean")
        let stock = try #require(metadata.shape(of: "AccumulationRegister_ТоварыНаСкладах/Balance"))
        #expect(stock.properties["ВНаличииBalance"] == "Edm.Double" && stock.key.isEmpty)
        #expect(
            metadata.shape(of: "InformationRegister_СуммыДокументовВВалютахУчета/SliceLast")?.list
                == "InformationRegister_СуммыДокументовВВалютахУчета_RecordType/SliceLast")
    }

    @Test(
        "synthetic metadata with other spellings is read as well",
        .enabled(if: shared != nil, "needs the recorded answers beside the checkout"))
    func synthetic() throws {
        let folder = try #require(Self.shared).appending(path: "edmx-synthetic")
        let files = try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil)
        for file in files where file.pathExtension == "xml" {
            let metadata = try MetadataReader.read(Array(try Data(contentsOf: file)))
            #expect(!metadata.types.isEmpty)
        }
    }
}
