import Records
import Testing

@Suite("Reading taxpayer numbers")
struct TaxIDReadingTests {
    @Test(
        "a number is read through what people type around it",
        arguments: [
            ("7707083893", "7707083893", false), (" 77 07 083893 ", "7707083893", false),
            ("77\u{A0}07\u{202F}083893", "7707083893", false),
            ("ИНН 7707083893", "7707083893", true), ("ИНН:7707083893;", "7707083893", true),
            ("77-07-083893", "7707083893", true), ("'7707083893", "7707083893", true),
            ("77О7О8З893", "7707083893", true),  // Cyrillic О and З
            ("77O7083893", "7707083893", true),  // Latin O
            ("274123452", "0274123452", true),  // a spreadsheet took the zero
            ("56212345610", "056212345610", true),
            ("7707083893 ООО Ромашка", "7707083893", true),
        ])
    func repaired(text: String, digits: String, isRepaired: Bool) throws {
        let reading = try #require(TaxIDReading(text))
        #expect(reading.taxID?.digits == digits)
        #expect(reading.digits == digits)
        #expect(reading.isRepaired == isRepaired)
    }

    @Test(
        "a КПП in the same field is read as well",
        arguments: [
            "7707083893/770701001", "7707083893 770701001", "ИНН/КПП 7707083893 / 770701001",
            "7707083893\\770701001",
        ])
    func withKPP(text: String) throws {
        let reading = try #require(TaxIDReading(text))
        #expect(reading.taxID?.digits == "7707083893")
        #expect(reading.kpp?.characters == "770701001")
    }

    @Test(
        "a wrong number keeps its digits and is not valid",
        arguments: [
            ("7707083894", "7707083894"), ("770708389", "770708389"),
            ("77070838933", "77070838933"),
            ("123456789", "123456789"), ("12345", "12345"), ("0012123456", "0012123456"),
        ])
    func wrong(text: String, digits: String) throws {
        let reading = try #require(TaxIDReading(text))
        #expect(reading.taxID == nil)
        #expect(reading.digits == digits)
    }
}
