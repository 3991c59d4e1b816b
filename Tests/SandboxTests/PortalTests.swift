import Foundation
import Sandbox
import Testing

@Suite("Portal")
struct PortalTests {
    @Test("reads the same rows by offset and by cursor")
    func pagingBothWays() async throws {
        try await withSandbox(size: 230) { client, sandbox in
            var byOffset: [[String: Any]] = []
            var start: Int? = 0
            while let offset = start {
                let page = try #require(
                    try await client.call(
                        "crm.company.list",
                        ["order": ["ID": "ASC"], "select": ["ID", "TITLE"], "start": offset]
                    ).object)
                byOffset += try #require(page["result"] as? [[String: Any]])
                #expect(page["total"] as? Int == sandbox.world.rightCount + 3)
                start = page["next"] as? Int
            }
            let byCursor = try await client.allByCursor("crm.company.list", ["ID", "TITLE"])

            #expect(byOffset.count == sandbox.world.rightCount + 3)
            #expect(byOffset.map { $0["ID"] as? String } == byCursor.map { $0["ID"] as? String })
            #expect(
                byOffset.map { $0["TITLE"] as? String } == byCursor.map { $0["TITLE"] as? String })
        }
    }

    @Test("counts nothing and announces nothing when start is negative")
    func withoutCount() async throws {
        try await withSandbox { client, _ in
            let page = try #require(
                try await client.call("crm.company.list", ["start": -1]).object)
            #expect(page["total"] as? Int == 0)
            #expect(page["next"] == nil)
            #expect((page["result"] as? [Any])?.count == 50)
        }
    }

    @Test("ignores a filter key in the wrong case, and so gives the same first page for ever")
    func cursorTrap() async throws {
        try await withSandbox { client, _ in
            let first = try await client.rows("crm.company.list", ["select": ["ID"], "start": -1])
            let trapped = try await client.rows(
                "crm.company.list", ["filter": [">id": 200], "select": ["ID"], "start": -1])
            #expect(first.map { $0["ID"] as? String } == trapped.map { $0["ID"] as? String })

            let refused = try await client.call(
                "crm.item.list", ["entityTypeId": 4, "filter": [">ID": 200]])
            #expect(refused.status == 400)
            #expect(refused.object?["error"] as? String == "INVALID_ARG_VALUE")
        }
    }

    @Test(
        "filters by every prefix",
        arguments: [
            (">ID", ["5"]), (">=ID", ["5"]), ("<ID", ["41"]), ("<=ID", ["41"]),
            ("@ID", ["5", "7"]),
            ("!@ID", ["5", "7"]), ("=ID", ["7"]), ("ID", ["7"]), ("!=ID", ["7"]), ("!ID", ["7"]),
        ])
    func prefixes(key: String, values: [String]) async throws {
        try await withSandbox(size: 40) { client, _ in
            let value: Any = key.contains("@") ? values : values[0]
            let all = try await client.rows("crm.company.list", ["select": ["ID"], "start": -1])
            let found = try await client.rows(
                "crm.company.list", ["filter": [key: value], "select": ["ID"], "start": -1])

            let numbers = all.compactMap { ($0["ID"] as? String).flatMap(Int.init) }
            let bounds = values.compactMap(Int.init)
            let expected = numbers.filter { number in
                switch key {
                case ">ID": number > bounds[0]
                case ">=ID": number >= bounds[0]
                case "<ID": number < bounds[0]
                case "<=ID": number <= bounds[0]
                case "@ID", "=ID", "ID": bounds.contains(number)
                default: !bounds.contains(number)
                }
            }
            #expect(found.compactMap { ($0["ID"] as? String).flatMap(Int.init) } == expected)
        }
    }

    @Test("finds texts by equality, part and pattern, without regard to case")
    func texts() async throws {
        try await withSandbox(size: 60) { client, _ in
            let all = try await client.rows(
                "crm.company.list", ["select": ["ID", "TITLE"], "start": -1])
            let title = try #require(all[10]["TITLE"] as? String)
            let part = String(title.dropFirst(2).prefix(5))

            for (key, value) in [
                ("TITLE", title.uppercased()), ("%TITLE", part), ("=%TITLE", "%\(part)%"),
            ] {
                let found = try await client.rows(
                    "crm.company.list",
                    ["filter": [key: value], "select": ["ID"], "start": -1])
                #expect(
                    found.contains { $0["ID"] as? String == all[10]["ID"] as? String }, "\(key)")
                #expect(found.count < all.count)
            }
        }
    }

    @Test("orders by other columns, both ways")
    func order() async throws {
        try await withSandbox(size: 40) { client, _ in
            let up = try await client.rows(
                "crm.company.list", ["order": ["DATE_CREATE": "ASC"], "select": ["DATE_CREATE"]])
            let down = try await client.rows(
                "crm.company.list", ["order": ["ID": "DESC"], "select": ["ID"]])
            let dates = up.compactMap { $0["DATE_CREATE"] as? String }
            let ids = down.compactMap { ($0["ID"] as? String).flatMap(Int.init) }
            #expect(dates == dates.sorted())
            #expect(ids == ids.sorted(by: >))
            #expect(ids.count > 30)
        }
    }

    @Test("gives multi-fields only when they are named, and no key where there is no value")
    func multiFields() async throws {
        try await withSandbox { client, _ in
            let plain = try await client.rows("crm.company.list", ["select": ["*"]])
            let named = try await client.rows(
                "crm.company.list", ["select": ["ID", "PHONE", "EMAIL", "WEB"]])

            #expect(plain.allSatisfy { $0["PHONE"] == nil })
            #expect(named.contains { $0["PHONE"] != nil })
            #expect(named.allSatisfy { $0["WEB"] == nil })
            let phone = try #require((named[0]["PHONE"] as? [[String: Any]])?.first)
            #expect(Set(phone.keys) == ["ID", "VALUE_TYPE", "VALUE", "TYPE_ID"])
        }
    }

    @Test("types everything as text in the older dialect and numbers as numbers in the newer one")
    func dialects() async throws {
        try await withSandbox { client, _ in
            let old = try await client.rows("crm.company.list", ["start": -1])
            for row in old {
                for (key, value) in row { #expect(value is String || value is NSNull, "\(key)") }
            }
            let answer = try await client.call(
                "crm.item.list", ["entityTypeId": 4, "select": ["*"], "start": -1])
            let items = try #require(
                (answer.object?["result"] as? [String: Any])?["items"] as? [[String: Any]])
            #expect(items.count == 50)
            #expect(items[0]["id"] is Int)
            #expect(items[0]["fm"] is [[String: Any]])
            #expect(String(items[7]["id"] as? Int ?? 0) == old[7]["ID"] as? String)
        }
    }

    @Test("varies what an unset value looks like")
    func unset() async throws {
        try await withSandbox { client, _ in
            let rows = try await client.allByCursor(
                "crm.company.list", ["ID", "LEAD_ID", "ORIGIN_ID"])
            let leads = Set(rows.map { $0["LEAD_ID"] as? String })
            let origins = rows.map { $0["ORIGIN_ID"] as? String }
            #expect(leads == ["0", nil])
            #expect(origins.contains("") && origins.contains(nil))
        }
    }

    @Test("pages addresses oddly: a count of the page with start, everything at once without")
    func addresses() async throws {
        try await withSandbox { client, _ in
            let page = try #require(try await client.call("crm.address.list").object)
            #expect(page["total"] as? Int == 50)
            #expect(page["next"] == nil)
            let all = try #require(
                try await client.call("crm.address.list", ["start": -1]).object)
            let rows = try #require(all["result"] as? [[String: Any]])
            #expect(rows.count > 250)
            #expect(all["total"] as? Int == rows.count)

            let requisites = rows[3...8].compactMap { $0["ENTITY_ID"] as? String }
            let some = try await client.rows(
                "crm.address.list",
                ["filter": ["ENTITY_TYPE_ID": 8, "@ENTITY_ID": requisites], "start": -1])
            #expect(Set(some.compactMap { $0["ENTITY_ID"] as? String }) == Set(requisites))

            let refused = try await client.call("crm.address.list", ["order": ["ID": "ASC"]])
            #expect(refused.status == 400)
        }
    }

    @Test("takes PHP's brackets in a query and in a form, a suffix, a slash and any case")
    func forms() async throws {
        try await withSandbox { client, _ in
            let hook = client.addresses.bitrixWebhook
            let query = "filter%5B%3EID%5D=9&select%5B%5D=ID&order%5BID%5D=ASC&start=-1"
            let form = "filter[>ID]=9&select[]=ID&order[ID]=ASC&start=-1"
            let expected = try await client.rows(
                "crm.company.list", ["filter": [">ID": 9], "select": ["ID"], "start": -1])

            let get = try await client.send("GET", "\(hook)CRM.Company.List.json/?\(query)")
            let post = try await client.send(
                "POST", "\(hook)crm.company.list", body: Data(form.utf8),
                headers: ["Content-Type": "application/x-www-form-urlencoded"])
            let upper = try await client.call(
                "crm.company.list", ["FILTER": [">ID": 9], "SELECT": ["ID"], "START": -1])

            for answer in [get, post, upper] {
                let rows = try #require(answer.object?["result"] as? [[String: Any]])
                #expect(rows.map { $0["ID"] as? String } == expected.map { $0["ID"] as? String })
            }
        }
    }

    @Test("takes a body that is not JSON for no parameters at all")
    func brokenBody() async throws {
        try await withSandbox { client, sandbox in
            let answer = try await client.send(
                "POST", client.addresses.bitrixWebhook + "crm.company.list",
                body: Data("{\"filter\":{\">ID\":100}".utf8),
                headers: ["Content-Type": "application/json"])
            #expect(answer.object?["total"] as? Int == sandbox.world.rightCount + 3)
        }
    }

    @Test("refuses as the portal does: wrong code, no code, unknown method, missing scope")
    func refusals() async throws {
        try await withSandbox(configure: { $0.portal.scopes = ["user"] }) { client, _ in
            let hook = client.addresses.bitrixWebhook
            let root = hook.replacing("1/sandbox0webhook1/", with: "")
            let cases: [(String, Int, String)] = [
                ("\(root)1/wrong/profile", 401, "INVALID_CREDENTIALS"),
                ("\(root)profile", 401, "NO_AUTH_FOUND"),
                ("\(hook)crm.nothing.list", 404, "ERROR_METHOD_NOT_FOUND"),
                ("\(hook)crm.company.list", 401, "insufficient_scope"),
            ]
            for (url, status, code) in cases {
                let answer = try await client.send("GET", url)
                #expect(answer.status == status)
                #expect(answer.object?["error"] as? String == code)
                #expect(answer.object?["time"] == nil)
            }
        }
    }

    @Test("refuses with 503 what overflows the leaky bucket, and lets it drain")
    func bucket() async throws {
        let clock = TestClock()
        try await withSandbox(configure: { options in
            options.portal.requestsPerSecond = 2
            options.now = { clock.now }
        }) { client, _ in
            for _ in 0..<50 { #expect(try await client.call("profile").status == 200) }
            let refused = try await client.call("profile")
            #expect(refused.status == 503)
            #expect(refused.object?["error"] as? String == "QUERY_LIMIT_EXCEEDED")
            #expect(refused.headers["retry-after"] == nil)

            clock.advance(by: 1)
            let statuses = [
                try await client.call("profile").status, try await client.call("profile").status,
                try await client.call("profile").status,
            ]
            #expect(statuses == [200, 200, 503])
        }
    }

    @Test("blocks a method that used up its operating time, and only that method")
    func operatingTime() async throws {
        try await withSandbox(configure: { options in
            options.portal.operatingLimit = 3
            options.portal.operatingCost = 2
        }) { client, _ in
            let first = try await client.call("crm.company.list")
            _ = try await client.call("crm.company.list")
            let third = try await client.call("crm.company.list")
            let time = try #require(first.object?["time"] as? [String: Any])
            #expect(time["operating"] as? Double == 2)
            #expect(third.status == 429)
            #expect(third.object?["error"] as? String == "OPERATION_TIME_LIMIT")
            #expect(try await client.call("crm.requisite.list").status == 200)
        }
    }

    @Test("tells about itself: profile, scope, methods, method.get, server.time, user.current")
    func service() async throws {
        try await withSandbox { client, _ in
            func result(_ method: String, _ parameters: [String: Any] = [:]) async throws -> Any? {
                try await client.call(method, parameters).object?["result"]
            }
            let profile = try await result("profile") as? [String: Any]
            #expect(profile?["ADMIN"] as? Bool == true)
            #expect(
                try await result("scope") as? [String]
                    == ["crm", "catalog", "user", "department", "sale"])
            let methods = try #require(try await result("methods") as? [String])
            #expect(methods.contains("crm.company.list") && methods.contains("batch"))
            let known = try await result("method.get", ["name": "crm.item.list"]) as? [String: Bool]
            #expect(known == ["isExisting": true, "isAvailable": true])
            let time = try #require(try await result("server.time") as? String)
            #expect(ISO8601DateFormatter().date(from: time) != nil)
            let user = try await result("user.current") as? [String: Any]
            #expect(user?["ACTIVE"] as? Bool == true)
        }
    }
}

/// A clock that stands still until it is told to go on.
final class TestClock: @unchecked Sendable {
    // The lock guards the one property; nothing else is shared.
    private let lock = NSLock()
    private var seconds = 1_769_498_859.0

    var now: Double { lock.withLock { seconds } }
    func advance(by seconds: Double) { lock.withLock { self.seconds += seconds } }
}
