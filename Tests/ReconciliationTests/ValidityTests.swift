import Records
import Testing

@testable import Reconciliation

@Suite("Values that cannot be right")
struct ValidityTests {
    @Test(
        "are numbers below their bound, which itself is possible or not",
        arguments: [
            ("above: 0", "0", false), ("above: 0", "0.001", true), ("above: 0", "-1", false),
            ("at_least: 0", "0.00", true), ("at_least: 0", "-0.01", false),
            ("at_least: 1.5", "1.50", true), ("at_least: 1.5", "1.499", false),
        ])
    func bounds(rule: String, number: String, isPossible: Bool) throws {
        let they = try Counterparties(
            file: """
                entity: e
                fields: {n: {type: quantity}}
                reconciliation: {validate: {n: {severity: warning, \(rule)}}}
                """)
        let record = they.record("a", ["n": .quantity(try #require(Quantity(number)))])
        let findings = they.reconcile(left: [record], right: [], certified: [])
        #expect(findings.map(\.line) == (isPossible ? [] : ["invalid left n a| too_small"]))
    }

    @Test("are amounts and whole numbers, too, except for the records that are excepted")
    func kinds() throws {
        let they = try Counterparties(
            file: """
                entity: e
                fields: {m: {type: money}, i: {type: integer}, kind: {type: code}}
                reconciliation:
                  validate:
                    m: {severity: warning, above: 0, except: {kind: [gift]}}
                    i: {severity: info, at_least: 1}
                """)
        let zero = FieldValue.money(Money(minorUnits: 0))
        let records = [
            they.record("a", ["m": zero, "i": .integer(0)]),
            they.record("b", ["m": zero, "i": .integer(1), "kind": .text("gift")]),
            they.record("c", ["m": .money(Money(minorUnits: 1))]),
        ]
        #expect(
            they.reconcile(left: records, right: [], certified: []).map(\.line) == [
                "invalid left m a| too_small", "invalid left i a| too_small",
            ])
    }

    @Test("spare the pair a mismatch in the same field")
    func noMismatch() throws {
        let they = try Counterparties(of: "price")
        let (left, right) = (
            they.record("a", ["price": .money(Money(minorUnits: 9900))]),
            they.record("1", ["price": .money(Money(minorUnits: 0))])
        )
        #expect(
            they.reconcile(left: [left], right: [right], links: [link("a", "1")]).map(\.line)
                == ["invalid right price |1 too_small"])
    }

    @Test(
        "are numbers of goods whose check digit does not fit; other lengths are codes of the house",
        arguments: [
            ("4006381333931", false), ("4006381333932", true),  // EAN-13
            ("96385074", false), ("96385075", true),  // EAN-8
            ("036000291452", false), ("036000291453", true),  // UPC-12
            ("10012345678902", false), ("10012345678903", true),  // ITF-14
            ("400638 133393 1", false), ("12345", false), ("40063813339A1", false), ("", false),
        ])
    func barcodes(text: String, isWrong: Bool) {
        #expect(TradeNumber.isWrong(text) == isWrong)
    }

    @Test("are reported of a product's barcodes by the one that is wrong")
    func productBarcode() throws {
        let they = try Counterparties(of: "product")
        let record = they.record("a", ["barcode": .texts(["4006381333931", "4006381333932"])])
        #expect(
            they.reconcile(left: [record], right: [], certified: []).map(\.line)
                == ["invalid left barcode a| check_digit"])
    }

    @Test(
        "are telephone numbers that were cut short",
        arguments: [
            ("8 (495) 123-45", false), ("+7 916 123", false), ("+7 (000) 000", false),
            ("8 (495) 123-45-67", true), ("(495) 123-45-67", true), ("123-45-67", true),
            ("12-34-56", true), ("+7 495 123-45-67 доб. 12", true), ("+372 5123 456", true),
            ("+45 12 34 56 78", true), ("8 (495) 123-45; 8 (495) 123-45-67", true), ("нет", false),
        ])
    func phones(text: String, isPossible: Bool) {
        #expect((ValueCheck.defect(of: text, type: .phone) == nil) == isPossible)
    }
}
