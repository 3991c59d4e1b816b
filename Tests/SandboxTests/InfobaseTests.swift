import Foundation
import FoundationXML
import Sandbox
import Testing

@Suite("Infobase")
struct InfobaseTests {
    private static let set = "Catalog_Контрагенты"

    private func rows(_ client: SandboxClient, _ query: String) async throws -> [[String: Any]] {
        let answer = try await client.odata(
            "\(Self.set)?$format=application/json;odata=nometadata&\(query)")
        #expect(answer.status == 200, "\(answer.text.prefix(200))")
        return answer.object?["value"] as? [[String: Any]] ?? []
    }

    @Test("lets nobody in without the user's name and password in UTF-8")
    func authentication() async throws {
        try await withSandbox { client, _ in
            let refused = try await client.odata("", headers: ["Authorization": "Basic eDp5"])
            #expect(refused.status == 401)
            #expect(refused.headers["www-authenticate"]?.hasPrefix("Basic") == true)
            #expect(try await client.odata("").status == 200)
        }
    }

    @Test("reads the same rows page by page and at once")
    func paging() async throws {
        try await withSandbox(size: 230) { client, _ in
            let whole = try await rows(client, "$select=Ref_Key&$orderby=Ref_Key")
            var paged: [[String: Any]] = []
            while true {
                let page = try await rows(
                    client, "$select=Ref_Key&$orderby=Ref_Key&$top=40&$skip=\(paged.count)")
                paged += page
                if page.count < 40 { break }
            }
            let keys = whole.compactMap { $0["Ref_Key"] as? String }
            #expect(paged.compactMap { $0["Ref_Key"] as? String } == keys)
            #expect(Set(keys).count == keys.count)
            #expect(keys != keys.sorted())

            let count = try await client.odata("\(Self.set)/$count")
            #expect(Array(count.body.prefix(3)) == [0xEF, 0xBB, 0xBF])
            #expect(String(decoding: count.body.dropFirst(3), as: UTF8.self) == String(keys.count))
        }
    }

    @Test("orders references by presentation, and without an order by nothing in particular")
    func order() async throws {
        try await withSandbox { client, _ in
            let ordered = try await rows(client, "$select=Description&$orderby=Ref_Key")
            let names = ordered.compactMap { ($0["Description"] as? String)?.lowercased() }
            let loose = try await rows(client, "$select=Code")
            let again = try await rows(client, "$select=Code")
            let down = try await rows(client, "$select=Code&$orderby=Code desc")
            let codes = loose.compactMap { $0["Code"] as? String }

            #expect(names == names.sorted())
            #expect(codes == again.compactMap { $0["Code"] as? String })
            #expect(codes != codes.sorted())
            #expect(down.compactMap { $0["Code"] as? String } == codes.sorted(by: >))
        }
    }

    @Test(
        "filters",
        arguments: [
            ("IsFolder eq true", 12), ("not (IsFolder eq false)", 12),
            ("Predefined eq true and IsFolder eq true", 1),
            ("Description eq 'Дилеры' or Description eq 'Банки'", 2),
            ("startswith(Description,'Интернет-') eq true and IsFolder", 1),
            ("substringof('транспортные', Description)", 1),
            ("like(Description,'Транспортн% компании')", 1),
            ("Code ge '00-000001' and Code le '00-000012'", 12),
            ("Ref_Key eq guid'00000000-0000-0000-0000-000000000000'", 0),
            ("Description eq 'Д''Артаньян'", 0),
        ])
    func filters(filter: String, expected: Int) async throws {
        try await withSandbox(size: 120) { client, _ in
            let found = try await rows(client, "$select=Ref_Key&$filter=\(filter)")
            #expect(found.count == expected)
            let count = try await client.odata("\(Self.set)/$count?$filter=\(filter)")
            #expect(count.text.dropFirst() == "\(expected)")
        }
    }

    @Test(
        "refuses with 1C's own codes",
        arguments: [
            ("Catalog_Нет?$format=json", 404, "8"),
            (
                "Catalog_Контрагенты(guid'00000000-0000-0000-0000-000000000001')?$format=json", 404,
                "9"
            ),
            ("Catalog_Контрагенты?$format=json&$expan=X", 400, "0"),
            ("Catalog_Контрагенты?$format=json&$filter=length(ИНН) eq 10", 400, "21"),
            ("Catalog_Контрагенты?$format=json&$filter=Code+eq+'1'", 400, "14"),
            ("Catalog_Контрагенты?$format=json&$filter=Нет eq '1'", 400, "14"),
            ("Catalog_Контрагенты?$format=json&$select=Нет", 400, "10"),
            (
                "Catalog_Контрагенты?$format=json"
                    + "&$filter=Ref_Key gt guid'00000000-0000-0000-0000-000000000001'", 500, "-1"
            ),
        ])
    func errors(path: String, status: Int, code: String) async throws {
        try await withSandbox(size: 50) { client, _ in
            let answer = try await client.odata(path)
            #expect(answer.status == status)
            let error = try #require(answer.object?["odata.error"] as? [String: Any])
            #expect(error["code"] as? String == code)
            #expect((error["message"] as? [String: String])?["value"]?.isEmpty == false)
        }
    }

    @Test("says in XML what is wrong to those who did not ask for JSON, and refuses to write")
    func xmlErrors() async throws {
        try await withSandbox(size: 50) { client, _ in
            let missing = try await client.odata("Catalog_Нет")
            #expect(missing.status == 404)
            #expect(missing.contentType.hasPrefix("application/xml"))
            #expect(missing.text.contains("<m:code>8</m:code>"))
            #expect(try await client.odata(Self.set, method: "POST").status == 405)
            #expect(try await client.odata(Self.set, method: "DELETE").status == 405)
        }
    }

    @Test("selects names, everything, everything but sections, and columns of sections")
    func select() async throws {
        try await withSandbox(size: 60) { client, _ in
            let names = try await rows(client, "$select=ИНН,Description&$top=1")
            let all = try await rows(client, "$select=*&$top=1")
            let flat = try await rows(client, "$select=**&$top=1")
            let inner = try await rows(
                client,
                "$select=КонтактнаяИнформация/Тип,КонтактнаяИнформация/LineNumber"
                    + "&$filter=IsFolder eq false&$top=1")

            #expect(Set(names[0].keys) == ["ИНН", "Description"])
            #expect(all[0].count == 42)
            #expect(flat[0].count == 37)
            let contacts = try #require(inner[0]["КонтактнаяИнформация"] as? [[String: Any]])
            #expect(Set(contacts[0].keys) == ["Тип", "LineNumber"])
            // Int64 arrives as a text.
            #expect(contacts[0]["LineNumber"] as? String == "1")
        }
    }

    @Test("counts inline as a text before the rows, with or without paging")
    func inlineCount() async throws {
        for ignores in [false, true] {
            try await withSandbox(
                size: 60, configure: { $0.infobase.inlineCountIgnoresPaging = ignores }
            ) { client, _ in
                let answer = try await client.odata(
                    "\(Self.set)?$format=json&$inlinecount=allpages&$top=5&$select=Ref_Key")
                let count = try #require(answer.object?["odata.count"] as? String)
                let rows = try #require(answer.object?["value"] as? [Any])
                #expect(rows.count == (ignores ? Int(count) : 5))
            }
        }
    }

    @Test("gives one entity by its key, with links to what it refers to")
    func entity() async throws {
        try await withSandbox(size: 60) { client, _ in
            let all = try await rows(
                client, "$select=Ref_Key,Description&$filter=IsFolder eq false")
            let key = try #require(all[5]["Ref_Key"] as? String)
            let answer = try await client.odata("\(Self.set)(guid'\(key)')?$format=json")
            let entity = try #require(answer.object)

            #expect(entity["Description"] as? String == all[5]["Description"] as? String)
            #expect(
                (entity["odata.metadata"] as? String)?.hasSuffix("#\(Self.set)/@Element") == true)
            #expect(
                entity["СтранаРегистрации@navigationLinkUrl"] as? String
                    == "\(Self.set)(guid'\(key)')/СтранаРегистрации")
            #expect(entity["ДатаРегистрации"] as? String == "0001-01-01T00:00:00")
        }
    }

    @Test("answers with Atom and with metadata that XML parsers accept")
    func xml() async throws {
        try await withSandbox(size: 60) { client, _ in
            for path in ["", "$metadata", "\(Self.set)?$top=7", "Catalog_ВидыКонтактнойИнформации"]
            {
                let answer = try await client.odata(path)
                let counter = ElementCounter()
                let parser = XMLParser(data: answer.body)
                parser.delegate = counter
                #expect(parser.parse(), "\(path)")
                if path.hasSuffix("$top=7") {
                    #expect(answer.contentType.hasPrefix("application/atom+xml"))
                    #expect(counter.counts["entry"] == 7)
                    #expect((counter.counts["d:element"] ?? 0) > 0)
                }
                if path == "$metadata" { #expect((counter.counts["EntitySet"] ?? 0) > 40) }
                if path.isEmpty { #expect((counter.counts["collection"] ?? 0) > 40) }
            }
        }
    }
}

/// Counts the elements of a document by name.
private final class ElementCounter: NSObject, XMLParserDelegate {
    private(set) var counts: [String: Int] = [:]

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String] = [:]
    ) {
        counts[name, default: 0] += 1
    }
}
