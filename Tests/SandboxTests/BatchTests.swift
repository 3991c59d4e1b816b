import Foundation
import Sandbox
import Testing

@Suite("Batch")
struct BatchTests {
    @Test("chains pages through references to earlier results")
    func references() async throws {
        try await withSandbox { client, _ in
            let list = "crm.company.list?start=-1&order[ID]=ASC&select[]=ID&filter[%3EID]="
            let answer = try await client.call(
                "batch",
                [
                    "halt": 0,
                    "cmd": [
                        "c0": list + "0", "c1": list + "$result[c0][49][ID]",
                        "c2": list + "%24result%5Bc1%5D%5B49%5D%5BID%5D",
                    ],
                ])
            let maps = try #require(answer.object?["result"] as? [String: Any])
            let results = try #require(maps["result"] as? [String: [[String: String]]])
            let chained = ["c0", "c1", "c2"].flatMap { results[$0] ?? [] }.compactMap { $0["ID"] }
            let expected = try await client.allByCursor("crm.company.list", ["ID"])
                .prefix(150).compactMap { $0["ID"] as? String }

            #expect(chained == Array(expected))
            #expect(maps["result_total"] as? [String: Int] == ["c0": 0, "c1": 0, "c2": 0])
            #expect((maps["result_time"] as? [String: Any])?.count == 3)
        }
    }

    @Test("writes empty maps as lists, and keys 0, 1, 2 as lists too")
    func phpMaps() async throws {
        try await withSandbox { client, _ in
            let listed = try await client.send(
                "POST", client.addresses.bitrixWebhook + "batch",
                body: Data(#"{"cmd":["profile","crm.company.get?id=999999"]}"#.utf8),
                headers: ["Content-Type": "application/json"])
            let maps = try #require(listed.object?["result"] as? [String: Any])
            #expect(maps["result"] is [Any])
            #expect(maps["result_time"] is [Any])
            // The only failure has key 1, which does not begin a list.
            let errors = try #require(maps["result_error"] as? [String: [String: String]])
            #expect(errors["1"] == ["error": "", "error_description": "Not found"])
            #expect((maps["result_total"] as? [Any])?.isEmpty == true)
            #expect((maps["result_next"] as? [Any])?.isEmpty == true)
        }
    }

    @Test("goes on after a failure, or stops when halt is set")
    func halt() async throws {
        try await withSandbox { client, _ in
            for (halt, expected) in [(0, 1), (1, 0)] {
                let answer = try await client.send(
                    "POST", client.addresses.bitrixWebhook + "batch",
                    body: Data(
                        #"{"halt":\#(halt),"cmd":{"bad":"crm.nothing","good":"profile"}}"#.utf8),
                    headers: ["Content-Type": "application/json"])
                #expect(answer.status == 200)
                let maps = try #require(answer.object?["result"] as? [String: Any])
                #expect((maps["result"] as? [String: Any])?.count ?? 0 == expected)
                let errors = try #require(maps["result_error"] as? [String: [String: String]])
                #expect(errors["bad"]?["error"] == "ERROR_METHOD_NOT_FOUND")
            }
        }
    }

    @Test("runs fifty commands and refuses those beyond, key by key; nesting is refused too")
    func limits() async throws {
        try await withSandbox { client, _ in
            let commands =
                (0..<52).map { "\"k\($0)\":\"profile\"" } + ["\"n\":\"batch?cmd[a]=profile\""]
            let answer = try await client.send(
                "POST", client.addresses.bitrixWebhook + "batch",
                body: Data("{\"cmd\":{\(commands.joined(separator: ","))}}".utf8),
                headers: ["Content-Type": "application/json"])
            let maps = try #require(answer.object?["result"] as? [String: Any])
            #expect((maps["result"] as? [String: Any])?.count == 50)
            let errors = try #require(maps["result_error"] as? [String: [String: String]])
            #expect(errors["k50"]?["error"] == "ERROR_BATCH_LENGTH_EXCEEDED")
            #expect(errors.count == 3)

            let nested = try await client.call("batch", ["cmd": ["a": "batch?cmd[x]=profile"]])
            let inner = (nested.object?["result"] as? [String: Any])?["result_error"]
            #expect(
                (inner as? [String: [String: String]])?["a"]?["error"]
                    == "ERROR_BATCH_METHOD_NOT_ALLOWED")
        }
    }
}
