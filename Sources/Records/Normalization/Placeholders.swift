/// What people type where there is nothing to say: «нет», «0», «б/н», test@…, «Частное лицо».
///
/// Two records that both say so have nothing in common; in a code, they would pass for the same goods.
package enum Placeholders {
    /// Whether the characters of a ``CodeText`` stand for no code: nought, however many, or a word.
    package static func isCode(_ characters: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = characters.first else { return true }
        let zero = UInt8(ascii: "0")
        if first == zero { return characters.allSatisfy { $0 == zero } }
        return characters.count <= codes.longest && codes.contains(characters)
    }

    /// Whether an address in lower case is nobody's: `test@…`, `no@…`, `…@example.com`.
    package static func isEmail(_ address: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let at = address.firstIndex(of: UInt8(ascii: "@")) else { return false }
        return localParts.contains(UnsafeBufferPointer(rebasing: address[..<at]))
            || domains.contains(UnsafeBufferPointer(rebasing: address[(at + 1)...]))
    }

    /// Whether the digits of a telephone are those of nobody's: the seven last are noughts.
    package static func isPhone(_ digits: UnsafeBufferPointer<UInt8>) -> Bool {
        digits.count >= 7 && digits.suffix(7).allSatisfy { $0 == UInt8(ascii: "0") }
    }

    /// The names and texts that say that there is none, as they are typed.
    package static let texts = lines(
        """
        нет
        нет данных
        нет названия
        нет имени
        нет наименования
        не указан
        не указана
        не указано
        не задано
        не заполнено
        не известно
        неизвестно
        неизвестный
        неизвестен
        отсутствует
        без названия
        без имени
        без наименования
        аноним
        гость
        тест
        тестовый
        тестовая запись
        тестовый контрагент
        частное лицо
        частный клиент
        физлицо
        физ лицо
        физическое лицо
        физические лица
        юрлицо
        юр лицо
        юридическое лицо
        покупатель
        розничный покупатель
        розничные покупатели
        розничный клиент
        конечный покупатель
        разовый покупатель
        разовый клиент
        случайный покупатель
        новый клиент
        новый контакт
        новый лид
        новая компания
        клиент
        контрагент
        none
        null
        nil
        n a
        na
        no name
        noname
        unknown
        unnamed
        not available
        not specified
        not provided
        untitled
        test
        test test
        guest
        anonymous
        customer
        new customer
        private person
        retail customer
        """)

    /// What stands for no code beside nought.
    private static let codes = Words(
        lines(
            """
            нет
            нету
            нет данных
            нет кода
            нет артикула
            нет штрихкода
            нет номера
            без номера
            без артикула
            без кода
            без штрихкода
            б/н
            б/а
            б/к
            не указан
            не указано
            не задан
            не задано
            не известно
            неизвестно
            отсутствует
            none
            null
            nil
            n/a
            nan
            undefined
            unknown
            test
            тест
            xxx
            xxxx
            """
        ).map { CodeText($0).characters })

    private static let localParts = Words(
        lines(
            """
            test
            test1
            test123
            testtest
            no
            none
            noemail
            no-email
            nomail
            no-mail
            net
            nope
            null
            example
            asd
            asdf
            qwe
            qwerty
            aaa
            111
            123
            1234
            12345
            123456
            1
            0
            """))

    private static let domains = Words(
        lines(
            """
            example.com
            example.org
            example.net
            test.ru
            test.com
            test.test
            no.no
            net.net
            none.com
            none.ru
            noemail.ru
            noemail.com
            mail.mail
            """))

    private static func lines(_ text: String) -> [String] {
        text.split(separator: "\n").map(String.init)
    }

    /// Short texts, told by their hashes.
    private struct Words: Sendable {
        private let hashes: Set<UInt64>
        let longest: Int

        init(_ words: [String]) {
            hashes = Set(
                words.map { word in
                    var word = word
                    return word.withUTF8(TextHash.of)
                })
            longest = words.reduce(0) { max($0, $1.utf8.count) }
        }

        func contains(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
            text.count <= longest && hashes.contains(TextHash.of(text))
        }
    }
}
