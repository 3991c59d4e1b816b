/// `Catalog_ВидыКонтактнойИнформации`: what a row of contact information is.
final class ContactKindSet: ODataSet {
    /// The kinds that counterparties use.
    enum Kind: Int, CaseIterable {
        case legalAddress, personAddress, actualAddress, phone, mobile, email

        /// The reference, the same in every world.
        var key: GUID { GUID(seed: 0xC047AC7, of: UInt64(rawValue)) }
        var title: String {
            switch self {
            case .legalAddress: "Юридический адрес"
            case .personAddress: "Адрес по прописке"
            case .actualAddress: "Фактический адрес"
            case .phone: "Телефон"
            case .mobile: "Мобильный телефон"
            case .email: "Электронная почта"
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
            }
        }
        var type: String {
            switch self {
            case .legalAddress, .personAddress, .actualAddress: "Адрес"
            case .phone, .mobile: "Телефон"
            case .email: "АдресЭлектроннойПочты"
            }
        }
    }

    let name = "Catalog_ВидыКонтактнойИнформации"
    let orders = ODataOrders()
    let properties: [ODataProperty] = [
        ODataProperty("Ref_Key", .guid), ODataProperty("DataVersion"),
        ODataProperty("DeletionMark", .boolean), ODataProperty("Parent_Key", .guid),
        ODataProperty("IsFolder", .boolean), ODataProperty("Description"), ODataProperty("Тип"),
        ODataProperty("Используется", .boolean), ODataProperty("Predefined", .boolean),
        ODataProperty("PredefinedDataName"),
    ]
    var count: Int { Kind.allCases.count }

    func value(_ column: Int, at row: Int) -> ODataValue {
        let kind = Kind.allCases[row]
        return switch column {
        case 0: .guid(kind.key)
        case 1: .string("AAAAAQAAAAA=")
        case 3: .guid(.zero)
        case 5: .string(kind.title)
        case 6: .string(kind.type)
        case 7, 8: .boolean(true)
        case 9: .string(kind.predefinedName)
        default: .boolean(false)
        }
    }

    func presentation(at row: Int) -> String { Kind.allCases[row].title }
}

/// `Catalog_СтраныМира`: two countries do.
final class CountrySet: ODataSet {
    static let russia = GUID(seed: 0xC0047, of: 643)
    static let other = GUID(seed: 0xC0047, of: 276)

    let name = "Catalog_СтраныМира"
    let orders = ODataOrders()
    let properties: [ODataProperty] = [
        ODataProperty("Ref_Key", .guid), ODataProperty("DataVersion"),
        ODataProperty("DeletionMark", .boolean), ODataProperty("Code"),
        ODataProperty("Description"), ODataProperty("НаименованиеПолное"),
        ODataProperty("КодАльфа2"), ODataProperty("Predefined", .boolean),
        ODataProperty("PredefinedDataName"),
    ]
    var count: Int { 2 }

    func value(_ column: Int, at row: Int) -> ODataValue {
        switch column {
        case 0: .guid(row == 0 ? Self.russia : Self.other)
        case 1: .string("AAAAAQAAAAA=")
        case 3: .string(row == 0 ? "643" : "276")
        case 4: .string(row == 0 ? "РОССИЯ" : "ГЕРМАНИЯ")
        case 5: .string(row == 0 ? "Российская Федерация" : "Федеративная Республика Германия")
        case 6: .string(row == 0 ? "RU" : "DE")
        case 7: .boolean(row == 0)
        case 8: .string(row == 0 ? "Россия" : "")
        default: .boolean(false)
        }
    }

    func presentation(at row: Int) -> String { row == 0 ? "РОССИЯ" : "ГЕРМАНИЯ" }
}
