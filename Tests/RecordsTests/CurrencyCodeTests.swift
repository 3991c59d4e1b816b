import Records
import Testing

@Suite("Currency codes")
struct CurrencyCodeTests {
    @Test(
        "letters, numbers and marks of one currency are the same",
        arguments: [
            ("RUB", "RUB"), ("643", "RUB"), ("руб.", "RUB"), ("RUR", "RUB"), ("810", "RUB"),
            ("₽", "RUB"), ("руб|RUB", "RUB"), ("usd", "USD"), ("840", "USD"), ("$", "USD"),
            ("978", "EUR"), ("Евро", "EUR"), ("156", "CNY"), ("036", "AUD"), ("398", "KZT"),
        ])
    func reads(text: String, code: String) {
        #expect(CurrencyCode.reading(text) == code)
    }

    @Test(
        "a unit of account and a reference are no currency", arguments: ["у.е.", "998", "", "XXX"])
    func refuses(text: String) {
        #expect(CurrencyCode.reading(text) == nil)
    }
}
