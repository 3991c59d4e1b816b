import Foundation
import Testing

@testable import Sandbox

@Suite("Switches of the portal")
struct SwitchTests {
    /// Runs a sandbox with one switch set from its text.
    private func with<Result>(
        _ switches: String..., size: Int = 120,
        _ body: (SandboxClient, Sandbox) async throws -> Result
    ) async throws -> Result {
        var portal = PortalOptions()
        portal.requestsPerSecond = nil
        for text in switches { try portal.set(text) }
        return try await withSandbox(size: size, configure: { $0.portal = portal }, body)
    }

    @Test("take their examples, and give back what they were set to")
    func examples() throws {
        for item in PortalOptions.switches {
            var options = PortalOptions()
            try options.set(item.name, to: item.example)
            #expect(!item.help.isEmpty)
            #expect(item.name.allSatisfy { $0.isLowercase || $0 == "-" })
        }
        var options = PortalOptions()
        let unknown = #expect(throws: SandboxTextError.self) { try options.set("colour=red") }
        #expect(unknown?.description.contains("no switch is called 'colour'") == true)
        let wrong = #expect(throws: SandboxTextError.self) { try options.set("time=late") }
        #expect(wrong?.description.contains("plain, operating, operatingAndReset") == true)
        #expect(throws: SandboxTextError.self) { try options.set("dismissed") }
        #expect(options == PortalOptions())
    }

    @Test("are listed, set and refused over HTTP while the portal runs")
    func overHTTP() async throws {
        try await withSandbox(size: 20) { client, _ in
            let control =
                client.addresses.bitrixWebhook.split(separator: "/rest/")[0]
                + "/__sandbox/switches"
            func post(_ body: String) async throws -> SandboxClient.Answer {
                try await client.send("POST", String(control), body: Data(body.utf8))
            }
            #expect(try await post(#"{"dismissed":"on","time":"plain"}"#).status == 200)
            #expect(try await client.call("profile").status == 401)
            let list = try await client.send("GET", String(control))
            let dismissed = try #require(list.object?["dismissed"] as? [String: String])
            #expect(dismissed["value"] == "on" && dismissed["example"] == "on")

            // One wrong value, and none of the others is taken.
            let refused = try await post(#"{"dismissed":"off","time":"never"}"#)
            #expect(refused.status == 400)
            #expect((refused.object?["error"] as? String)?.contains("'never'") == true)
            #expect(try await client.call("profile").status == 401)
        }
    }

    @Test("show `time` in its three states, with or without a fraction")
    func time() async throws {
        for (state, keys) in [
            ("plain", [String]()), ("operating", ["operating"]),
            ("operatingAndReset", ["operating", "operating_reset_at"]),
        ] {
            try await with("time=\(state)", "fractional-start=on", size: 20) { client, _ in
                let answer = try await client.call("batch", ["cmd": ["a": "profile"]])
                let outer = try #require(answer.object?["time"] as? [String: Any])
                let maps = try #require(answer.object?["result"] as? [String: Any])
                let inner = try #require((maps["result_time"] as? [String: [String: Any]])?["a"])
                for time in [outer, inner] {
                    #expect(time.keys.filter { $0.hasPrefix("operating") }.sorted() == keys)
                    #expect(time["start"] as? Double != nil)
                }
            }
        }
    }

    @Test("answer with the statuses of the documentation where portals have others")
    func statuses() async throws {
        try await with("statuses=docs", "scopes=user", size: 20) { client, sandbox in
            func status(_ method: String) async throws -> Int {
                try await client.call(method).status
            }
            var statuses = [try await status("crm.company.list")]
            sandbox.changePortal { $0.code = "changed" }
            statuses.append(try await status("profile"))
            sandbox.changePortal { $0.state = .deleted }
            statuses.append(try await status("profile"))
            sandbox.changePortal { $0.statuses = .live }
            statuses.append(try await status("profile"))
            #expect(statuses == [403, 403, 500, 410])
        }
    }

    @Test(
        "close the portal",
        arguments: [
            ("state=overloaded", 503, "OVERLOAD_LIMIT"), ("state=deleted", 410, "PORTAL_DELETED"),
            ("state=unpaid", 401, "PAYMENT_REQUIRED"), ("state=free", 403, "ACCESS_DENIED"),
            ("dismissed=on", 401, "authorization_error"), ("https-only=on", 400, "INVALID_REQUEST"),
        ])
    func closed(text: String, status: Int, code: String) async throws {
        try await with(text, size: 20) { client, _ in
            let answer = try await client.call("crm.company.list")
            #expect(answer.status == status)
            #expect(answer.object?["error"] as? String == code)
        }
    }

    @Test("hide the same share of records from an employee every time, with all that is theirs")
    func visibleShare() async throws {
        try await with("visible-share=0.6", size: 300) { client, sandbox in
            let first = try await client.allByCursor("crm.company.list", ["ID"])
            let again = try await client.allByCursor("crm.company.list", ["ID"])
            let seen = Set(first.compactMap { $0["ID"] as? String })
            let all = sandbox.world.rightCount + 3
            #expect(first.count == again.count)
            #expect((all * 45 / 100...all * 75 / 100).contains(seen.count))
            let total = try await client.call("crm.company.list").object?["total"] as? Int
            #expect(total == seen.count)

            let requisites = try await client.allByCursor(
                "crm.requisite.list", ["ID", "ENTITY_ID"])
            #expect(!requisites.isEmpty)
            #expect(requisites.allSatisfy { seen.contains($0["ENTITY_ID"] as? String ?? "") })
            let hidden = try await client.call(
                "crm.company.get", ["id": Int(5 + 2 * 299)])
            let isSeen = seen.contains("603")
            #expect((hidden.status == 200) == isSeen)
        }
    }

    @Test("keep administrators' lists from others, and the CRM from those without rights")
    func rights() async throws {
        try await with("admin=off", size: 20) { client, sandbox in
            for method in [
                "catalog.catalog.list", "catalog.store.list", "catalog.measure.list",
                "catalog.priceType.list", "catalog.vat.list", "catalog.section.list",
            ] {
                let answer = try await client.call(method, ["filter": ["iblockId": 24]])
                #expect(answer.status == 400, "\(method)")
                #expect((answer.object?["error"] as? Int ?? 0) > 200_040_300_000, "\(method)")
            }
            let profile = try await client.call("profile").object?["result"] as? [String: Any]
            #expect(profile?["ADMIN"] as? Bool == false)
            #expect(try await client.call("catalog.price.list").status == 200)

            sandbox.changePortal { $0.mayReadCRM = false }
            let company = try await client.call("crm.company.list").object
            #expect(company?["error"] as? String == "")
            let requisite = try await client.call("crm.requisite.list").object
            #expect(requisite?["error"] as? Int == 0)
            let item = try await client.call("crm.item.list", ["entityTypeId": 2]).object
            #expect(item?["error"] as? String == "ACCESS_DENIED")
            #expect(try await client.call("profile").status == 200)
        }
    }

    @Test("lack the newer methods, as an old box does")
    func missingMethods() async throws {
        try await with("missing-methods=catalog.,crm.item.", size: 20) { client, _ in
            #expect(try await client.call("crm.item.list", ["entityTypeId": 4]).status == 404)
            #expect(try await client.call("catalog.price.list").status == 404)
            #expect(try await client.call("crm.company.list").status == 200)
            #expect(try await client.call("crm.product.list").status == 200)
            let known = try await client.call("method.get", ["name": "catalog.price.list"])
            #expect(
                known.object?["result"] as? [String: Bool]
                    == ["isExisting": false, "isAvailable": false])
            let methods = try #require(
                try await client.call("methods").object?["result"] as? [String])
            #expect(!methods.contains { $0.hasPrefix("catalog.") })
        }
    }

    @Test("page addresses plainly, take any start, and repeat the last page beyond the end")
    func paging() async throws {
        try await with(
            "address-paging=plain", "start-rounding=exact", "beyond-end=lastPage"
        ) { client, _ in
            let addresses = try #require(try await client.call("crm.address.list").object)
            #expect(addresses["next"] as? Int == 50)
            #expect((addresses["total"] as? Int ?? 0) > 100)

            func ids(_ start: Int) async throws -> [String?] {
                try await client.rows(
                    "crm.company.list", ["order": ["ID": "ASC"], "select": ["ID"], "start": start]
                ).map { $0["ID"] as? String }
            }
            let first = try await ids(0)
            let tenth = try await ids(10)
            #expect(tenth.first == first[10])
            let (beyond, last) = (try await ids(5000), try await ids(100))
            #expect(beyond == last)
        }
        try await with("start-rounding=page") { client, _ in
            let first = try await client.rows("crm.company.list", ["start": 10])
            let zero = try await client.rows("crm.company.list", ["start": 0])
            #expect(first.map { $0["ID"] as? String } == zero.map { $0["ID"] as? String })
            #expect(try await client.rows("crm.company.list", ["start": 5000]).isEmpty)
        }
    }

    @Test("put four lists of the catalogue at the top, as documented")
    func wrapper() async throws {
        try await with("catalog-wrapper=bare", size: 20) { client, _ in
            for (method, key) in [
                ("catalog.measure.list", "measures"), ("catalog.priceType.list", "priceTypes"),
                ("catalog.vat.list", "vats"), ("catalog.section.list", "sections"),
            ] {
                let object = try #require(
                    try await client.call(method, ["filter": ["iblockId": 24]]).object)
                #expect(object["result"] == nil)
                #expect((object[key] as? [Any])?.isEmpty == false)
                #expect(object["total"] is Int && object["time"] != nil)
            }
            let stores = try await client.call("catalog.store.list").object
            #expect((stores?["result"] as? [String: Any])?["stores"] != nil)
        }
    }

    @Test("take a body that is no JSON for no parameters, or refuse it")
    func invalidBody() async throws {
        for (value, status) in [("ignored", 200), ("refused", 400)] {
            try await with("invalid-body=\(value)", size: 20) { client, _ in
                let answer = try await client.send(
                    "POST", client.addresses.bitrixWebhook + "crm.company.list",
                    body: Data(#"{"filter":{"ID":7},"#.utf8),
                    headers: ["Content-Type": "application/json"])
                #expect(answer.status == status)
                let rows = answer.object?["result"] as? [[String: Any]]
                #expect(rows.map { $0.count > 1 } == (status == 200 ? true : nil))
            }
        }
    }

    @Test("show contacts and companies of other categories in the newer list, and only there")
    func otherCategories() async throws {
        try await with("item-categories=on", size: 20) { client, _ in
            for (type, old) in [(3, "crm.contact.list"), (4, "crm.company.list")] {
                func total(_ method: String, _ parameters: [String: Any]) async throws -> Int? {
                    try await client.call(method, parameters).object?["total"] as? Int
                }
                let ordinary = try #require(try await total(old, [:]))
                let all = try await total("crm.item.list", ["entityTypeId": type])
                let filtered = try await total(
                    "crm.item.list", ["entityTypeId": type, "filter": ["categoryId": 0]])
                #expect(all == ordinary + 3)
                #expect(filtered == ordinary)
            }
        }
    }

    @Test("write an unset field of several values as a list or as false, and comments in markup")
    func values() async throws {
        try await with(size: 20) { client, _ in
            let deal = try #require(
                try await client.rows("crm.deal.list", ["select": ["ID", "UF_CRM_1C_TAGS"]]).first)
            #expect((deal["UF_CRM_1C_TAGS"] as? [Any])?.isEmpty == true)
        }
        try await with("unset-multiple=false", "comments=html", size: 20) { client, _ in
            let deal = try #require(
                try await client.rows("crm.deal.list", ["select": ["ID", "UF_CRM_1C_TAGS"]]).first)
            #expect(deal["UF_CRM_1C_TAGS"] as? Bool == false)
            let company = try #require(try await client.rows("crm.company.list").first)
            #expect((company["COMMENTS"] as? String)?.hasPrefix("<p>") == true)
        }
    }

    @Test("block a method for so many seconds, whatever it has worked")
    func operatingBlock() async throws {
        let clock = TestClock()
        try await withSandbox(
            size: 20,
            configure: { options in
                options.now = { clock.now }
                options.portal.operatingLimit = 3
                options.portal.operatingCost = 4
                options.portal.operatingBlock = 300
            }
        ) { client, _ in
            func status() async -> Int? { try? await client.call("crm.deal.list").status }
            #expect(await status() == 200)
            #expect(await status() == 429)
            clock.advance(by: 299)
            #expect(await status() == 429)
            clock.advance(by: 2)
            #expect(await status() == 200)
        }
    }

    @Test("charge a batch, or its commands")
    func charge() async throws {
        for (charge, blocked, free) in [
            ("commands", "crm.deal.list", "batch"), ("batch", "batch", "crm.deal.list"),
        ] {
            try await with(
                "batch-charge=\(charge)", "operating-limit=1", "operating-cost=1", size: 20
            ) { client, _ in
                let first = try await client.call("batch", ["cmd": ["a": "crm.deal.list"]])
                #expect(first.status == 200)
                func status(_ method: String) async throws -> Int {
                    try await client.call(method, ["cmd": ["a": "profile"]]).status
                }
                #expect(try await status(free) == 200)
                #expect(try await status(blocked) == 429)
            }
        }
    }

    @Test("set the clock: zone, skew, and which midnight a date is")
    func clock() async throws {
        let clock = TestClock()
        try await withSandbox(
            size: 60,
            configure: { options in
                options.now = { clock.now }
                options.portal.clockSkew = 90
                options.portal.utcOffset = 7
                options.portal.midnight = .greenwich
            }
        ) { client, _ in
            let now = try await client.call("server.time").object?["result"] as? String
            let date = ISO8601DateFormatter().date(from: now ?? "")
            #expect(now?.hasSuffix("+07:00") == true)
            #expect(date?.timeIntervalSince1970 == clock.now.rounded(.down) + 90)
            let deal = try #require(try await client.rows("crm.deal.list").first)
            #expect((deal["BEGINDATE"] as? String)?.hasSuffix("T07:00:00+07:00") == true)
            #expect((deal["DATE_CREATE"] as? String)?.hasSuffix("+07:00") == true)
        }
    }

    @Test("escape Cyrillic, refuse owner lists, cut statuses, tell a webhook its licence")
    func odds() async throws {
        try await with(
            "escape-unicode=on", "owner-lists=off", "cut-statuses=on", "app-info=licence", size: 20
        ) { client, _ in
            let list = try await client.call("crm.company.list")
            #expect(list.body.allSatisfy { $0 < 128 })
            let title = (list.object?["result"] as? [[String: Any]])?.first?["TITLE"] as? String
            #expect(title?.contains { $0.isLetter && !$0.isASCII } == true)
            let rows = try await client.call(
                "crm.item.productrow.list", ["filter": ["=ownerType": "D", "=ownerId": [11, 13]]])
            #expect(rows.object?["error"] as? String == "INVALID_ARG_VALUE")
            let statuses = try #require(try await client.call("crm.status.list").object)
            #expect((statuses["result"] as? [Any])?.count == 50)
            #expect((statuses["total"] as? Int ?? 0) > 50)
            #expect(try await client.call("app.info").status == 200)
        }
    }

    @Test("give rows of a deal beyond an id, or all of them where the filter is ignored")
    func rowFilter() async throws {
        try await with("row-filter=on", size: 60) { client, sandbox in
            let deal = try #require(sandbox.world.portal.deals.first { $0.rows.count > 1 })
            func ids(_ filter: [String: Any]) async throws -> [Int] {
                let answer = try await client.call(
                    "crm.item.productrow.list",
                    [
                        "filter": filter.merging(["=ownerType": "D", "=ownerId": deal.id]) { $1 },
                        "order": ["id": "asc"],
                    ])
                let result = answer.object?["result"] as? [String: Any]
                return (result?["productRows"] as? [[String: Any]] ?? [])
                    .compactMap { $0["id"] as? Int }
            }
            let all = try await ids([:])
            let first = try #require(all.first)
            #expect(try await ids([">id": first]) == Array(all.dropFirst()))
            sandbox.changePortal { $0.filtersRowsByID = false }
            #expect(try await ids([">id": first]) == all)
        }
    }

    @Test("find nothing by an ISO date where a build ignores it, and by a plain one always")
    func dates() async throws {
        try await with("ignore-iso-dates=on", size: 60) { client, sandbox in
            func count(_ value: String) async throws -> Int {
                let answer = try await client.call(
                    "crm.item.list", ["entityTypeId": 2, "filter": [">createdTime": value]])
                return answer.object?["total"] as? Int ?? -1
            }
            let plain = try await count("2025-01-01 00:00:00")
            #expect(try await count("2025-01-01T00:00:00+03:00") == 0)
            #expect(plain > 0 && plain < 60)
            sandbox.changePortal { $0.ignoresISODates = false }
            #expect(try await count("2025-01-01T00:00:00+03:00") == plain)
        }
    }

    @Test("refuse every page with a broken row, so that halving finds it")
    func brokenRow() async throws {
        try await with("broken-rows=company:77", size: 120) { client, _ in
            func status(_ low: Int, _ high: Int) async throws -> Int {
                try await client.call(
                    "crm.company.list", ["filter": [">=ID": low, "<ID": high], "start": -1]
                ).status
            }
            let statuses = [
                try await status(60, 90), try await status(60, 77), try await status(78, 90),
                try await status(77, 78),
            ]
            #expect(statuses == [400, 200, 200, 400])
        }
    }

    @Test("count what was asked: requests, commands, statuses, rows by method")
    func counters() async throws {
        try await with("operating-cost=0.25", size: 20) { client, sandbox in
            _ = try await client.call("batch", ["cmd": ["a": "crm.deal.list", "b": "crm.none"]])
            _ = try await client.call("crm.nothing")
            _ = try await client.odata("")
            let counters = sandbox.counters
            #expect(counters.requests == 2 && counters.batches == 1 && counters.commands == 2)
            #expect(counters.infobaseRequests == 1)
            #expect(counters.statuses == [200: 2, 404: 1])
            let deals = try #require(counters.methods["crm.deal.list"])
            #expect(deals.calls == 1 && deals.operatingSeconds == 0.25)
            #expect(deals.rows == sandbox.world.portal.deals.count)
            #expect(counters.methods["crm.none"]?.refused == 1)

            let control =
                client.addresses.bitrixWebhook.split(separator: "/rest/")[0]
                + "/__sandbox/counters"
            let shown = try await client.send("GET", String(control)).object
            #expect(shown?["commands"] as? Int == 2)
            _ = try await client.send("DELETE", String(control))
            #expect(sandbox.counters == SandboxCounters())
        }
    }
}
