extension SetMaker {
    /// `Catalog_Контрагенты`.
    var counterparties: any ODataSet {
        let name = "Catalog_Контрагенты"
        var list = columns(name, Int32.self)
        let world = world
        let at = { @Sendable (place: Int32) in world.counterparties[Int(place)] }
        list.object(version: { at($0).version }, { at($0).key })
        list.flag("DeletionMark") { at($0).flags.contains(.deleted) }
        list.string("Description") { at($0).description }
        list.string("НаименованиеПолное") { at($0).fullName }
        // Groups have no details: null for some attributes, empty for others.
        let numbers: [(String, any KeyPath<Counterparty, String> & Sendable)] = [
            ("ИНН", \.taxID), ("КПП", \.kpp),
        ]
        for (field, value) in numbers {
            list.any(field, .string) { place in
                let record = at(place)
                return record.flags.contains(.folder) ? .null : .string(record[keyPath: value])
            }
        }
        list.string("РегистрационныйНомер") { at($0).registrationNumber }
        list.reference("СтранаРегистрации", to: "Catalog_СтраныМира") { place in
            let record = at(place)
            if record.flags.contains(.folder) { return .zero }
            return record.kind == .foreign ? Country.germany.key : Country.russia.key
        }
        list.contacts { at($0).contactRows }
        list.additionalFields()
        switch configuration {
        case .bp30: describeAccountant(&list)
        case .unf3: describeSmallFirm(&list)
        case .ut11, .erp2: describeTrade(&list)
        }
        list.predefined { at($0).flags.contains(.predefined) ? "ФизическиеЛица" : "" }
        list.presentation = { at($0).description }
        let records =
            configuration.isTrade
            ? places.counterparties : world.counterparties.indices.map { Int32($0) }
        return set(name, records, list)
    }

    private func describeTree(_ list: inout ColumnList<Int32>) {
        let world = world
        list.reference("Parent", to: "Catalog_Контрагенты") { world.counterparties[Int($0)].parent }
        list.flag("IsFolder") { world.counterparties[Int($0)].flags.contains(.folder) }
        list.string("Code") { world.counterparties[Int($0)].codeText }
        list.moment("ДатаСоздания") { world.counterparties[Int($0)].createdAt }
        list.string("Комментарий") { world.counterparties[Int($0)].comment }
    }

    private func describeAccountant(_ list: inout ColumnList<Int32>) {
        let (world, places) = (world, places)
        let at = { @Sendable (place: Int32) in world.counterparties[Int(place)] }
        describeTree(&list)
        list.flag("ОбособленноеПодразделение") { at($0).flags.contains(.branch) }
        list.string("ЮридическоеФизическоеЛицо") { place in
            let record = at(place)
            // A sole proprietor is a person here, told by his twelve digits.
            return record.flags.contains(.folder) ? "" : record.legalPerson
        }
        list.reference("ГоловнойКонтрагент", to: "Catalog_Контрагенты") { at($0).head }
        list.reference("ОсновнойБанковскийСчет", to: configuration.bankAccounts) {
            places.accountOf[at($0).key] ?? .zero
        }
        list.reference("ОсновноеКонтактноеЛицо", to: configuration.contactPersons) {
            places.personOf[at($0).key] ?? .zero
        }
        // The verdict of the day when the card was written: stale, and always well-meaning.
        list.flag("ИННВведенКорректно") { !at($0).flags.contains(.folder) }
        list.flag("КППВведенКорректно") { !at($0).flags.contains(.folder) }
        list.string("РасширенноеПредставлениеИНН") { at($0).taxID }
        list.string("РасширенноеПредставлениеКПП") { at($0).kpp }
        list.string("НалоговыйНомер") { at($0).foreignTaxNumber }
        list.blank(
            """
            КодПоОКПО ДокументУдостоверяющийЛичность УдалитьОсновнойДоговорКонтрагента_Key \
            ДополнительнаяИнформация УдалитьЮрФизЛицо ГосударственныйОрган:b \
            ВидГосударственногоОргана КодГосударственногоОргана СвидетельствоСерияНомер \
            СвидетельствоДатаВыдачи:t ДатаРегистрации:t
            """)
        describeHistory(&list)
        list.section("ИсторияКонтактнойИнформации", { _ in [Never]() }) {
            $0.blank("Период:t Тип Вид_Key Представление ЗначенияПолей")
        }
    }

    private func describeHistory(_ list: inout ColumnList<Int32>) {
        list.section("ИсторияКПП", { _ in [Never]() }) { $0.blank("Период:t КПП") }
        list.section("ИсторияНаименований", { _ in [Never]() }) {
            $0.blank("Период:t НаименованиеПолное")
        }
    }

    private func describeTrade(_ list: inout ColumnList<Int32>) {
        let world = world
        let at = { @Sendable (place: Int32) in world.counterparties[Int(place)] }
        list.flag("ОбособленноеПодразделение") { at($0).flags.contains(.branch) }
        list.string("ЮридическоеФизическоеЛицо") { at($0).legalPerson }
        list.string("ЮрФизЛицо") { at($0).kind.tradeName }
        list.reference("ГоловнойКонтрагент", to: "Catalog_Контрагенты") { at($0).head }
        list.reference("Партнер", to: "Catalog_Партнеры") { Partner.key(of: at($0)) }
        list.string("НалоговыйНомер") { at($0).foreignTaxNumber }
        // Some comments have several lines, as people paste them.
        list.string("ДополнительнаяИнформация") { place in
            let record = at(place)
            return record.code % 40 == 0 ? record.comment + "\nЗвонить после обеда" : record.comment
        }
        list.blank("НДСПоСтавкам4и2:b КодПоОКПО НаименованиеМеждународное")
        describeHistory(&list)
    }

    private func describeSmallFirm(_ list: inout ColumnList<Int32>) {
        let (world, places) = (world, places)
        let at = { @Sendable (place: Int32) in world.counterparties[Int(place)] }
        describeTree(&list)
        list.string("ВидКонтрагента") { place in
            let record = at(place)
            return record.flags.contains(.folder) ? "" : record.kind.smallFirmName
        }
        list.string("НомерТелефонаДляПоиска") { at($0).phone?.text.filter(\.isNumber) ?? "" }
        list.string("АдресЭПДляПоиска") { at($0).email }
        list.string("НалоговыйНомер") { at($0).foreignTaxNumber }
        list.flag("Покупатель") { !at($0).flags.contains(.folder) }
        list.reference("БанковскийСчетПоУмолчанию", to: configuration.bankAccounts) {
            places.accountOf[at($0).key] ?? .zero
        }
        list.reference("КонтактноеЛицо", to: configuration.contactPersons) {
            places.personOf[at($0).key] ?? .zero
        }
        list.blank("Поставщик:b ПрочиеОтношения:b Недействителен:b Ответственный_Key")
    }

    /// `Catalog_Партнеры`, of trade configurations.
    var partners: (any ODataSet)? {
        guard configuration.isTrade else { return nil }
        let name = "Catalog_Партнеры"
        var list = columns(name, Partner.self)
        list.object { $0.key }
        list.flag("DeletionMark", \.isDeleted)
        list.string("Code") { "ЦБ-" + Code.padded($0.code, 6) }
        list.string("Description", \.description)
        list.string("НаименованиеПолное", \.fullName)
        list.string("ЮрФизЛицо") {
            $0.kind == .person || $0.kind == .soleProprietor ? "ЧастноеЛицо" : "Компания"
        }
        list.flag("Клиент") { _ in true }
        list.blank(
            """
            Parent_Key Поставщик:b Конкурент:b Перевозчик:b ПрочиеОтношения:b \
            ОсновнойМенеджер_Key ГруппаДоступа_Key БизнесРегион_Key Комментарий \
            ДополнительнаяИнформация ДатаРегистрации:t ГоловнойПартнер_Key
            """)
        list.contacts { _ in [] }
        list.additionalFields()
        list.predefined()
        list.presentation = \.description
        return set(name, world.infobase.partners, list)
    }

    /// `Catalog_ДоговорыКонтрагентов`: one for each counterparty that ordered.
    var contracts: any ODataSet {
        let name = "Catalog_ДоговорыКонтрагентов"
        var list = columns(name, Contract.self)
        list.object { $0.key }
        list.flag("DeletionMark") { _ in false }
        list.reference("Owner", to: "Catalog_Контрагенты", \.owner)
        list.string("Code") { "00-" + Code.padded(UInt32($0.key.low % 1_000_000), 6) }
        list.string("Description") { _ in "Основной договор" }
        let currency = Currency.rouble.key
        list.reference("ВалютаВзаиморасчетов", to: "Catalog_Валюты") { _ in currency }
        let firm = world.infobase.firms.first?.key ?? .zero
        list.reference("Организация", to: "Catalog_Организации") { _ in firm }
        list.string("ВидДоговора") { _ in "СПокупателем" }
        list.string("СпособЗаполненияСтавкиНДС") { _ in "Автоматически" }
        list.string("ПолРуководителяКонтрагента") { _ in "Мужской" }
        list.blank(
            """
            Parent_Key IsFolder:b Комментарий ПроцентКомиссионногоВознаграждения:d \
            СпособРасчетаКомиссионногоВознаграждения ТипЦен_Key УчетАгентскогоНДС:b \
            ВидАгентскогоДоговора РасчетыВУсловныхЕдиницах:b УдалитьРеализацияНаЭкспорт:b \
            ВидВзаиморасчетов_Key Дата:t Номер СрокДействия:t УстановленСрокОплаты:b СрокОплаты:l \
            НаименованиеДляСчетаФактурыНаАванс_Key ПорядокРегистрацииСчетовФактурНаАвансПоДоговору \
            Валютный:b ОплатаВВалюте:b ИспользуетсяПриОбменеДанными:b УдалитьПредъявляетНДС:b \
            НДСПоСтавкам4и2:b Руководитель_Key ЗаРуководителяПоПриказу ДолжностьРуководителя_Key \
            РуководительКонтрагента ЗаРуководителяКонтрагентаПоПриказу \
            ДолжностьРуководителяКонтрагента ФайлДоговора_Key ДоговорПодписан:b ПлатежныйАгент:b \
            ТелефонПоставщика НаименованиеОператораПеревода ИННОператораПеревода \
            АдресОператораПеревода ТелефонОператораПеревода ТелефонПлатежногоАгента \
            ТелефонОператораПоПриемуПлатежей ОперацияПлатежногоАгента ГосударственныйКонтракт_Key \
            КодРаздел7ДекларацииНДС_Key ПризнакАгента УчетАгентскогоНДСПокупателем:b \
            СчетаФактурыОтИмениОрганизации:b ЭлектронныеУслуги:b \
            ВидОбеспеченияОбязательствИПлатежей ОбеспечениеПредоставил:c ОбеспечениеПолучил:c \
            ОбеспечениеВыданоЗа:c ДатаОплаты:t
            """)
        list.additionalFields()
        list.predefined()
        list.presentation = { _ in "Основной договор" }
        return set(name, places.contracts, list)
    }
}

extension Counterparty {
    /// `ЮридическоеФизическоеЛицо`.
    var legalPerson: String {
        kind == .soleProprietor || kind == .person ? "ФизическоеЛицо" : "ЮридическоеЛицо"
    }

    /// The rows of `КонтактнаяИнформация`.
    var contactRows: [ContactRow] {
        var rows: [ContactRow] = []
        if let address, kind != .foreign {
            let city = PlaceStock.cities[Int(address.city)].name
            let isPerson = kind == .person || kind == .soleProprietor
            rows.append(
                ContactRow(
                    kind: isPerson ? .personAddress : .legalAddress,
                    text: address.line(notation: addressNotation), city: city))
            if code % 5 == 0 {
                // Rows stand in the order in which people wrote them.
                rows.insert(
                    ContactRow(
                        kind: .actualAddress, text: address.line(notation: 2), city: city),
                    at: code % 10 == 0 ? 0 : 1)
            }
        }
        if let phone { rows.append(ContactRow(kind: .phone, text: phone.text)) }
        if let secondPhone { rows.append(ContactRow(kind: .mobile, text: secondPhone.text)) }
        if !email.isEmpty { rows.append(ContactRow(kind: .email, text: email)) }
        return rows
    }
}

extension Organization.Kind {
    /// `ЮрФизЛицо` of trade configurations.
    var tradeName: String {
        switch self {
        case .soleProprietor: "ИндивидуальныйПредприниматель"
        case .person: "ФизЛицо"
        case .foreign: "ЮрЛицоНеРезидент"
        default: "ЮрЛицо"
        }
    }

    /// `ВидКонтрагента` of «Управление нашей фирмой».
    var smallFirmName: String {
        switch self {
        case .soleProprietor: "ИндивидуальныйПредприниматель"
        case .person: "ФизическоеЛицо"
        default: "ЮридическоеЛицо"
        }
    }
}

/// Codes with zeros before them.
enum Code {
    static func padded(_ number: UInt32, _ digits: Int) -> String {
        var writer = ByteWriter(capacity: digits)
        writer.number(Int64(number), digits: digits)
        return writer.text
    }
}
