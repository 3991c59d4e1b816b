@testable import Bitrix24
import Collection
import Testing

@Suite("List methods")
struct ListMethodTests {
    @Test("are written with what never changes, signs in brackets and all")
    func parsing() {
        let method = ListMethod(
            "crm.item.productrow.list?filter[=ownerType]=D&entityTypeId=31&filter[>=ID]=a=b")
        #expect(method.name == "crm.item.productrow.list")
        #expect(
            method.filter == [
                .init(name: "=ownerType", value: "D"), .init(name: ">=ID", value: "a=b"),
            ])
        #expect(method.parameters == [.init(name: "entityTypeId", value: "31")])
        #expect(method.container == "productRows" && method.idName == "id")
        #expect(ListMethod("crm.company.list").idName == "ID")
    }

    @Test(
        "have their rows where the table says, and nowhere else",
        arguments: [
            ("crm.company.list", #"[{"ID":"1"}]"#, 1),
            ("crm.company.list", #"{"5":{"ID":"1"}}"#, 1),
            ("crm.item.list", #"{"items":[{"id":1},{"id":2}]}"#, 2), ("crm.item.list", "[]", 0),
            ("crm.item.list", #"{"things":[{"id":1}]}"#, nil), ("crm.item.list", "[1]", nil),
            ("catalog.price.list", #"{"prices":[]}"#, 0), ("crm.deal.list", "false", nil),
        ] as [(String, String, Int?)])
    func rows(method: String, result: String, count: Int?) throws {
        let value = try JSONDocument(parsing: result).root
        #expect(ListMethod(method).rows(in: value)?.count == count)
    }

    @Test("ask the same as a command and as a call")
    func forms() throws {
        var request = ListRequest(
            ListMethod("crm.item.list?entityTypeId=31"), select: ["id", "title"])
        request.order = "id"
        request.start = -1
        request.filter.append((">id", .text("7")))
        request.filter.append(("@id", .list(["8", "9"])))
        #expect(
            request.command.text
                == "crm.item.list?entityTypeId=31&start=-1&order[id]=ASC&filter[%3Eid]=7"
                + "&filter[%40id][]=8&filter[%40id][]=9&select[]=id&select[]=title")
        var writer = JSONWriter()
        writer.object { request.write(to: &$0) }
        #expect(
            writer.text
                == #"{"entityTypeId":"31","order":{"id":"ASC"},"filter":{">id":"7","#
                + #""@id":["8","9"]},"select":["id","title"],"start":-1}"#)
    }

    @Test("of users are ordered by two parameters of their own")
    func users() {
        var request = ListRequest(ListMethod("user.get"))
        request.order = "ID"
        request.isDescending = true
        #expect(request.command.text == "user.get?sort=ID&order=DESC")
    }

    @Test("refer to the last row of the page before")
    func chain() {
        let chain = PageChain(
            request: ListRequest(ListMethod("crm.item.list?entityTypeId=3")), idName: "id",
            host: "portal.example")
        let commands = chain.commands(after: 12, count: 2).map(\.text)
        #expect(commands[0].contains("filter[%3Eid]=12"))
        #expect(commands[1].contains("filter[%3Eid]=$result[c0][items][49][id]"))
    }

    @Test(
        "of the shop are counted on each page, since without that all rows may come at once",
        arguments: [
            ("crm.orderentity.list", "orderEntity", "orderId"),
            ("sale.payment.list", "payments", "id"),
        ])
    func shop(name: String, container: String, id: String) {
        let method = ListMethod(name)
        #expect(method.idName == id && method.isForAdministrators)
        let chain = PageChain(
            request: ListRequest(method), idName: method.idName, host: "portal.example")
        let commands = chain.commands(after: 0, count: 2).map(\.text)
        #expect(commands.allSatisfy { $0.contains("?start=0&") })
        #expect(commands[1].hasSuffix("[%3E\(id)]=$result[c0][\(container)][49][\(id)]"))
    }

    @Test("of others are not counted on their pages")
    func uncounted() {
        let method = ListMethod("catalog.price.list")
        #expect(method.pageStart == -1 && !method.isForAdministrators)
    }
}
