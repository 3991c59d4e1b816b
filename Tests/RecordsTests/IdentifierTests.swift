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

    @Test("each wrong digit of a taxpayer number is judged as the order of the tax service does")
    func everySlip() throws {
        for text in ["7707083893", "500100732259"] {
            let digits = Array(text.utf8)
            for place in digits.indices {
                for digit in UInt8(ascii: "0")...UInt8(ascii: "9") where digit != digits[place] {
                    var changed = digits
                    changed[place] = digit
                    let wrong = String(decoding: changed, as: UTF8.self)
                    #expect(((try? TaxID(validating: wrong)) != nil) == Self.passes(changed))
                }
            }
        }
    }

    /// The check of the Federal Tax Service, written as its order puts it.
    private static func passes(_ text: [UInt8]) -> Bool {
        let digits = text.map { Int($0) - 48 }
        func sum(_ weights: [Int]) -> Int { zip(digits, weights).map(*).reduce(0, +) % 11 % 10 }
        guard digits[0] + digits[1] > 0 else { return false }
        return digits.count == 10
            ? sum([2, 4, 10, 3, 5, 9, 4, 6, 8]) == digits[9]
            : sum([7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) == digits[10]
                && sum([3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) == digits[11]
    }

    @Test(
        "what people type where there is no number is no number",
        arguments: ["", "нет", "-", "0", "0000000000", "000000000000", " ", "ИНН", "без ИНН"])
    func placeholder(text: String) {
        #expect((try? TaxID(validating: text)) == nil)
        #expect(TaxIDReading(text) == nil)
        #expect((try? OGRN(validating: text)) == nil)
        #expect(KPP(reading: text) == nil)
    }

    @Test(
        "a register number says what is wrong with it",
        arguments: [
            ("107502400051", IdentifierDefect.wrongLength), ("10750240005122", .wrongLength),
            ("", .wrongLength), ("107502400051A", .notDigits), ("123770000000017", .wrongPrefix),
            ("323770000000018", .checkDigit), ("0000000000000", .wrongPrefix),
            ("9999999999999999999999999", .wrongLength),
        ])
    func wrongOGRNs(text: String, defect: IdentifierDefect) {
        #expect(throws: defect) { try OGRN(validating: text) }
    }

    @Test(
        "a КПП is read through Cyrillic letters in place of digits",
        arguments: [
            ("77О5О1ОО1", "770501001"), ("77050100з", "770501003"), ("5017о1001", "501701001"),
            (" 770 501 001 ", "770501001"), ("9909АВ001", nil), ("1", nil), ("770501001/2", nil),
        ] as [(String, String?)])
    func readKPP(text: String, characters: String?) {
        #expect(KPP(reading: text)?.characters == characters)
    }
}
