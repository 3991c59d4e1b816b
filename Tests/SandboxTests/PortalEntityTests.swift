import Foundation
import Testing

@testable import Sandbox

@Suite("Entities of the portal")
struct PortalEntityTests {
    private func items(
        _ client: SandboxClient, _ parameters: [String: Any]
    ) async throws -> [[String: Any]] {
        let answer = try await client.call("crm.item.list", parameters)
        return (answer.object?["result"] as? [String: Any])?["items"] as? [[String: Any]] ?? []
    }

    @Test("filter by alternatives, amounts, dates and references in the newer dialect")
    func filters() async throws {
        try await withSandbox { client, sandbox in
            let deals = sandbox.world.portal.deals
            func ids(_ filter: [String: Any]) async throws -> [Int64] {
                try await items(
                    client,
                    ["entityTypeId": 2, "select": ["id"], "filter": filter, "order": ["id": "ASC"]]
                ).compactMap { ($0["id"] as? Int).map { Int64($0) } }
            }
            let either = try await ids(
                ["logic": "OR", "0": ["stageId": "NEW"], "1": [">opportunity": 5_000_000]])
            let wanted = deals.filter { $0.stageID == "NEW" || $0.opportunity > 500_000_000 }
            #expect(either == Array(wanted.map(\.id).prefix(50)))

            let rich = try await ids([">=opportunity": 100_000.5])
            #expect(
                rich == Array(deals.filter { $0.opportunity >= 10_000_050 }.map(\.id).prefix(50)))

            let moment = deals[deals.count / 2].createdAt
            let late = try await ids([">createdTime": Moment.portal(Int64(moment), offset: 0)])
            #expect(
                late == Array(deals.filter { $0.createdAt > moment }.map(\.id).prefix(50)))

            let contact = try #require(deals.first { $0.contactID > 0 }?.contactID)
            let linked = try await ids(["contactIds": [contact]])
            #expect(linked == deals.filter { $0.contactID == contact }.map(\.id))
        }
    }

    @Test("find a multi-field by its exact value, and duplicates by its digits")
    func communications() async throws {
        try await withSandbox { client, sandbox in
            let contact = try #require(
                sandbox.world.portal.contacts.first { $0.invalidPhone == nil && $0.phone != nil })
            let typed = try #require(contact.phoneTexts.first)
            let found = try await client.rows("crm.contact.list", ["filter": ["PHONE": typed]])
            #expect(found.contains { $0["ID"] as? String == String(contact.id) })
            let part = try await client.rows(
                "crm.contact.list", ["filter": ["PHONE": String(typed.dropLast())]])
            #expect(!part.contains { $0["ID"] as? String == String(contact.id) })

            let digits = "8" + String(contact.phone?.national ?? 0)
            let answer = try await client.call(
                "crm.duplicate.findbycomm",
                ["type": "PHONE", "values": [digits], "entity_type": "CONTACT"])
            let result = try #require(answer.object?["result"] as? [String: [Int]])
            #expect(result["CONTACT"]?.contains(Int(contact.id)) == true)
            let nobody = try await client.call(
                "crm.duplicate.findbycomm", ["type": "EMAIL", "values": ["nobody@nowhere.ru"]])
            #expect((nobody.object?["result"] as? [Any])?.isEmpty == true)
        }
    }

    @Test("link contacts with companies and deals from both ends")
    func links() async throws {
        try await withSandbox { client, sandbox in
            let contact = try #require(
                sandbox.world.portal.contacts.first { !$0.companyIDs.isEmpty })
            let company = try #require(contact.companyIDs.first)
            let companies = try await client.rows(
                "crm.contact.company.items.get", ["id": contact.id])
            #expect(companies.first?["COMPANY_ID"] as? Int == Int(company))
            #expect(companies.first?["IS_PRIMARY"] as? String == "Y")
            let contacts = try await client.rows(
                "crm.company.contact.items.get", ["id": company])
            #expect(contacts.contains { $0["CONTACT_ID"] as? Int == Int(contact.id) })
            let item = try await items(
                client,
                [
                    "entityTypeId": 3, "select": ["id", "companyIds"],
                    "filter": ["=id": contact.id],
                ])
            #expect(item.first?["companyIds"] as? [Int] == contact.companyIDs.map { Int($0) })
        }
    }

    @Test("give nothing but users' fields by their first names, and empty rows for others")
    func originalNames() async throws {
        try await withSandbox(size: 60) { client, _ in
            let only = try await items(
                client,
                ["entityTypeId": 2, "select": ["UF_CRM_1C_NUMBER"], "useOriginalUfNames": "Y"])
            #expect(only.count == 50)
            #expect(only.allSatisfy { Array($0.keys) == ["UF_CRM_1C_NUMBER"] })
            let answer = try await client.call(
                "crm.item.list",
                ["entityTypeId": 2, "select": ["id", "title"], "useOriginalUfNames": "Y"])
            let rows = (answer.object?["result"] as? [String: Any])?["items"] as? [[Any]]
            #expect(rows?.count == 50)
            #expect(rows?.allSatisfy(\.isEmpty) == true)
        }
    }

    @Test("show both sides of a row: names, prices and rates agree between the two dialects")
    func rowsInBothDialects() async throws {
        try await withSandbox(size: 60) { client, sandbox in
            for deal in sandbox.world.portal.deals.prefix(10) {
                let old = try await client.rows("crm.deal.productrows.get", ["id": deal.id])
                let answer = try await client.call(
                    "crm.item.productrow.list",
                    ["filter": ["=ownerType": "D", "=ownerId": deal.id]])
                let new = try #require(
                    (answer.object?["result"] as? [String: Any])?["productRows"]
                        as? [[String: Any]])
                #expect(old.count == deal.rows.count && new.count == old.count)
                for (one, other) in zip(old, new) {
                    #expect(one["ID"] as? String == (other["id"] as? Int).map { String($0) })
                    for (upper, lower) in [
                        ("PRICE", "price"), ("QUANTITY", "quantity"), ("TAX_RATE", "taxRate"),
                        ("PRICE_EXCLUSIVE", "priceExclusive"), ("MEASURE_CODE", "measureCode"),
                    ] {
                        #expect(
                            (one[upper] as? NSNumber) == (other[lower] as? NSNumber), "\(upper)")
                    }
                }
            }
        }
    }

    @Test("name stages, funnels and fields that records really use")
    func directories() async throws {
        try await withSandbox { client, sandbox in
            var codes: Set<String> = []
            for funnel in Funnel.allCases {
                let stages = try await client.rows(
                    "crm.dealcategory.stage.list", ["id": funnel.id])
                codes.formUnion(stages.compactMap { $0["STATUS_ID"] as? String })
            }
            #expect(codes.isSuperset(of: sandbox.world.portal.deals.map(\.stageID)))
            let invoices = try await client.rows(
                "crm.status.list", ["filter": ["ENTITY_ID": "SMART_INVOICE_STAGE_3"]])
            #expect(
                Set(invoices.compactMap { $0["STATUS_ID"] as? String })
                    .isSuperset(of: sandbox.world.portal.smartInvoices.map(\.stageID)))

            for (type, name) in [(2, "UF_CRM_1C_PAID"), (3, "UF_CRM_1C_ID"), (4, "UF_CRM_1C_ID")] {
                let answer = try await client.call("crm.item.fields", ["entityTypeId": type])
                let fields = try #require(
                    (answer.object?["result"] as? [String: Any])?["fields"]
                        as? [String: [String: Any]])
                #expect(fields.values.contains { $0["upperName"] as? String == name })
                let row = try #require(
                    try await items(client, ["entityTypeId": type, "start": -1]).first)
                #expect(Set(row.keys).isSubset(of: fields.keys))
            }
        }
    }

    @Test("demand what the catalogue demands, and know no `@` there")
    func catalogue() async throws {
        try await withSandbox { client, sandbox in
            let products = sandbox.world.portal.products
            func list(_ parameters: [String: Any]) async throws -> SandboxClient.Answer {
                try await client.call("catalog.product.list", parameters)
            }
            for parameters: [String: Any] in [
                [:], ["select": ["id"], "filter": ["iblockId": 24]],
                ["select": ["id", "iblockId"]],
            ] {
                let refused = try await list(parameters)
                #expect(refused.status == 400)
                #expect(refused.object?["error"] as? Int == 0)
            }
            let some = products.filter { $0.kind != .offer }.prefix(3).map(\.id)
            func count(_ filter: [String: Any]) async throws -> Int? {
                try await list(
                    [
                        "select": ["id", "iblockId"],
                        "filter": filter.merging(["iblockId": 24]) { $1 },
                    ]
                ).object?["total"] as? Int
            }
            let listed = try await count(["id": some])
            #expect(listed == 3)
            let ignored = try await count(["@id": some])
            #expect(ignored == products.count { $0.kind != .offer })
            let others = try await count(["!id": some])
            #expect(others == products.count { $0.kind != .offer } - 3)
        }
    }
}
