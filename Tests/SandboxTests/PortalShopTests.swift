import Foundation
import Testing

@testable import Sandbox

@Suite("The portal's online shop")
struct PortalShopTests {
    private func rows(
        _ client: SandboxClient, _ method: String, _ key: String, _ parameters: [String: Any] = [:]
    ) async throws -> [[String: Any]] {
        let answer = try await client.call(method, parameters)
        return (answer.object?["result"] as? [String: Any])?[key] as? [[String: Any]] ?? []
    }

    @Test("has an order for each deal or invoice with payments, all at once when uncounted")
    func orders() async throws {
        try await withSandbox(size: 600) { client, sandbox in
            let payments = sandbox.world.portal.payments
            for owner in [PortalPayment.Owner.deal, PortalPayment.Owner.invoice] {
                let own = Set(payments.filter { $0.owner == owner }.map(\.ownerID)).sorted()
                #expect(own.count > 50)
                var filter: [String: Any] = ["=ownerTypeId": owner.rawValue]
                let page = try await rows(
                    client, "crm.orderentity.list", "orderEntity", ["filter": filter])
                #expect(page.count == 50)
                let all = try await rows(
                    client, "crm.orderentity.list", "orderEntity", ["filter": filter, "start": -1])
                #expect(all.compactMap { $0["ownerId"] as? Int } == own.map { Int($0) })
                #expect(Set(all.compactMap { $0["orderId"] as? Int }).count == own.count)
                filter["@ownerId"] = [own[0]]
                let one = try await rows(
                    client, "crm.orderentity.list", "orderEntity",
                    ["filter": filter, "select": ["orderId"]])
                #expect(one.map(\.count) == [1])
            }
        }
    }

    @Test("shows of payments what a deal shows of them, their order, and what else is kept")
    func payments() async throws {
        try await withSandbox(size: 60) { client, sandbox in
            let payments = sandbox.world.portal.payments
            let first = try #require(payments.first)
            let listed = try await rows(
                client, "sale.payment.list", "payments", ["order": ["id": "asc"]])
            #expect(listed.count == min(50, payments.count))
            for (row, payment) in zip(listed, payments) {
                #expect(row["id"] as? Int == Int(payment.id))
                #expect(row["orderId"] as? Int == Int(payment.order.id))
                #expect(row["payVoucherNum"] as? String == payment.voucherNumber)
                let mark = try #require(row["xmlId"] as? String)
                #expect(payment.xmlID.map { $0.text == mark } ?? mark.hasPrefix("bx_"))
            }
            let ofOwner = try await client.rows(
                "crm.item.payment.list",
                ["entityTypeId": first.owner.rawValue, "entityId": first.ownerID])
            let short = try #require(ofOwner.first)
            for (name, value) in short {
                #expect("\(value)" == listed[0][name].map { "\($0)" }, "\(name)")
            }
            #expect(short["orderId"] == nil && short["xmlId"] == nil)
        }
    }

    @Test("is not there for who is no administrator, nor its payments without the scope")
    func refusals() async throws {
        try await withSandbox(size: 60) { client, sandbox in
            sandbox.changePortal { $0.isAdministrator = false }
            for method in ["crm.orderentity.list", "sale.payment.list"] {
                let answer = try await client.call(method)
                #expect(answer.status == 400)
                #expect(answer.object?["error"] as? Int == 200_040_300_010)
            }
            sandbox.changePortal { options in
                options.isAdministrator = true
                options.scopes = ["crm"]
            }
            #expect(try await client.call("crm.orderentity.list").status == 200)
            #expect(try await client.call("sale.payment.list").status == 401)
            let standing = try await client.call("method.get", ["name": "sale.payment.list"])
            #expect(
                standing.object?["result"] as? [String: Bool]
                    == ["isExisting": true, "isAvailable": false])
        }
    }
}
