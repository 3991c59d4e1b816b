/// `Catalog_Контрагенты` of «Бухгалтерия предприятия» 3.0.
final class CounterpartySet: ODataSet {
    let name = "Catalog_Контрагенты"
    let world: World
    let orders = ODataOrders()

    init(_ world: World) { self.world = world }

    var properties: [ODataProperty] { Self.properties }
    var count: Int { world.counterparties.count }

    private static let contactProperties: [ODataProperty] =
        [
            ODataProperty("Ref_Key", .guid), ODataProperty("LineNumber", .long),
            ODataProperty("Тип"),
            ODataProperty("Вид_Key", .guid, to: "Catalog_ВидыКонтактнойИнформации"),
            ODataProperty("Представление"),
        ]
        + [
            "ЗначенияПолей", "Страна", "Регион", "Город", "АдресЭП", "ДоменноеИмяСервера",
            "НомерТелефона", "НомерТелефонаБезКодов",
        ].map { ODataProperty($0) }
        + [ODataProperty("ВидДляСписка_Key", .guid), ODataProperty("Значение")]

    private static func rows(_ names: String...) -> ODataProperty.Kind {
        .section(
            [ODataProperty("Ref_Key", .guid), ODataProperty("LineNumber", .long)]
                + names.map { ODataProperty($0) })
    }

    private static let properties: [ODataProperty] = [
        ODataProperty("Ref_Key", .guid), ODataProperty("DataVersion"),
        ODataProperty("DeletionMark", .boolean),
        ODataProperty("Parent_Key", .guid, to: "Catalog_Контрагенты"),
        ODataProperty("IsFolder", .boolean), ODataProperty("Code"), ODataProperty("Description"),
        ODataProperty("НаименованиеПолное"), ODataProperty("ОбособленноеПодразделение", .boolean),
        ODataProperty("ЮридическоеФизическоеЛицо"),
        ODataProperty("СтранаРегистрации_Key", .guid, to: "Catalog_СтраныМира"),
        ODataProperty("ГоловнойКонтрагент_Key", .guid, to: "Catalog_Контрагенты"),
        ODataProperty("ИНН"), ODataProperty("КПП"), ODataProperty("КодПоОКПО"),
        ODataProperty("ДокументУдостоверяющийЛичность"),
        ODataProperty("ОсновнойБанковскийСчет_Key", .guid),
        ODataProperty("УдалитьОсновнойДоговорКонтрагента_Key", .guid),
        ODataProperty("ОсновноеКонтактноеЛицо_Key", .guid), ODataProperty("Комментарий"),
        ODataProperty("ДополнительнаяИнформация"), ODataProperty("УдалитьЮрФизЛицо"),
        ODataProperty("ИННВведенКорректно", .boolean),
        ODataProperty("КППВведенКорректно", .boolean),
        ODataProperty("РасширенноеПредставлениеИНН"), ODataProperty("РасширенноеПредставлениеКПП"),
        ODataProperty("НалоговыйНомер"), ODataProperty("РегистрационныйНомер"),
        ODataProperty("ГосударственныйОрган", .boolean), ODataProperty("ВидГосударственногоОргана"),
        ODataProperty("КодГосударственногоОргана"), ODataProperty("СвидетельствоСерияНомер"),
        ODataProperty("СвидетельствоДатаВыдачи", .moment),
        ODataProperty("ДатаРегистрации", .moment),
        ODataProperty("ДатаСоздания", .moment),
        ODataProperty("КонтактнаяИнформация", .section(contactProperties)),
        ODataProperty(
            "ДополнительныеРеквизиты", rows("Свойство_Key", "Значение", "ТекстоваяСтрока")),
        ODataProperty("ИсторияКПП", rows("КПП", "Период")),
        ODataProperty("ИсторияНаименований", rows("НаименованиеПолное", "Период")),
        ODataProperty("ИсторияКонтактнойИнформации", rows("Период", "Представление")),
        ODataProperty("Predefined", .boolean), ODataProperty("PredefinedDataName"),
    ]

    func value(_ column: Int, at row: Int) -> ODataValue {
        let record = world.counterparties[row]
        let isFolder = record.flags.contains(.folder)
        // Groups have no details: null for some attributes, empty for others.
        if isFolder, (12...13).contains(column) { return .null }
        switch column {
        case 0: return .guid(record.key)
        case 1: return .string(Self.dataVersion(record.version))
        case 2: return .boolean(record.flags.contains(.deleted))
        case 3: return .guid(record.parent)
        case 4: return .boolean(isFolder)
        case 5: return .string(record.codeText)
        case 6: return .string(record.description)
        case 7: return .string(record.fullName)
        case 8: return .boolean(record.flags.contains(.branch))
        case 9:
            if isFolder { return .string("") }
            // A sole proprietor is a person here, told by his twelve digits.
            let isPerson = record.kind == .soleProprietor || record.kind == .person
            return .string(isPerson ? "ФизическоеЛицо" : "ЮридическоеЛицо")
        case 10:
            if isFolder { return .guid(.zero) }
            return .guid(record.kind == .foreign ? CountrySet.other : CountrySet.russia)
        case 11: return .guid(record.head)
        case 12, 24: return .string(record.taxID)
        case 13, 25: return .string(record.kpp)
        case 16...18: return .guid(.zero)
        case 19: return .string(record.comment)
        // The verdict of the day when the card was written: stale, and always well-meaning.
        case 22, 23: return .boolean(!isFolder)
        case 26: return .string(record.foreignTaxNumber)
        case 27: return .string(record.registrationNumber)
        case 28: return .boolean(false)
        case 32, 33: return .moment(0)
        case 34: return .moment(record.createdAt)
        case 35...39: return .null
        case 40: return .boolean(record.flags.contains(.predefined))
        case 41: return .string(record.flags.contains(.predefined) ? "ФизическиеЛица" : "")
        default: return .string("")
        }
    }

    func rows(ofSection column: Int, at row: Int) -> [[ODataValue]] {
        guard column == 35 else { return [] }
        let record = world.counterparties[row]
        var rows: [[ODataValue]] = []
        func add(_ kind: ContactKindSet.Kind, _ type: String, _ text: String, city: String = "") {
            let isAddress = type == "Адрес"
            let isEmail = type == "АдресЭлектроннойПочты"
            let isPhone = type == "Телефон"
            var value = ByteWriter(capacity: text.utf8.count + 64)
            value.raw("{\"value\":")
            value.string(text)
            value.raw(",\"type\":\"\(type)\"}")
            rows.append([
                .guid(record.key), .long(Int64(rows.count + 1)), .string(type), .guid(kind.key),
                .string(text), .string(""), .string(isAddress ? "РОССИЯ" : ""), .string(""),
                .string(city), .string(isEmail ? text : ""),
                .string(isEmail ? String(text.split(separator: "@").last ?? "") : ""),
                .string(isPhone ? text.filter(\.isNumber) : ""), .string(""), .guid(.zero),
                .string(value.text),
            ])
        }
        if let address = record.address, record.kind != .foreign {
            let city = PlaceStock.cities[Int(address.city)].name
            let isPerson = record.kind == .person || record.kind == .soleProprietor
            add(
                isPerson ? .personAddress : .legalAddress, "Адрес",
                address.line(notation: record.addressNotation), city: city)
            if record.code % 5 == 0 {
                add(.actualAddress, "Адрес", address.line(notation: 2), city: city)
            }
        }
        if let phone = record.phone { add(.phone, "Телефон", phone.text) }
        if let phone = record.secondPhone { add(.mobile, "Телефон", phone.text) }
        if !record.email.isEmpty { add(.email, "АдресЭлектроннойПочты", record.email) }
        return rows
    }

    func presentation(at row: Int) -> String { world.counterparties[row].description }

    /// Eight bytes that count the writes, in base64.
    private static func dataVersion(_ version: UInt32) -> String {
        let bytes = (0..<4).map { UInt8(truncatingIfNeeded: version >> UInt32(24 - 8 * $0)) }
        return Base64.encoded(bytes + [0, 0, 0, 0])
    }
}
