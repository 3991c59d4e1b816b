import Foundation
import Sandbox
import Testing

@Suite("Faults")
struct FaultTests {
    @Test("meet the request that they are set for, and no other")
    func scoped() async throws {
        try await withSandbox(size: 60) { client, sandbox in
            sandbox.inject(FaultRule(.html502, on: .bitrix24, subject: "crm.company", skip: 1))
            #expect(try await client.call("profile").status == 200)
            #expect(try await client.call("crm.company.list").status == 200)
            let met = try await client.call("crm.company.list")
            #expect(met.status == 502)
            #expect(met.contentType.hasPrefix("text/html"))
            #expect(try await client.call("crm.company.list").status == 200)
        }
    }

    @Test("truncate JSON, empty a batch, repeat a page, block sessions")
    func kinds() async throws {
        try await withSandbox(size: 60) { client, sandbox in
            sandbox.inject(FaultRule(.truncatedJSON, on: .bitrix24))
            let truncated = try await client.call("profile")
            #expect(truncated.status == 200 && truncated.object == nil)

            sandbox.inject(FaultRule(.emptyBatch, on: .bitrix24))
            let batch = try await client.call("batch", ["cmd": ["a": "profile"]])
            #expect(
                ((batch.object?["result"] as? [String: Any])?["result"] as? [Any])?.isEmpty == true)

            let first = try await client.rows("crm.company.list", ["select": ["ID"], "start": -1])
            sandbox.inject(FaultRule(.repeatedPage, on: .bitrix24, subject: "company"))
            let repeated = try await client.rows(
                "crm.company.list", ["select": ["ID"], "filter": [">ID": 100], "start": -1])
            #expect(first.map { $0["ID"] as? String } == repeated.map { $0["ID"] as? String })

            sandbox.inject(FaultRule(.maintenance, on: .onec))
            let blocked = try await client.odata("Catalog_Контрагенты")
            #expect(blocked.status == 403)
            #expect(Array(blocked.body.prefix(3)) == [0xEF, 0xBB, 0xBF])
            #expect(blocked.text.contains("Ведутся технические работы"))
        }
    }

    @Test(
        "break the connection before or in the middle of a body",
        arguments: [
            SandboxFault.reset, .dropped,
        ])
    func connection(fault: SandboxFault) async throws {
        try await withSandbox(size: 60) { client, sandbox in
            sandbox.inject(FaultRule(fault, on: .onec))
            await #expect(throws: (any Error).self) {
                _ = try await client.odata("Catalog_Контрагенты?$format=json")
            }
            let next = try await client.odata("Catalog_Контрагенты?$format=json")
            #expect(next.status == 200)
        }
    }

    @Test("are switched on and off over HTTP, where the truth can be read too")
    func overHTTP() async throws {
        try await withSandbox(size: 60) { client, sandbox in
            let root = client.addresses.bitrixWebhook.split(separator: "/rest/")[0]
            let rule = #"{"fault":"noSession","system":"onec","times":5}"#
            let added = try await client.send(
                "POST", "\(root)/_sandbox/faults", body: Data(rule.utf8))
            #expect(added.status == 200)
            #expect(try await client.odata("").status == 406)
            _ = try await client.send("DELETE", "\(root)/_sandbox/faults")
            #expect(try await client.odata("").status == 200)
            let truth = try await client.send("GET", "\(root)/_sandbox/truth")
            #expect(truth.text == sandbox.world.truthFile)
        }
    }

    @Test("let the world change between two nights while both servers run")
    func nights() async throws {
        try await withSandbox(size: 400) { client, sandbox in
            let before = try await client.allByCursor("crm.company.list", ["ID", "PHONE"])
            sandbox.applyChanges(seed: 3)
            let after = try await client.allByCursor("crm.company.list", ["ID", "PHONE"])
            #expect(before.map { $0["ID"] as? String } == after.map { $0["ID"] as? String })
            #expect(NSArray(array: before) != NSArray(array: after))

            sandbox.replaceWorld(sandbox.world.dropping(0.9, from: .left))
            let count = try await client.odata("Catalog_Контрагенты/$count")
            #expect((Int(count.text.dropFirst()) ?? 999) < 100)
        }
    }
}
