/// An item of `Catalog_ВидыКонтактнойИнформации`: what a row of contact information is.
enum ContactKind: Int, CaseIterable, Sendable {
    case legalAddress, personAddress, actualAddress, phone, mobile, email
    case personPhone, personMobile, personEmail, userPhone, userEmail

    /// The reference, the same in every world.
    var key: GUID { GUID(seed: 0xC047AC7, of: UInt64(rawValue)) }

    var title: String {
        switch self {
        case .legalAddress: "Юридический адрес"
        case .personAddress: "Адрес по прописке"
        case .actualAddress: "Фактический адрес"
        case .phone, .userPhone: "Телефон"
        case .mobile, .personMobile: "Мобильный телефон"
        case .personPhone: "Рабочий телефон"
        case .email, .personEmail, .userEmail: "Электронная почта"
        }
    }

    var predefinedName: String {
        switch self {
        case .legalAddress: "ЮрАдресКонтрагента"
        case .personAddress: "АдресПоПропискеКонтрагента"
        case .actualAddress: "ФактАдресКонтрагента"
        case .phone: "ТелефонКонтрагента"
        case .mobile: "МобильныйТелефонКонтрагента"
        case .email: "EmailКонтрагента"
        case .personPhone: "ТелефонКонтактногоЛица"
        case .personMobile: "МобильныйТелефонКонтактногоЛица"
        case .personEmail: "EmailКонтактногоЛица"
        case .userPhone: "ТелефонПользователя"
        case .userEmail: "EmailПользователя"
        }
    }

    var type: String {
        switch self {
        case .legalAddress, .personAddress, .actualAddress: "Адрес"
        case .email, .personEmail, .userEmail: "АдресЭлектроннойПочты"
        default: "Телефон"
        }
    }
}

/// A row of a section `КонтактнаяИнформация`.
struct ContactRow: Sendable {
    var kind: ContactKind
    /// What a person reads.
    var text: String
    /// Of an address.
    var city = ""

    /// The section's columns.
    static func describe(_ list: inout ColumnList<ContactRow>) {
        list.string("Тип", \.kind.type)
        list.reference("Вид", to: "Catalog_ВидыКонтактнойИнформации", \.kind.key)
        list.string("Представление", \.text)
        list.string("ЗначенияПолей") { _ in "" }
        list.string("Страна") { $0.kind.type == "Адрес" ? "РОССИЯ" : "" }
        list.string("Регион") { _ in "" }
        list.string("Город", \.city)
        list.string("АдресЭП") { $0.isEmail ? $0.text : "" }
        list.string("ДоменноеИмяСервера") {
            $0.isEmail ? String($0.text.split(separator: "@").last ?? "") : ""
        }
        list.string("НомерТелефона") { $0.kind.type == "Телефон" ? $0.text.filter(\.isNumber) : "" }
        list.blank("НомерТелефонаБезКодов ВидДляСписка_Key ДействуетС:t")
        list.string("Значение", \.json)
    }

    private var isEmail: Bool { kind.type == "АдресЭлектроннойПочты" }

    /// The newer form of a value.
    private var json: String {
        var value = ByteWriter(capacity: text.utf8.count + 64)
        value.raw("{\"value\":")
        value.string(text)
        value.raw(",\"type\":\"\(kind.type)\"}")
        return value.text
    }
}

extension ColumnList {
    /// `КонтактнаяИнформация`.
    mutating func contacts(_ rows: @escaping @Sendable (Record) -> [ContactRow]) {
        section("КонтактнаяИнформация", rows, ContactRow.describe)
    }

    /// `ДополнительныеРеквизиты`, which nobody fills.
    mutating func additionalFields() {
        section("ДополнительныеРеквизиты", { _ in [Never]() }) {
            $0.blank("Свойство_Key Значение:c ТекстоваяСтрока")
        }
    }
}
