@testable import RecordLinkage
import Records
import TestSupport
import Testing

/// What is read where it stands against the types that read the same with care.
@Suite("Identifiers read plainly")
struct IdentifierReadingTests {
    @Test("telephone numbers are those that PhoneNumber reads", arguments: (0 as UInt64)..<20)
    func phones(seed: UInt64) {
        var random = SeededNumbers(seed: seed)
        let pieces = [
            "8", "7", "+7", "+", "810", "495", "(", ")", " ", "-", "1", "2", "00", "доб. 3", ", ",
            "#4", "x", "1234567890", "12345", "495 123-45-67", " и ", "8 916 765-43-21", "000000",
        ]
        for _ in 0..<500 {
            let text = (0..<1 + random.below(12)).map { _ in random.one(of: pieces) }.joined()
            #expect(
                read(text, .phone)
                    == PhoneNumber.all(in: text, keepsDesks: true)
                    .filter { !$0.digits.hasSuffix("0000000") }
                    .flatMap { phone in
                        [Reading(phone.digits, phone.isComplete)]
                            + [phone.extensionDigits].compactMap(\.self).map {
                                Reading("\(phone.digits)#\($0)", phone.isComplete)
                            }
                    })
        }
    }

    @Test("an extension is read beside its number")
    func extensions() {
        #expect(
            read("8 495 123-45-67 доб. 12", .phone).map(\.text)
                == ["4951234567", "4951234567#12"])
        #expect(read("8 495 123-45-67 с 9 до 18", .phone).map(\.text) == ["4951234567"])
        #expect(read("8 900 000-00-00 доб. 12", .phone).isEmpty)
    }

    @Test("each desk of a number is read")
    func desks() {
        let read = read("8 495 123-45-67 доб. 1 / 8 495 123-45-67 доб. 2", .phone)
        #expect(Set(read.map(\.text)) == ["4951234567", "4951234567#1", "4951234567#2"])
    }

    @Test(
        "in a free text a number may be an order's: an ИНН has its label, a telephone is whole",
        arguments: [
            ("Заказ 4500123457", .phone, nil, "4500123457"),
            ("Заказ 7707083893", .taxID, nil, "7707083893"),
            ("Заказ 7736050003, ИНН 7707083893", .taxID, "7707083893", "7736050003"),
            ("ИНН 7707083894", .taxID, nil, nil),
            ("звонить 8 (495) 123-45-67", .phone, "4951234567", "4951234567"),
            ("Заказ 4500123457, звонить 9161234567", .phone, "9161234567", "4500123457"),
            ("тел. 495 123-45-67", .phone, "4951234567", "4951234567"),
        ] as [(String, FieldType, String?, String?)])
    func within(text: String, type: FieldType, inFreeText: String?, inName: String?) {
        func within(isFreeText: Bool) -> String? {
            var text = text
            return text.withUTF8 { bytes in
                var found: String?
                IdentifierReading.readWithin(bytes, type, isFreeText: isFreeText) { value, _ in
                    found = String(decoding: value, as: UTF8.self)
                }
                return found
            }
        }
        #expect(within(isFreeText: true) == inFreeText)
        #expect(within(isFreeText: false) == inName)
    }

    @Test("e-mail addresses are those that EmailAddress reads", arguments: (0 as UInt64)..<20)
    func emails(seed: UInt64) {
        var random = SeededNumbers(seed: seed)
        let pieces = ["info", "A", "@", ".", ".ru", "-", "_", "é", ";", " ", "Ы", "mail.com"]
        for _ in 0..<500 {
            let text = (0..<1 + random.below(9)).map { _ in random.one(of: pieces) }.joined()
            #expect(
                read(text, .email)
                    == EmailAddress.all(in: text).map { Reading($0.description, true) })
        }
    }

    @Test(
        "what is typed where there is none is none",
        arguments: [
            ("нет", .code), ("0", .code), ("000", .code), ("б/н", .code), ("Б/Н", .code),
            ("-", .code),
            ("N/A", .code), ("нет данных", .code), ("test@romashka.ru", .email),
            ("NO@no.no", .email), ("a@example.com", .email), ("8 900 000-00-00", .phone),
            ("1234567890", .phone), ("00", .text),
        ] as [(String, FieldType)])
    func placeholders(text: String, type: FieldType) {
        #expect(read(text, type).isEmpty)
    }

    @Test(
        "what only looks like it is a value",
        arguments: [
            ("10", .code), ("0A", .code), ("нетто", .code), ("testov@romashka.ru", .email),
            ("0", .integer), ("8 900 100-00-00", .phone), ("info@test-systems.ru", .email),
        ] as [(String, FieldType)])
    func values(text: String, type: FieldType) {
        #expect(read(text, type).count == 1)
    }

    private struct Reading: Hashable {
        var text: String
        var isValid: Bool

        init(_ text: String, _ isValid: Bool) {
            self.text = text
            self.isValid = isValid
        }
    }

    private func read(_ text: String, _ type: FieldType) -> [Reading] {
        var text = text
        return text.withUTF8 { bytes in
            var readings: [Reading] = []
            IdentifierReading.read(bytes, type) { value, isValid in
                readings.append(Reading(String(decoding: value, as: UTF8.self), isValid))
            }
            return readings
        }
    }
}
