import FileSource
import Foundation
import Records
import TestSupport
import Testing

@Suite("Survey of exported files")
struct ExportSurveyTests {
    private let fixture: ExportFixture

    init() throws { fixture = try ExportFixture() }

    /// The names of what was found, by each of three mappings.
    private func found() throws -> [[String]] {
        let mappings = try ["commerceml", "enterprisedata", "plain-xml"].map(ExportFixture.mapping)
        return try ExportSurvey(folder: fixture.folder.url).entities(of: mappings)
            .map { $0.map(\.rawValue).sorted() }
    }

    private static let goods = """
        <КоммерческаяИнформация ВерсияСхемы="2.10"><Каталог><Товары><Товар><Ид>1</Ид>\
        <Наименование>А</Наименование></Товар></Товары></Каталог></КоммерческаяИнформация>
        """

    @Test("names what the files of a folder hold together, packed or not, by each mapping")
    func folder() throws {
        try fixture.write(Self.goods, to: "import.xml")
        let offers = """
            <КоммерческаяИнформация><ПакетПредложений><Предложения><Предложение><Ид>1</Ид>\
            </Предложение></Предложения></ПакетПредложений></КоммерческаяИнформация>
            """
        let archive = ZipWriter(entries: [.init(name: "offers.xml", bytes: Array(offers.utf8))])
        try fixture.write(archive.bytes, to: "offers.zip")

        let found = try found()

        #expect(found[0] == ["price", "product", "stock"])
        #expect(found[1].isEmpty)
    }

    @Test("tells an exchange between infobases from a catalogue")
    func enterpriseData() throws {
        try fixture.write(
            """
            <Message xmlns="http://www.1c.ru/SSL/Exchange/Message"><Body \
            xmlns="http://v8.1c.ru/edi/edi_stnd/EnterpriseData/1.8"><Справочник.Контрагенты>\
            <КлючевыеСвойства/></Справочник.Контрагенты></Body></Message>
            """, to: "message.xml")
        #expect(try found() == [[], ["counterparty"], []])
    }

    @Test("counts a broken document for what was seen of it, and goes on with the next")
    func broken() throws {
        try fixture.write(Self.goods.replacing("</Каталог>", with: "<"), to: "a.xml")
        try fixture.write("no XML at all", to: "b.xml")
        try fixture.write("PK", to: "c.zip")
        #expect(try found()[0] == ["product"])
    }

    @Test("an empty folder holds nothing, and one that is not there is an error")
    func nothing() throws {
        #expect(try found() == [[], [], []])
        #expect(throws: (any Error).self) {
            try ExportSurvey(folder: fixture.folder.url.appending(path: "gone")).entities(of: [])
        }
    }
}
