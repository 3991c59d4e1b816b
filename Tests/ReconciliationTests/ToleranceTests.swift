@testable import Reconciliation
import Records
import Testing

@Suite("Tolerances")
struct ToleranceTests {
    @Test(
        "numbers are compared exactly",
        arguments: [
            ("1.10", "1.1", Tolerance.none, true), ("1.10", "1.11", .none, false),
            ("100", "100.05", .absolute(Quantity(units: 5, scale: 2)), true),
            ("100", "100.06", .absolute(Quantity(units: 5, scale: 2)), false),
            ("100", "-100", .absolute(Quantity(units: 200, scale: 0)), true),
            ("1000", "990", .basisPoints(100), true), ("1000", "989.99", .basisPoints(100), false),
            ("-1000", "-990", .basisPoints(100), true),
            ("999999999999999999", "0.00000000000000001", .basisPoints(9_999), false),
            ("999999999999999999", "0.00000000000000001", .basisPoints(10_000), true),
        ])
    func numbers(left: String, right: String, tolerance: Tolerance, agree: Bool) throws {
        let (a, b) = (try #require(Quantity(left)), try #require(Quantity(right)))
        #expect(tolerance.allows(a, b) == agree)
        #expect(tolerance.allows(b, a) == agree)
    }

    @Test("amounts of two currencies are never the same")
    func currencies() {
        let rubles = FieldValue.money(Money(minorUnits: 100))
        let dollars = FieldValue.money(Money(minorUnits: 100, currency: "USD"))
        let tolerance = Tolerance.absolute(Quantity(units: 100, scale: 0))
        #expect(ValueComparison.agree(rubles, dollars, within: tolerance) == false)
    }

    @Test("days are counted across months, years and leap days")
    func days() throws {
        func agree(_ left: String, _ right: String, days: Int64) throws -> Bool? {
            ValueComparison.agree(
                .date(try #require(CalendarDate(left))), .date(try #require(CalendarDate(right))),
                within: .absolute(Quantity(units: days, scale: 0)))
        }
        #expect(try agree("2024-02-28", "2024-03-01", days: 2) == true)
        #expect(try agree("2024-02-28", "2024-03-01", days: 1) == false)
        #expect(try agree("2025-12-31", "2026-01-01", days: 1) == true)
        #expect(try #require(CalendarDate("1970-01-01")).daysSinceEpoch == 0)
        #expect(try #require(CalendarDate("2000-03-01")).daysSinceEpoch == 11_017)
    }

    @Test("a zero lost in front of a taxpayer number is not a difference")
    func lostZero() {
        let full = Meaning(of: "0274123452", type: .taxID)
        #expect(Meaning(of: "274123452", type: .taxID).isSame(as: full))
        #expect(!Meaning(of: "274123453", type: .taxID).isSame(as: full))
    }
}
