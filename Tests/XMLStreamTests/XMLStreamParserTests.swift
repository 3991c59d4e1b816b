import Foundation
import Testing
import XMLStream

@Suite struct XMLStreamParserTests {
    static let document = """
        <?xml version="1.0" encoding="UTF-8"?>
        <КоммерческаяИнформация xmlns="urn:1C.ru:commerceml_2" ВерсияСхемы="2.07">
        <!-- a comment --><Товар Статус="Удален"><Ид>1</Ид><Наименование>Гвозди &amp; «шурупы»
        <![CDATA[<5>]]></Наименование><ИНН/></Товар></КоммерческаяИнформация>
        """
    static let events = [
        "<КоммерческаяИнформация ВерсияСхемы=2.07", "<Товар Статус=Удален", "<Ид", "1", "/Ид",
        "<Наименование", "Гвозди & «шурупы»\n<5>", "/Наименование", "<ИНН", "/ИНН", "/Товар",
        "/КоммерческаяИнформация",
    ]

    @Test(arguments: [1, 2, 3, 5, 7, 64, 1 << 16])
    func readsTheSameInPiecesOfAnySize(_ size: Int) throws {
        #expect(try parsed(Array(Self.document.utf8), pieces: size).events == Self.events)
    }

    @Test func resolvesTheEntitiesOfXMLItselfInTextsAndAttributes() throws {
        let text = "<a b=\"&amp;&lt;&#38;&quot;&#1078;\">&amp;&lt;&#38;&quot;&#1078;</a>"
        #expect(try parsed(Array(text.utf8)).events == ["<a b=&<&\"ж", "&<&\"ж", "/a"])
    }

    @Test func leavesNamespacesOut() throws {
        let text = """
            <Message xmlns:msg="http://www.1c.ru/SSL/Exchange/Message"><msg:Header a:b="1"/>\
            <Body xmlns="http://v8.1c.ru/edi/edi_stnd/EnterpriseData/1.20">\
            <Справочник.Контрагенты/></Body></Message>
            """
        #expect(
            try parsed(Array(text.utf8)).events == [
                "<Message", "<Header b=1", "/Header", "<Body", "<Справочник.Контрагенты",
                "/Справочник.Контрагенты", "/Body", "/Message",
            ])
    }

    @Test func refusesADocumentCutAtAnyByte() {
        let bytes = Array(Self.document.utf8)
        for count in 0..<bytes.count {
            #expect(throws: XMLError.self, "cut at byte \(count)") {
                try parsed(Array(bytes[..<count]))
            }
        }
    }

    @Test func saysThatAFileWasCutOffAndWhere() throws {
        let text = "<a>\n<b>text</b>\n<b>te"
        let error = try #require(throws: XMLError.self) { try parsed(Array(text.utf8)) }
        #expect(error.problem == .truncated)
        #expect(error.line == 3)
        #expect(
            error.description.hasSuffix(
                "the document ends before its root element; the file was cut off"))
    }

    @Test func namesLineAndByte() throws {
        let text = "<a>\n<b>text</c>\n</a>"
        let error = try #require(throws: XMLError.self) { try parsed(Array(text.utf8)) }
        #expect(error.problem == .tagMismatch)
        #expect(error.line == 2)
        #expect(error.byte.map { (11...15).contains($0) } == true)
    }

    @Test(arguments: [
        ("<a/><b/>", XMLError.Problem.contentAfterRoot),
        ("<a></a>text", .contentAfterRoot),
        ("", .empty),
        ("  \n ", .empty),
        ("<a>\u{1}</a>", .forbiddenCharacter),
        ("<a>&#1;</a>", .forbiddenCharacter),
        ("<a>&nbsp;</a>", .unknownEntity),
        ("<a><b></a></b>", .tagMismatch),
        ("<?xml version=\"1.0\" encoding=\"KOI8-R\"?><a/>", .unknownEncoding("KOI8-R")),
    ])
    func refusesWhatIsNotXML(_ text: String, _ expected: XMLError.Problem) {
        #expect(problem(text) == expected)
    }

    @Test(arguments: [
        """
        <!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
        <!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]><a>&d;</a>
        """,
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
        "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/a.dtd\"><a/>",
        "<!DOCTYPE a PUBLIC \"-//A\" \"http://127.0.0.1:1/a.dtd\" [<!ENTITY % b \"\"> %b;]><a/>",
        "<?xml version=\"1.0\"?><!-- c --><!DOCTYPE a><a/>",
    ])
    func refusesDocumentTypesAndWithThemEntities(_ text: String) {
        #expect(problem(text) == .doctype)
    }

    @Test func boundsDepthAndNames() {
        let deep =
            String(repeating: "<a>", count: 31) + String(repeating: "</a>", count: 31)
        #expect(problem(deep, limits: XMLLimits(depth: 31)) == nil)
        #expect(problem(deep, limits: XMLLimits(depth: 30)) == .tooDeep(limit: 30))
        let many = "<r>" + (0..<40).map { "<n\($0)/>" }.joined() + "</r>"
        #expect(problem(many, limits: XMLLimits(names: 41)) == nil)
        #expect(problem(many, limits: XMLLimits(names: 40)) == .tooManyNames(limit: 40))
    }

    @Test func boundsTagsAndComments() {
        let long = String(repeating: "x", count: 12 << 20)
        #expect(problem("<a b=\"\(long)\"/>") != nil)
        #expect(problem("<a><!-- \(long) --></a>") != nil)
    }

    @Test func handsHugeTextsOnInPieces() throws {
        let recorder = EventRecorder()
        let parser = XMLStreamParser(handler: recorder)
        try parser.feed(Array("<a>".utf8))
        let piece = [UInt8](String(repeating: "Ж", count: 1 << 16).utf8)
        for _ in 0..<200 { try parser.feed(piece) }
        try parser.feed(Array("</a>".utf8))
        try parser.finish()
        #expect(recorder.largestPiece <= 1 << 20)
        #expect(recorder.events[1].utf8.count == 200 << 17)
    }

    private struct Enough: Error {}

    @Test func endsWhenTheHandlerThrows() {
        final class Refusing: XMLHandler {
            func startElement(_ name: XMLName, attributes: XMLAttributes) throws {
                if name.text == "b" { throw Enough() }
            }
            func text(_ piece: Span<UInt8>) {}
            func endElement(_ name: XMLName) {}
        }
        let parser = XMLStreamParser(handler: Refusing())
        #expect(throws: Enough.self) {
            try parser.feed(Array("<a><b/><c></a>".utf8)); try parser.finish()
        }
    }
}
