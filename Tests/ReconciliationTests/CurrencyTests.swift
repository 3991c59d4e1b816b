import Reconciliation
import Records
import Testing

@Suite("Amounts of several currencies")
struct CurrencyTests {
    let orders: Counterparties

    init() throws { orders = try Counterparties(of: "order") }

    private func money(_ minorUnits: Int64, _ currency: String = "RUB") -> FieldValue {
        .money(Money(minorUnits: minorUnits, currency: currency))
    }

    @Test("the same number in another currency is one mismatch that says so")
    func currency() throws {
        let left = orders.record(
            "a", ["total": money(100_00, "USD"), "paid": money(100_00, "USD")])
        let right = orders.record("1", ["total": money(100_00), "paid": money(100_00)])
        let findings = orders.reconcile(left: [left], right: [right], links: [link("a", "1")])
        let finding = try #require(findings.first)
        #expect(findings.map(\.line) == ["mismatch right total a|1 currency_differs"])
        #expect(finding.leftValue == "100 USD")
        #expect(finding.rightValue == "100 RUB")
        // What the rule says, never a difference of dollars and roubles.
        #expect(finding.atStake == Money(minorUnits: 300_000))
    }

    @Test("at stake is what amounts of one currency differ by, in that currency")
    func atStake() {
        let left = orders.record(
            "a", ["total": money(100_00, "EUR"), "paid": money(100_00, "EUR")])
        let right = orders.record(
            "1", ["total": money(100_00, "EUR"), "paid": money(60_00, "EUR")])
        let findings = orders.reconcile(left: [left], right: [right], links: [link("a", "1")])
        #expect(findings.map(\.line) == ["mismatch right paid a|1 differs"])
        #expect(findings.first?.atStake == Money(minorUnits: 40_00, currency: "EUR"))
    }

    @Test("an amount whose currency is not known is not that of roubles")
    func unknown() {
        let left = orders.record("a", ["total": money(100_00, CurrencyCode.unknown)])
        let right = orders.record("1", ["total": money(100_00)])
        #expect(
            orders.reconcile(left: [left], right: [right], links: [link("a", "1")]).map(\.reason)
                == ["currency_differs"])
    }
}
