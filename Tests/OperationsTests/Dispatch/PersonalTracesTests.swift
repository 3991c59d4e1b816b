import Testing

@testable import Operations

@Suite("Personal traces")
struct PersonalTracesTests {
    @Test(
        "are shortened",
        arguments: [
            ("Письмо на ivanov.p@example.ru не ушло", "Письмо на i•••@example.ru не ушло"),
            ("Звонить +7 (912) 345-67-89 утром", "Звонить ••• 89 утром"),
            ("тел. 8 912 345 67 89", "тел. ••• 89"), ("тел. 89123456789.", "тел. ••• 89."),
            ("+49 30 1234567", "••• 67"), ("почта@пример.рф", "п•••@пример.рф"),
        ])
    func masked(text: String, expected: String) {
        #expect(PersonalTraces.masked(text) == expected)
    }

    @Test(
        "are not seen in money, numbers and dates",
        arguments: [
            "под угрозой 8 912 345 678 ₽", "ИНН 7707083893", "ОГРН 1027700132195",
            "ИНН 500100732259", "212 (+14) за 23.11.2026 02:05", "@", "8 из 10",
            "счёт 40702810900000005555", "0123456789012",
        ])
    func untouched(text: String) {
        #expect(PersonalTraces.masked(text) == text)
    }
}
