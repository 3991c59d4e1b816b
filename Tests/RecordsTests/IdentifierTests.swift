import Records
import Testing

@Suite("Identifiers")
struct IdentifierTests {
    @Test(
        "a taxpayer number passes its check digits",
        arguments: [
            "5024089920", "5024085443", "4825005381", "7705260674", "7810300284", "7707083893",
            "7736050003", "7701012342", "9909001230", "7701012110", "0274123452", "500100732259",
            "770101234577", "502400000066", "123456789047", "770100001107", "056212345610",
        ])
    func taxID(text: String) throws {
        #expect(try TaxID(validating: text).digits == text)
    }

    @Test(
        "a wrong taxpayer number says what is wrong",
        arguments: [
            ("0012123456", IdentifierDefect.wrongPrefix), ("2500000000", .checkDigit),
            ("7701012343", .checkDigit), ("123456789", .wrongLength), ("", .wrongLength),
            ("77O1012342", .notDigits),
        ])
    func wrongTaxID(text: String, defect: IdentifierDefect) {
        #expect(throws: defect) { try TaxID(validating: text) }
    }

    @Test("spaces inside a taxpayer number do not matter")
    func spacedTaxID() throws {
        #expect(try TaxID(validating: " 50 2408\u{A0}9920").digits == "5024089920")
    }

    @Test(
        "a KPP has the right form",
        arguments: ["501701001", "482201001", "770500001", "781001001", "997150001", "9909AB001"])
    func kpp(text: String) throws {
        #expect(try KPP(validating: text).characters == text)
    }

    @Test(
        "a wrong KPP says what is wrong",
        arguments: [
            ("5678999", IdentifierDefect.wrongLength), ("2500000000", .wrongLength),
            ("50170100A", .notDigits), ("5017о1001", .notDigits), ("000000000", .wrongPrefix),
        ])
    func wrongKPP(text: String, defect: IdentifierDefect) {
        #expect(throws: defect) { try KPP(validating: text) }
    }

    @Test(
        "a register number passes its check digit",
        arguments: [
            "1075024000512", "1075024007156", "1027700132195", "1237700000010", "323770000000017",
            "323770000000040",
        ])
    func ogrn(text: String) throws {
        #expect(try OGRN(validating: text).digits == text)
    }

    @Test("a register number with another last digit is refused")
    func wrongOGRN() {
        #expect(throws: IdentifierDefect.checkDigit) { try OGRN(validating: "1075024000513") }
        #expect(throws: IdentifierDefect.wrongPrefix) { try OGRN(validating: "3237700000000") }
    }
}
