import Bitrix24
import Collection
import Records
import TestSupport
import Testing

@Suite("Payments by whose their orders are")
struct OrderLinkTests {
    /// A deal and an invoice of one number, with a paid order each, and an order of nobody.
    private static func content() -> PortalDouble.Content {
        var content = PortalDouble.Content()
        func payment(_ id: String, order: String) -> [String: String] {
            [
                "id": id, "orderId": order, "paid": "Y", "sum": "100", "currency": "RUB",
                "accountNumber": "\(order)/1", "datePaid": "2026-11-02T10:00:00+03:00",
            ]
        }
        content.rows = [
            "crm.deal.list": [["ID": "5", "COMPANY_ID": "9"]],
            "crm.item.list": [
                [
                    "id": "5", "stageId": "DT31_1:N", "companyId": "8", "opportunity": "100",
                    "currencyId": "RUB",
                ]
            ],
            "crm.status.list": [],
            "crm.orderentity.list": [
                ["orderId": "11", "ownerId": "5", "ownerTypeId": "2"],
                ["orderId": "12", "ownerId": "5", "ownerTypeId": "31"],
            ],
            "sale.payment.list": [
                payment("1", order: "11"), payment("2", order: "12"), payment("3", order: "13"),
            ],
        ]
        content.containers = [
            "crm.item.list": "items", "crm.orderentity.list": "orderEntity",
            "sale.payment.list": "payments",
        ]
        return content
    }

    @Test("are a deal's or an invoice's; one whose order is neither's is left out")
    func owners() async throws {
        let fixture = try PortalFixture(entity: "payment")
        let (records, certificate) = try await fixture.read(PortalDouble(Self.content()))
        #expect(records.map(\.id.rawValue) == ["1", "2"])
        #expect(
            records.map { fixture.value("counterparty", of: $0) } == [.text("9"), .text("8")])
        #expect(certificate.isCertified, "\(certificate.doubts)")
        #expect(certificate.noteCounts["skipped_unpaid"] == 1)
    }

    @Test("are taken of nobody else where the portal gives orders of both for those of one")
    func ignoredFilter() async throws {
        let fixture = try PortalFixture(entity: "payment")
        var content = Self.content()
        content.ignoresFilters = true
        let (records, certificate) = try await fixture.read(PortalDouble(content))
        // The older list, which has no payment here, is read in place of what nobody can rely on.
        #expect(records.isEmpty)
        #expect(
            certificate.remarks.contains {
                $0.contains("gives in another way than asked crm.orderentity.list")
            }, "\(certificate.remarks)")
    }
}
