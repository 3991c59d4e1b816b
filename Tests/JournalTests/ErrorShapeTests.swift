import Testing

@testable import Journal

@Suite("Shape of an error message")
struct ErrorShapeTests {
    private func shape(_ message: String, keeping: Set<[UInt8]> = []) -> String {
        var shape = ErrorShape(keeping: keeping)
        var message = message
        message.withUTF8 { shape.read($0, after: UnsafeBufferPointer(start: nil, count: 0)) }
        return shape.written
    }

    @Test(
        "takes out what differs from case to case",
        arguments: [
            ("Объект 42 не найден", "объект # не найден"),
            ("Сумма 1 234,56 за 2024-01-15T10:30:00+03:00", "сумма # за #"),
            ("Сумма 1\u{A0}234,56 руб.", "сумма # руб."),
            ("Ref 5f2b3c4d-0000-11ee-abcd-deadbeefcafe gone", "ref # gone"),
            ("Поле \"ИНН\" не заполнено", "поле «…» не заполнено"),
            ("Контрагент «ООО «Рога и копыта»» уже есть", "контрагент «…» уже есть"),
            ("The Requisite with ID '27' is not found", "the requisite with id «…» is not found"),
            ("Письмо на ivanov.i@mail.ru не ушло", "письмо на @ не ушло"),
            ("POST https://a.bitrix24.ru/rest/1/abcdefgh/crm.deal.add failed", "post url failed"),
            ("Ошибка<br>\r\n  обмена\t ", "ошибка обмена"),
            ("ЁЛКА Ещё", "елка еще"),
            ("1С и 1C остаются", "1с и 1c остаются"),
            ("couldn't connect", "couldn't connect"),
            ("Не закрыта \"кавычка", "не закрыта \"кавычка"),
            (
                #"{"error":"QUERY_LIMIT","error_description":"Too many"}"#,
                #"{"error":"query_limit","error_description":«…»}"#
            ),
        ])
    func takesOut(message: String, expected: String) {
        #expect(shape(message) == expected)
    }

    @Test(
        "has no name of a person",
        arguments: [
            (
                "Контакт не найден: Петрова Анна Сергеевна (договор)",
                "контакт не найден: … (договор)"
            ),
            ("Исполнитель Иванов И.И. уволен", "….  уволен"),
            ("не найден Иванов И. И.", "не найден …."),
        ])
    func names(message: String, expected: String) {
        #expect(shape(message) == expected.replacing("  ", with: " "))
    }

    @Test("keeps the numbers that rules ask for, and only alone")
    func keptNumbers() {
        let kept: Set<[UInt8]> = [Array("503".utf8)]
        #expect(shape("HTTP/1.1 503 Service", keeping: kept) == "http/# 503 service")
        #expect(shape("Заказ 12-503", keeping: kept) == "заказ #")
        #expect(shape("HTTP 502", keeping: kept) == "http #")
    }

    @Test("is bounded, however long the message is, and never cuts a letter")
    func bounded() {
        let long = shape(String(repeating: "ы ", count: 5_000_000))
        #expect(long.utf8.count <= 243)
        #expect(long.hasSuffix("…") && !long.contains("\u{FFFD}"))
    }

    @Test("of bytes that are no UTF-8 does not fail")
    func brokenBytes() {
        var shape = ErrorShape(keeping: [])
        for bytes in [[0xD0], [0xC2], [0xE2, 0x80], [0x22, 0xD1], [0xFF, 0x31, 0x40, 0xD0]]
            as [[UInt8]]
        {
            bytes.withUnsafeBufferPointer {
                shape.read($0, after: UnsafeBufferPointer(start: nil, count: 0))
            }
            #expect(shape.text.count <= bytes.count + 4)
        }
    }
}
