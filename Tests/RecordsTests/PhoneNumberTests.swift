import Records
import Testing

@Suite("Telephone numbers")
struct PhoneNumberTests {
    @Test(
        "one number has one reading",
        arguments: [
            "8 (495) 123-45-67", "+7 495 123-45-67", "74951234567", "84951234567", "4951234567",
            "+7(495)123-45-67 доб. 12", "8-495-123-45-67 (вн. 305)", "8 495 1234567 ext 9",
            "8 495 123 45 67 #123", "+7\u{A0}495\u{A0}123\u{2011}45\u{2011}67", "+7 8 495 1234567",
            "тел.: 8 495 123-45-67", "\u{200B}+74951234567\u{0}",
        ])
    func national(text: String) {
        #expect(PhoneNumber(text)?.digits == "4951234567")
    }

    @Test(
        "other numbers keep what they have",
        arguments: [
            ("123-45-67", "1234567"), ("+375 29 123-45-67", "375291234567"),
            ("8 10 375 29 1234567", "375291234567"), ("8-800-555-35-35", "8005553535"),
            ("+1 (212) 555-01-23", "12125550123"), ("+86 755 1234 5678", "8675512345678"),
        ])
    func others(text: String, digits: String) {
        #expect(PhoneNumber(text)?.digits == digits)
    }

    @Test(
        "an extension is kept beside the number that it belongs to",
        arguments: [
            ("+7(495)123-45-67 доб. 12", "12"), ("8-495-123-45-67 (вн. 305)", "305"),
            ("8 495 1234567 ext 9", "9"), ("8 495 123 45 67 #123", "123"),
            ("8 495 1234567x42", "42"), ("8 495 123-45-67", nil), ("8 495 1234567 с 9 до 18", nil),
            ("8 495 123-45-67 доб. Иван 5", nil), ("8 495 1234567 вн 89161234567", nil),
        ] as [(String, String?)])
    func extensions(text: String, digits: String?) {
        #expect(PhoneNumber(text)?.extensionDigits == digits)
        #expect(PhoneNumber(text) == PhoneNumber("84951234567"))
    }

    @Test(
        "what is no number is none",
        arguments: [
            "", "нет", "-", "0", "1234", "0000000000", "+7", "0-0-0-0-0-0", "1111111111",
            "1234567890123456", "12345", "1234567", "1234567890", "доб. 12", "٠١٢٣٤٥٦٧٨٩",
        ])
    func none(text: String) {
        #expect(PhoneNumber(text) == nil)
        #expect(PhoneNumber.all(in: text).isEmpty)
    }

    @Test(
        "a cell of several numbers gives each once",
        arguments: [
            ("8 495 123-45-67, +7 (495) 765-43-21", ["4951234567", "4957654321"]),
            ("84951234567;84957654321", ["4951234567", "4957654321"]),
            ("84951234567\n84957654321", ["4951234567", "4957654321"]),
            ("84951234567\r\n84957654321", ["4951234567", "4957654321"]),
            ("8 495 123-45-67 доб. 1 / 8 495 123-45-67 доб. 2", ["4951234567"]),
            ("8 (495) 123-45-67/68", ["4951234567"]), ("нет, 84951234567", ["4951234567"]),
            ("8 495,123,45,67", ["4951234567"]),
            ("8 495 123-45-67 8 916 765-43-21", ["4951234567", "9167654321"]),
            ("84951234567 89167654321", ["4951234567", "9167654321"]),
            ("812 123-45-67 812 765-43-21", ["8121234567", "8127654321"]),
            ("+7 495 123 45 67 +7 916 765 43 21", ["4951234567", "9167654321"]),
            ("8 495 123-45-67 и 8 916 765-43-21", ["4951234567", "9167654321"]),
            ("8 495 123-45-67 или доб. 5", ["4951234567"]),
            (
                "8 495 123-45-67 и 8 916 765-43-21, 22-33-44",
                ["4951234567", "9167654321", "223344"]
            ),
        ])
    func several(text: String, digits: [String]) {
        #expect(PhoneNumber.all(in: text).map(\.digits) == digits)
    }

    @Test(
        "an extension that stands apart belongs to the number before it; each desk is kept",
        arguments: [
            (
                "8 495 123-45-67 доб. 1 / 8 495 123-45-67 доб. 2",
                ["4951234567#1", "4951234567#2"]
            ),
            ("8 495 123-45-67, доб. 305", ["4951234567#305"]),
            ("8 495 123-45-67, доб. 70123", ["4951234567#70123"]),
            ("8 495 123-45-67 (доб. 1, доб. 2)", ["4951234567#1", "4951234567#2"]),
            ("8 495 123-45-67, доб. 305 с 10:00", ["4951234567#305"]),
            ("8 495 123-45-67 или доб. 5", ["4951234567#5"]),
            ("8 495 123-45-67, 22-33-44, вн. 5", ["4951234567", "223344#5"]),
            ("8 495 123-45-67, доп. 8 916 765-43-21", ["4951234567", "9167654321"]),
            ("8 495 123-45-67, 8 495 123-45-67", ["4951234567"]),
        ])
    func desks(text: String, expected: [String]) {
        let numbers = PhoneNumber.all(in: text, keepsDesks: true)
        #expect(
            numbers.map { number in
                number.digits + (number.extensionDigits.map { "#\($0)" } ?? "")
            } == expected)
        // Who does not ask for desks has each number once.
        #expect(Set(numbers).count == PhoneNumber.all(in: text).count)
    }

    @Test("a number says what it is")
    func kinds() throws {
        let mobile = try #require(PhoneNumber("8 916 123-45-67"))
        let short = try #require(PhoneNumber("123-45-67"))
        #expect(mobile.isMobile && mobile.isComplete)
        #expect(!short.isMobile && !short.isComplete)
        #expect(short < mobile)
        #expect(mobile.description == "9161234567")
    }
}
