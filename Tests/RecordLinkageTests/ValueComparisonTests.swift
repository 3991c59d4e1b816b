@testable import RecordLinkage
import Records
import Testing

@Suite("Comparing values")
struct ValueComparisonTests {
    private func level(
        _ left: String, _ right: String, _ type: FieldType, _ tolerance: ValueComparison.Tolerance
    ) -> UInt8 {
        let column = ValueColumn(
            records: recordList([left, right]), source: .init([0], [type]), threads: 1)
        let comparison = ValueComparison(
            name: "v", column: column, tolerance: tolerance, usesTermFrequency: true)
        let there = comparison.compare(0, 1, Scratch()).level
        #expect(comparison.compare(1, 0, Scratch()).level == there)
        return there
    }

    private let missing: UInt8 = 255

    @Test(
        "a taxpayer number is equal, a slip, close, or another",
        arguments: [
            ("7707083893", "77 07 083893", 0), ("7707083893", "ИНН 7707083893", 0),
            ("274123452", "0274123452", 0), ("7707083893", "7707083894", 1),
            ("7707083893", "7707083839", 1), ("7707083893", "770708389", 1),
            ("7707083893", "7707083899", 1), ("7707083893", "7706083894", 2),
            ("7707083893", "7736050003", 3), ("7707083893", "", 255), ("7707083893", "нет", 255),
            ("7707083893", "0000000000", 255), ("", "", 255),
            // One digit apart, but both pass their check digits: hardly a slip.
            ("7700000070", "2700000070", 2),
        ] as [(String, String, UInt8)])
    func taxID(left: String, right: String, expected: UInt8) {
        #expect(level(left, right, .taxID, .typingErrors) == expected)
    }

    @Test(
        "telephones: one in common is enough, an area code may be missing",
        arguments: [
            ("8 495 123-45-67", "+7 (495) 1234567", 0), ("8 495 123-45-67", "123-45-67", 2),
            ("8 495 123-45-67", "8 495 123-45-68", 1), ("8 495 123-45-67", "8 812 765-43-21", 3),
            ("8 495 123-45-67, 8 812 765-43-21", "88127654321", 0), ("8 495 123-45-67", "нет", 255),
        ] as [(String, String, UInt8)])
    func phone(left: String, right: String, expected: UInt8) {
        #expect(level(left, right, .phone, .phone) == expected)
    }

    @Test(
        "e-mails: the same name at another domain, an error, a part",
        arguments: [
            ("Info@Romashka.ru", "info@romashka.ru", 0),
            ("buhgalter@romashka.ru", "buhgalter@mail.ru", 1),
            ("ivanov@romashka.ru", "ivanow@romashka.ru", 1),
            ("ivanov@romashka.ru", "ivanov.i@romashka.ru", 2),
            ("info@romashka.ru", "info@vasilek.ru", 3),
            ("petrov@romashka.ru", "sidorova@romashka.ru", 3),
        ] as [(String, String, UInt8)])
    func email(left: String, right: String, expected: UInt8) {
        #expect(level(left, right, .email, .email) == expected)
    }

    @Test(
        "days: equal, one error or day and month swapped, some days between, different",
        arguments: [
            ("2026-01-31", "31.01.2026", 5), ("20260131", "20260131", 0),
            ("20260131", "20260137", 1),
            ("20260105", "20260501", 1), ("20260131", "20261225", 5), ("20260131", "20270131", 1),
            ("19990131", "20260131", 4), ("19990131", "20261225", 5), ("20251231", "20260101", 1),
            ("20260228", "20260301", 1), ("20251228", "20260104", 2), ("20251215", "20260114", 3),
            ("20251231", "20250101", 5), ("20250107", "20251225", 5), ("20260399", "20260301", 4),
        ] as [(String, String, UInt8)])
    func date(left: String, right: String, expected: UInt8) {
        #expect(level(left, right, .text, .date) == expected)
    }

    @Test("a КПП is equal or not, what is typed for none says nothing")
    func kpp() {
        #expect(level("770501001", "77О501001", .kpp, .none) == 0)
        #expect(level("770501001", "770501002", .kpp, .none) == 1)
        #expect(level("770501001", "000000000", .kpp, .none) == missing)
        #expect(level("770501001", "-", .kpp, .none) == missing)
    }

    @Test("agreement on a rare value tells more than on a frequent one")
    func rarity() {
        let texts = ["7707083893", "7707083893"] + [String](repeating: "7736050003", count: 30)
        let column = ValueColumn(
            records: recordList(texts), source: .init([0], [.taxID]), threads: 1)
        let comparison = ValueComparison(
            name: "v", column: column, tolerance: .none, usesTermFrequency: true)
        let rare = comparison.compare(0, 1, Scratch()).information
        #expect(rare > comparison.compare(2, 3, Scratch()).information)
        let plain = ValueComparison(
            name: "v", column: column, tolerance: .none, usesTermFrequency: false)
        #expect(plain.compare(0, 1, Scratch()).information == Outcome.plain)
    }

    @Test("numbers agree by their relative difference; texts with currency signs count")
    func numbers() {
        let values: [FieldValue?] = [
            .quantity(Quantity(units: 1000, scale: 1)), .integer(100), .text("100,5 ₽"),
            .money(Money(minorUnits: 9_800)), .text("дорого"), nil, .integer(0), .integer(-100),
        ]
        let records = RecordList(
            left: values.enumerated().map { Record(id: RecordID("\($0 + 1)"), fields: [$1]) },
            right: [])
        let comparison = NumberComparison(name: "n", records: records, field: 0, thresholds: [])
        let scratch = Scratch()
        #expect(comparison.compare(0, 1, scratch).level == 0)
        #expect(comparison.compare(0, 2, scratch).level == 1)
        #expect(comparison.compare(0, 3, scratch).level == 2)
        #expect(comparison.compare(0, 4, scratch).level == missing)
        #expect(comparison.compare(0, 5, scratch).level == missing)
        #expect(comparison.compare(0, 6, scratch).level == 5)
        #expect(comparison.compare(6, 6, scratch).level == 0)
        #expect(comparison.compare(1, 7, scratch).level == 5)
    }

    @Test(
        "the same number in another currency is another amount; where one names none it is not",
        arguments: [
            ("100 USD", "100 RUB", 5), ("100 USD", "100 USD", 0), ("100 USD", "100", 0),
            ("100 ₽", "100 RUB", 0), ("$100", "€100", 5), ("100 RUR", "100 RUB", 0),
            ("100 QQQ", "100 RUB", 0), ("100 XXX", "100 RUB", 5), ("100 XXX", "100", 0),
            ("100 XXX", "100 XXX", 0), ("100 € USD", "100 USD", 0),
        ] as [(String, String, UInt8)])
    func currencies(left: String, right: String, expected: UInt8) {
        let comparison = NumberComparison(
            name: "n", records: recordList([left, right]), field: 0, thresholds: [])
        #expect(comparison.compare(0, 1, Scratch()).level == expected)
        #expect(comparison.compare(1, 0, Scratch()).level == expected)
    }

    @Test("an amount is shown with its currency")
    func amountText() {
        let comparison = NumberComparison(
            name: "n", records: recordList(["$100", "7.5"]), field: 0, thresholds: [])
        #expect(comparison.normalizedText(0) == "100.0 USD")
        #expect(comparison.normalizedText(1) == "7.5")
    }
}
