import Bitrix24
import Collection
import Records
@testable import Sandbox
import Testing

@Suite("Reading the smart invoices of a portal")
struct SandboxInvoiceTests {
    @Test("they have the number, the state, the total and the rows of their deals")
    func invoices() async throws {
        try await SandboxFixture.with { fixture in
            let reading = try await fixture.read("invoice")
            let (numbers, states) = (reading.values("number"), reading.values("status"))
            let (totals, lines) = (reading.values("total"), reading.values("lines"))
            let portal = fixture.sandbox.world.portal
            let names: [SmartInvoice.Stage: String] = [
                .new: "NEW", .sent: "PREPARATION", .paid: "PAID", .declined: "LOSE",
            ]
            for invoice in portal.smartInvoices {
                let id = String(invoice.id)
                #expect(numbers[id] == .text(invoice.accountNumberText))
                #expect(states[id] == names[invoice.stage].map { .text($0) })
                #expect(
                    totals[id]
                        == .money(
                            Money(
                                minorUnits: invoice.opportunity, currency: invoice.currency.code)))
                let deal = invoice.deal < 0 ? nil : portal.deals[Int(invoice.deal)]
                let rows = deal?.rows.map { portal.dealRows[Int($0)] } ?? []
                let read = try lines[id]?.texts.map { try #require(DocumentLine($0)) } ?? []
                #expect(
                    read.map(\.product)
                        == rows.map { $0.productID > 0 ? String($0.productID) : nil })
                #expect(read.map(\.quantity) == rows.map { Quantity(units: $0.quantity, scale: 3) })
                #expect(read.map(\.sum) == rows.map { Quantity(units: $0.sum, scale: 2) })
            }
            #expect(!lines.isEmpty && Set(states.values).count > 2)
        }
    }
}
