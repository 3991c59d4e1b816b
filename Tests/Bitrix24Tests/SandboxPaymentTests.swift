import Bitrix24
import Collection
import Records
@testable import Sandbox
import Testing

@Suite("Reading the payments of a portal")
struct SandboxPaymentTests {
    @Test("lists them and whose their orders are once, though three sections read them")
    func listedOnce() async throws {
        try await SandboxFixture.with { fixture in
            let reading = try await fixture.read("payment")
            #expect(Set(reading.records.map(\.id.rawValue)) == fixture.ids(of: "payment"))
            #expect(reading.certificate.doubts == [] && reading.certificate.remarks == [])
            let payments = fixture.sandbox.world.portal.payments
            let orders = Set(payments.map(\.order))
            // A count, and as many pages as there may be.
            func calls(_ rows: Int) -> Int { rows / 50 + 2 }
            let methods = fixture.sandbox.counters.methods
            #expect(methods["sale.payment.list"]?.calls == calls(payments.count))
            #expect(
                methods["crm.orderentity.list"]?.calls
                    == calls(orders.count { $0.owner == .deal })
                    + calls(orders.count { $0.owner == .invoice }))
            #expect(methods["crm.item.payment.list"] == nil)
        }
    }

    @Test("asks an invoice without payments for them once, where they come by owner only")
    func askedOnce() async throws {
        try await SandboxFixture.with({ SandboxFixture.PaymentWay.byOwner.set(&$0) }) { fixture in
            let reading = try await fixture.read("payment")
            #expect(Set(reading.records.map(\.id.rawValue)) == fixture.ids(of: "payment"))
            let portal = fixture.sandbox.world.portal
            let payers = Set(portal.payments.filter { $0.owner == .invoice }.map(\.ownerID))
            let calls = fixture.sandbox.counters.methods["crm.item.payment.list"]?.calls ?? 0
            #expect(payers.count < portal.smartInvoices.count)
            #expect(calls == portal.deals.count + portal.smartInvoices.count + payers.count)
            #expect(fixture.shopRows == 0)
        }
    }

    @Test("gives the same both ways, and by the shop's list 1C's id and the voucher's number too")
    func bothWays() async throws {
        try await SandboxFixture.with { fixture in
            let listed = try await fixture.read("payment")
            fixture.sandbox.changePortal { SandboxFixture.PaymentWay.byOwner.set(&$0) }
            let byOwner = try await fixture.read("payment")
            for reading in [listed, byOwner] { #expect(reading.certificate.isCertified) }
            #expect(listed.records.map(\.id) == byOwner.records.map(\.id))
            let (one, other) = (listed.certificate, byOwner.certificate)
            #expect(one.announcedCount == other.announcedCount)
            #expect(one.listedCount == other.listedCount)
            #expect(one.deliveredCount == other.deliveredCount)
            #expect(one.skippedCount == other.skippedCount)
            #expect(one.noteCounts == other.noteCounts)
            for field in listed.entity.fields.map(\.name.rawValue)
            where !["number", "other_id"].contains(field) {
                #expect(listed.values(field) == byOwner.values(field), "\(field)")
            }
            let payments = fixture.sandbox.world.portal.payments.filter(\.isPaid)
            let (numbers, ids) = (listed.values("number"), listed.values("other_id"))
            for payment in payments {
                let id = String(payment.id)
                let voucher = payment.voucherNumber
                let number = voucher.isEmpty ? payment.accountNumber : voucher
                #expect(numbers[id] == .text(number))
                // What the portal writes where 1C gave none is no id of 1C's.
                #expect(ids[id] == payment.xmlID.map { .text($0.text) })
            }
            #expect(payments.contains { $0.xmlID == nil } && !ids.isEmpty)
            #expect(byOwner.values("other_id").isEmpty)
        }
    }

    @Test("is done by owner without the scope of the shop, and says that it was not granted")
    func withoutScope() async throws {
        try await SandboxFixture.with({ SandboxFixture.PaymentWay.byOwner.set(&$0) }) { fixture in
            let reading = try await fixture.read("payment")
            let host = try Webhook(fixture.addresses.bitrixWebhook).host
            #expect(
                reading.certificate.remarks == [
                    "\(host) has not granted sale.payment.list: crm.item.payment.list "
                        + "was read instead."
                ])
            let entity = try #require(fixture.entity("payment"))
            let checks = await (try fixture.source()).check(entity)
            #expect(checks.filter { !$0.isPassed && $0.subject != "clock" } == [])
            #expect(checks.contains { $0.detail.contains("has not granted sale.payment.list") })
        }
    }

    @Test("is done by owner for who is no administrator, whom the shop's lists refuse")
    func notAdministrator() async throws {
        try await SandboxFixture.with({ $0.isAdministrator = false }) { fixture in
            let reading = try await fixture.read("payment")
            #expect(Set(reading.records.map(\.id.rawValue)) == fixture.ids(of: "payment"))
            #expect(
                reading.certificate.remarks.contains {
                    $0.contains("gives administrators only crm.orderentity.list: crm.item.payment")
                })
            #expect(!reading.certificate.isCertified)
            #expect(fixture.shopRows == 0)
        }
    }

    /// Makes a list of a portal descend, whatever order is asked for.
    private struct Descending: HTTPTransport {
        let list: String
        let id: String
        private let inner = AsyncHTTPTransport()

        init(list: String, id: String) { (self.list, self.id) = (list, id) }

        func send(_ request: HTTPRequest) async throws -> HTTPResponse {
            var request = request
            if let body = request.body {
                let asked = "\(list)?start=0&order[\(id)]="
                let text = String(decoding: body, as: UTF8.self)
                    .replacing(asked + "ASC", with: asked + "DESC")
                request.body = Array(text.utf8)
            }
            return try await inner.send(request)
        }
    }

    @Test(
        "is done by owner where the portal gives one of the shop's lists in another order",
        arguments: [("crm.orderentity.list", "orderId"), ("sale.payment.list", "id")])
    func disordered(list: String, id: String) async throws {
        try await SandboxFixture.with { fixture in
            let source = try fixture.source(through: Descending(list: list, id: id))
            let reading = try await fixture.read("payment", from: source)
            #expect(reading.records.count == reading.certificate.deliveredCount)
            #expect(Set(reading.records.map(\.id.rawValue)) == fixture.ids(of: "payment"))
            #expect(reading.certificate.isCertified && reading.certificate.doubts == [])
            let host = try Webhook(fixture.addresses.bitrixWebhook).host
            #expect(
                reading.certificate.remarks == [
                    "\(host) gives in another way than asked \(list): crm.item.payment.list was read "
                        + "instead."
                ])
        }
    }

    @Test("leaves out sections that a box has no list for by either way, and says it once")
    func oldBox() async throws {
        try await SandboxFixture.with({ $0.missingMethods = ["crm.item."] }) { fixture in
            let reading = try await fixture.read("payment")
            let payments = fixture.sandbox.world.portal.payments
            let ofDeals = payments.filter { $0.owner == .deal && $0.isPaid }.map { String($0.id) }
            #expect(Set(reading.records.map(\.id.rawValue)) == Set(ofDeals))
            let host = try Webhook(fixture.addresses.bitrixWebhook).host
            #expect(
                reading.certificate.remarks == [
                    "\(host) has no crm.item.list: what it gives was left out."
                ])
        }
    }
}

extension SandboxFixture {
    /// How a portal lets its payments be read.
    enum PaymentWay: CaseIterable, Sendable {
        case listed, byOwner

        /// Makes a portal allow no better way.
        func set(_ options: inout PortalOptions) {
            if self == .byOwner { options.scopes.removeAll { $0 == "sale" } }
        }
    }

    /// How many payments the shop's list has given.
    fileprivate var shopRows: Int {
        sandbox.counters.methods["sale.payment.list"]?.rows ?? 0
    }
}
