import Testing

@testable import Sandbox

@Suite("One element of a list in JSON")
struct JSONElementTests {
    private func element(_ position: Int, _ list: String) -> Parameter? {
        JSONDecoding.element(position, ofList: Array(list.utf8))
    }

    @Test(
        "is what reading the whole list gives at that place",
        arguments: [
            "[1,\"b\",null,true]", "[ 1 , \"b\" , [2,3] , {\"a\":[4,{\"b\":5}]} ]",
            #"["a,b","]","[","{\"}","\\",""]"#, #"[{"id":"1","t":"a\",b"},{"id":"2","t":"}]"}]"#,
            "[[],{},[[]],\"Привет, мир\"]", "[]",
        ])
    func asWhole(list: String) throws {
        let whole = try #require(JSONDecoding.parameters(list.utf8))
        guard case .array(let entries) = whole else {
            Issue.record("no list: \(list)")
            return
        }
        for (position, entry) in entries.enumerated() {
            #expect(element(position, list).map { "\($0)" } == "\(entry.value)", "\(position)")
        }
        #expect(element(entries.count, list) == nil)
    }

    @Test("is nothing where there is none", arguments: [(-1, "[1]"), (1, "[1]"), (0, "{\"a\":1}")])
    func nothing(position: Int, text: String) {
        #expect(element(position, text) == nil)
    }
}
