import Records
import Testing

@Suite("E-mail addresses")
struct EmailAddressTests {
    @Test(
        "one address has one reading",
        arguments: [
            "info@romashka.ru", "INFO@Romashka.RU", " info@romashka.ru ", "mailto:info@romashka.ru",
            "\"Ромашка\" <info@romashka.ru>", "<info@romashka.ru>", "info@romashka.ru.",
            "info@romashka.ru;", "info @ romashka.ru", "\u{FEFF}info@romashka.ru\u{A0}",
            "infо@rоmashka.ru",  // Cyrillic о
            "MAILTO:INFO@ROMASHKA.RU",
        ])
    func reading(text: String) {
        #expect(EmailAddress(text)?.description == "info@romashka.ru")
    }

    @Test(
        "what is no address is none",
        arguments: [
            "", "нет", "-", "info", "@romashka.ru", "info@", "info@romashka", "info@.ru",
            "info@romashka..", "a@b@c.ru", "@", "...", "<>",
        ])
    func none(text: String) {
        #expect(EmailAddress(text) == nil)
        #expect(EmailAddress.all(in: text).isEmpty)
    }

    @Test(
        "a cell of several addresses gives each once",
        arguments: [
            "a@b.ru, c@d.ru", "a@b.ru;c@d.ru;a@b.ru", "a@b.ru c@d.ru", "a@b.ru\nc@d.ru",
            "a@b.ru\r\nc@d.ru", "нет; a@b.ru; c@d.ru",
        ])
    func several(text: String) {
        #expect(EmailAddress.all(in: text).map(\.description) == ["a@b.ru", "c@d.ru"])
    }

    @Test("the part before the @ and the domain are told apart")
    func parts() throws {
        let address = try #require(EmailAddress("Ivan.Petrov+1c@Mail.Romashka.RU"))
        #expect(address.localPart == "ivan.petrov+1c")
        #expect(address.domain == "mail.romashka.ru")
        #expect(try #require(EmailAddress("a@b.ru")) < address)
    }
}
