import Foundation
import Records
import Testing

@Suite("Amounts")
struct AmountTests {
    @Test(
        "a decimal number is read exactly",
        arguments: [
            ("0", "0"), ("-0", "0"), ("12.50", "12.5"), ("12,5", "12.5"), ("-12.50", "-12.5"),
            ("\u{2212}0,01", "-0.01"), ("1 234,5", "1234.5"), ("1\u{A0}234\u{202F}567", "1234567"),
            ("\t12 ", "12"), ("0.1", "0.1"), ("1.000", "1"), ("100", "100"), (".5", "0.5"),
            ("5.", "5"), ("007", "7"), ("999999999999999999", "999999999999999999"),
            ("-0.00000000000000001", "-0.00000000000000001"),
        ])
    func reading(text: String, number: String) throws {
        let quantity = try #require(Quantity(text))
        #expect(quantity.description == number)
        #expect(Quantity(quantity.description) == quantity)
    }

    @Test(
        "what is no decimal number is none, and never another number",
        arguments: [
            "", " ", "-", ".", ",", "-,", "нет", "1.2.3", "1,234.50", "1-2", "--1", "1-", "+5",
            "1e3", "0x10", "12 руб", "1\u{0}2", "١٢", "½", "NaN", "inf",
            "1000000000000000000", "0.1234567890123456789", "99999999999999999999999999",
        ])
    func none(text: String) {
        #expect(Quantity(text) == nil)
    }

    @Test("two writings of one number are one value", arguments: ["1.5", "1,50", "001.500"])
    func equality(text: String) throws {
        #expect(try #require(Quantity(text)) == Quantity(units: 15, scale: 1))
        #expect(try #require(Quantity(text)).hashValue == Quantity(units: 150, scale: 2).hashValue)
    }

    @Test("the extremes can be written")
    func extremes() {
        #expect(Quantity(units: .min, scale: 18).description == "-9.223372036854775808")
        #expect(Quantity(units: .max, scale: 0).description == "9223372036854775807")
        #expect(Quantity(units: 0, scale: 18) == Quantity(units: 0, scale: 0))
    }

    @Test("random sums of minor units survive text and JSON")
    func roundTrips() throws {
        var random = Numbers()
        for _ in 0..<2_000 {
            let units = Int64(truncatingIfNeeded: random.next()) % 1_000_000_000_000_000_000
            let quantity = Quantity(units: units, scale: UInt8(random.next() % 18))
            let digits = quantity.description.count { $0.isNumber }
            if digits <= 18 { #expect(Quantity(quantity.description) == quantity) }
            let data = try JSONEncoder().encode(quantity)
            #expect(try JSONDecoder().decode(Quantity.self, from: data) == quantity)
        }
    }

    @Test("an amount is whole minor units of one currency, in text with two places")
    func money() {
        #expect(FieldValue.money(Money(minorUnits: 123_450)).plainText == "1234.5 RUB")
        #expect(FieldValue.money(Money(minorUnits: -1, currency: "USD")).plainText == "-0.01 USD")
        #expect(Money(minorUnits: 1) != Money(minorUnits: 1, currency: "USD"))
    }
}

/// A short sequence of numbers that is the same in every run.
private struct Numbers {
    private var state: UInt64 = 42

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}
