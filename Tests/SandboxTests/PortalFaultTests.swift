import Foundation
import Testing

@testable import Sandbox

@Suite("Faults of the portal")
struct PortalFaultTests {
    @Test(
        "refuse with the portal's words, once",
        arguments: [
            (SandboxFault.internalError, 500, "INTERNAL_SERVER_ERROR"),
            (.queryLimit, 503, "QUERY_LIMIT_EXCEEDED"), (.tooMany, 429, "OPERATION_TIME_LIMIT"),
            (.overloaded, 503, "OVERLOAD_LIMIT"), (.expiredToken, 401, "expired_token"),
            (.errorEmpty, 400, ""), (.errorSentence, 400, "Invalid parameters."),
        ])
    func refusals(fault: SandboxFault, status: Int, code: String) async throws {
        try await withSandbox(size: 20) { client, sandbox in
            sandbox.inject(FaultRule(fault, on: .bitrix24))
            let answer = try await client.call("crm.company.list")
            #expect(answer.status == status)
            #expect(answer.object?["error"] as? String == code)
            #expect(try await client.call("crm.company.list").status == 200)
        }
    }

    @Test("refuse with a number, 0 or one that fits no 32 bits")
    func numbers() async throws {
        try await withSandbox(size: 20) { client, sandbox in
            sandbox.inject(FaultRule(.errorZero, on: .bitrix24))
            let zero = try await client.call("profile")
            #expect(zero.object?["error"] as? Int == 0)
            sandbox.inject(FaultRule(.errorNumber, on: .bitrix24))
            let number = try await client.call("profile")
            #expect(number.object?["error"] as? Int == 200_040_300_010)
        }
    }

    @Test(
        "show a proxy's page",
        arguments: [(SandboxFault.html502, 502), (.html504, 504), (.html200, 200)])
    func pages(fault: SandboxFault, status: Int) async throws {
        try await withSandbox(size: 20) { client, sandbox in
            sandbox.inject(FaultRule(fault, on: .bitrix24))
            let answer = try await client.call("profile")
            #expect(answer.status == status)
            #expect(answer.contentType.hasPrefix("text/html"))
            #expect(answer.object == nil)
        }
    }

    @Test("break the connection", arguments: [SandboxFault.reset, .dropped])
    func connection(fault: SandboxFault) async throws {
        try await withSandbox(size: 20) { client, sandbox in
            sandbox.inject(FaultRule(fault, on: .bitrix24))
            await #expect(throws: (any Error).self) { _ = try await client.call("profile") }
            let next = try await client.call("profile")
            #expect(next.status == 200)
        }
    }

    @Test("keep a caller waiting longer than it waits, and nobody else")
    func slow() async throws {
        try await withSandbox(size: 20) { client, sandbox in
            var rule = FaultRule(.slow, on: .bitrix24, subject: "profile")
            rule.seconds = 3600
            sandbox.inject(rule)
            let url = client.addresses.bitrixWebhook + "profile"
            let waiting = Task { try await client.send("GET", url, timeout: 3600) }
            while sandbox.counters.faults[.slow] != 1 { await Task.yield() }
            let next = try await client.send("GET", url)
            #expect(next.status == 200)
            waiting.cancel()
            await #expect(throws: (any Error).self) { _ = try await waiting.value }
        }
    }

    @Test("send a caller to the portal's new host, where it is served")
    func redirect() async throws {
        try await withSandbox(size: 20) { client, sandbox in
            sandbox.inject(FaultRule(.redirected, on: .bitrix24, times: 100))
            let moved = try await client.send(
                "GET", client.addresses.bitrixWebhook + "profile?a=b%20c", followsRedirects: false)
            #expect(moved.status == 302)
            let location = try #require(moved.headers["location"])
            #expect(location.hasPrefix("http://localhost:"))
            #expect(location.hasSuffix("/profile?a=b%20c"))
            #expect(try await client.send("GET", location).object?["result"] != nil)
        }
    }

    @Test("lose a command of a batch without a word")
    func lostCommand() async throws {
        try await withSandbox(size: 20) { client, sandbox in
            sandbox.inject(FaultRule(.lostCommand, on: .bitrix24))
            let answer = try await client.call("batch", ["cmd": ["a": "profile", "b": "scope"]])
            let maps = try #require(answer.object?["result"] as? [String: Any])
            #expect((maps["result"] as? [String: Any])?.count == 1)
            #expect((maps["result_error"] as? [Any])?.isEmpty == true)
            #expect((maps["result_time"] as? [String: Any])?.count == 1)
        }
    }

    @Test("count wrongly, and refuse a page for broken bytes, inside a batch too")
    func lists() async throws {
        try await withSandbox(size: 60) { client, sandbox in
            sandbox.inject(FaultRule(.staleTotal, on: .bitrix24, subject: "company"))
            let stale = try await client.call("crm.company.list").object?["total"] as? Int
            let right = try await client.call("crm.company.list").object?["total"] as? Int
            #expect(stale != nil && stale != right)

            sandbox.inject(FaultRule(.wrongEncoding, on: .bitrix24, subject: "deal", skip: 1))
            let answer = try await client.call(
                "batch", ["cmd": ["a": "crm.deal.list", "b": "crm.deal.list"]])
            let maps = try #require(answer.object?["result"] as? [String: Any])
            let errors = try #require(maps["result_error"] as? [String: [String: String]])
            #expect(errors.count == 1)
            #expect(errors.values.first?["error"] == "WRONG_ENCODING")
        }
    }

    @Test("delete, create and change rows after a page was given, and say which")
    func changes() async throws {
        try await withSandbox(size: 300) { client, sandbox in
            let before = try await client.allByCursor("crm.contact.list", ["ID"])
            for fault in [SandboxFault.rowDeleted, .rowCreated, .rowUpdated] {
                sandbox.inject(FaultRule(fault, on: .bitrix24, subject: "contact"))
                _ = try await client.rows("crm.contact.list", ["select": ["ID"]])
            }
            let changes = sandbox.portalChanges
            #expect(changes.map(\.kind) == [.deleted, .created, .updated])
            #expect(changes.allSatisfy { $0.table == "contact" })

            let after = try await client.allByCursor(
                "crm.contact.list", ["ID", "NAME", "LAST_NAME"])
            var expected = before.compactMap { $0["ID"] as? String }
            expected.removeAll { $0 == String(changes[0].id) }
            expected.append(String(changes[1].id))
            #expect(after.map { $0["ID"] as? String } == expected)
            let changed = after.first { $0["ID"] as? String == String(changes[2].id) }
            #expect((changed?["NAME"] as? String)?.hasSuffix("(изм.)") == true)
            let copy = try await client.call("crm.contact.get", ["id": changes[1].id])
            #expect((copy.object?["result"] as? [String: Any])?["ID"] as? String == expected.last)

            sandbox.forgetPortalChanges()
            let back = try await client.allByCursor("crm.contact.list", ["ID"])
            #expect(back.map { $0["ID"] as? String } == before.map { $0["ID"] as? String })
        }
    }

    @Test("are taken back whole: as many changes of another kind bring none of them back")
    func forgottenChanges() async throws {
        try await withSandbox(size: 60) { client, sandbox in
            func deleteOne(_ subject: String) async throws -> [String?] {
                sandbox.inject(FaultRule(.rowDeleted, on: .bitrix24, subject: subject))
                _ = try await client.rows("crm.\(subject).list", ["select": ["ID"]])
                return try await client.allByCursor("crm.company.list", ["ID"])
                    .map { $0["ID"] as? String }
            }
            let before = try await client.allByCursor("crm.company.list", ["ID"])
                .map { $0["ID"] as? String }
            #expect(try await deleteOne("company").count == before.count - 1)
            sandbox.forgetPortalChanges()
            #expect(try await deleteOne("deal") == before)
            #expect(sandbox.portalChanges.map(\.table) == ["deal"])
        }
    }

    @Test("change rows of one deal, and leave those of others alone")
    func changesOfOneOwner() async throws {
        try await withSandbox(size: 60) { client, sandbox in
            func ids(_ deal: Int) async throws -> [Int] {
                let answer = try await client.call(
                    "crm.item.productrow.list",
                    ["filter": ["=ownerType": "D", "=ownerId": deal], "select": ["id"]])
                let result = answer.object?["result"] as? [String: Any]
                return (result?["productRows"] as? [[String: Any]] ?? [])
                    .compactMap { $0["id"] as? Int }
            }
            let deals = try await client.allByCursor("crm.deal.list", ["ID"])
                .compactMap { ($0["ID"] as? String).flatMap(Int.init) }.prefix(30)
            var expected: [Int: [Int]] = [:]
            for deal in deals { expected[deal] = try await ids(deal) }
            let large = try #require(
                deals.max { expected[$0]?.count ?? 0 < expected[$1]?.count ?? 0 })
            for fault in [SandboxFault.rowCreated, .rowDeleted, .rowCreated] {
                sandbox.inject(FaultRule(fault, on: .bitrix24, subject: "productrow"))
                _ = try await ids(large)
            }
            for change in sandbox.portalChanges {
                expected[large]?.removeAll { $0 == Int(change.id) && change.kind == .deleted }
                if change.kind == .created { expected[large]?.append(Int(change.id)) }
            }
            #expect(sandbox.portalChanges.count == 3)
            for deal in deals { #expect(try await ids(deal) == expected[deal]) }
            #expect(Set(expected.values.joined()).count == expected.values.joined().count)
        }
    }

    @Test("change the catalogue, seen the same by every method that shows a part of it")
    func changesOfOneKind() async throws {
        try await withSandbox(size: 60) { client, sandbox in
            func ids(_ method: String, _ key: String, block: Int) async throws -> [Int] {
                let answer = try await client.call(
                    method,
                    [
                        "filter": ["iblockId": block], "select": ["id", "iblockId"],
                        "order": ["id": "desc"],
                    ])
                let result = answer.object?["result"] as? [String: Any]
                return (result?[key] as? [[String: Any]] ?? []).compactMap { $0["id"] as? Int }
            }
            let blocks = [Int(CatalogProduct.productBlock), Int(CatalogProduct.offerBlock)]
            for fault in [SandboxFault.rowCreated, .rowDeleted, .rowCreated] {
                sandbox.inject(FaultRule(fault, on: .bitrix24, subject: "catalog.product"))
                _ = try await ids("catalog.product.list", "products", block: blocks[0])
            }
            let gone = Set(
                sandbox.portalChanges.filter { $0.kind == .deleted }.map { Int($0.id) })
            #expect(sandbox.portalChanges.count == 3)
            for block in blocks {
                let all = try await ids("catalog.product.list", "products", block: block)
                let offers = try await ids("catalog.product.offer.list", "offers", block: block)
                let services = try await ids(
                    "catalog.product.service.list", "services", block: block)
                #expect(gone.isDisjoint(with: all + offers + services))
                #expect(block == blocks[0] ? offers.isEmpty : !offers.isEmpty)
            }
        }
    }

    @Test("leave a deal that was deleted without payments to ask for, and a new one with none")
    func paymentsOfChangedDeals() async throws {
        try await withSandbox(size: 60) { client, sandbox in
            for fault in [SandboxFault.rowDeleted, .rowCreated] {
                sandbox.inject(FaultRule(fault, on: .bitrix24, subject: "deal"))
                _ = try await client.rows("crm.deal.list", ["select": ["ID"]])
            }
            let ids = sandbox.portalChanges.map(\.id)
            func payments(_ id: Int64) async throws -> SandboxClient.Answer {
                try await client.call(
                    "crm.item.payment.list", ["entityTypeId": 2, "entityId": id])
            }
            #expect(try await payments(ids[0]).object?["error"] as? String == "NOT_FOUND")
            #expect((try await payments(ids[1]).object?["result"] as? [Any])?.isEmpty == true)
        }
    }

    @Test("take a deleted company's legal details and addresses away with it")
    func deletedOwner() async throws {
        try await withSandbox(size: 60) { client, sandbox in
            sandbox.inject(FaultRule(.rowDeleted, on: .bitrix24, subject: "company"))
            _ = try await client.rows("crm.company.list")
            let id = try #require(sandbox.portalChanges.first?.id)
            let requisites = try await client.rows(
                "crm.requisite.list", ["filter": ["ENTITY_ID": id]])
            let addresses = try await client.rows(
                "crm.address.list", ["filter": ["ANCHOR_ID": id], "start": -1])
            #expect(requisites.isEmpty && addresses.isEmpty)
        }
    }

    @Test("make a reader by offset skip a row, and spare one by cursor")
    func offsetSkips() async throws {
        try await withSandbox(size: 300) { client, sandbox in
            func page(_ start: Int) async throws -> [String] {
                try await client.rows(
                    "crm.deal.list", ["order": ["ID": "ASC"], "select": ["ID"], "start": start]
                ).compactMap { $0["ID"] as? String }
            }
            let all = try await client.allByCursor("crm.deal.list", ["ID"])
                .compactMap { $0["ID"] as? String }
            // The place of the deleted row is drawn: three times one lies on the first page.
            sandbox.inject(FaultRule(.rowDeleted, on: .bitrix24, subject: "deal", times: 8))
            for _ in 0..<8 { _ = try await page(0) }
            let deleted = Set(sandbox.portalChanges.map { String($0.id) })
            let second = try await page(50)
            let stillThere = all.filter { !deleted.contains($0) }
            #expect(second == Array(stillThere[50..<100]))
            #expect(second != Array(all[50..<100]))
        }
    }
}
