/// A country of `Catalog_СтраныМира`: two do.
enum Country: Int, CaseIterable, Sendable {
    case russia = 643
    case germany = 276

    /// The reference, the same in every world.
    var key: GUID { GUID(seed: 0xC0047, of: UInt64(rawValue)) }
    var title: String { self == .russia ? "РОССИЯ" : "ГЕРМАНИЯ" }
    var fullTitle: String {
        self == .russia ? "Российская Федерация" : "Федеративная Республика Германия"
    }
}

/// A warehouse or a department, which a small firm keeps in one catalogue.
private enum StructuralUnit: Sendable {
    case warehouse(Warehouse)
    case department(String, GUID)

    var key: GUID {
        switch self {
        case .warehouse(let warehouse): warehouse.key
        case .department(_, let key): key
        }
    }

    var title: String {
        switch self {
        case .warehouse(let warehouse): warehouse.title
        case .department(let name, _): name
        }
    }
}

extension SetMaker {
    /// `Catalog_ВидыКонтактнойИнформации`.
    var contactKinds: any ODataSet {
        let name = "Catalog_ВидыКонтактнойИнформации"
        var list = columns(name, ContactKind.self)
        list.object { $0.key }
        list.flag("DeletionMark") { _ in false }
        list.blank("Parent_Key IsFolder:b")
        list.string("Description", \.title)
        list.string("Тип", \.type)
        list.flag("Используется") { _ in true }
        list.predefined(\.predefinedName)
        list.presentation = \.title
        return set(name, ContactKind.allCases, list)
    }

    /// `Catalog_СтраныМира`.
    var countries: any ODataSet {
        let name = "Catalog_СтраныМира"
        var list = columns(name, Country.self)
        list.object { $0.key }
        list.flag("DeletionMark") { _ in false }
        list.string("Code") { String($0.rawValue) }
        list.string("Description", \.title)
        list.string("НаименованиеПолное", \.fullTitle)
        list.string("КодАльфа2") { $0 == .russia ? "RU" : "DE" }
        list.predefined { $0 == .russia ? "Россия" : "" }
        list.presentation = \.title
        return set(name, Country.allCases, list)
    }

    /// `Catalog_Валюты`.
    var currencies: any ODataSet {
        let name = "Catalog_Валюты"
        var list = columns(name, Currency.self)
        list.object { $0.key }
        list.flag("DeletionMark") { _ in false }
        list.string("Code") { String($0.rawValue) }
        list.string("Description", \.symbol)
        list.string("НаименованиеПолное", \.title)
        list.blank(
            """
            ЗагружаетсяИзИнтернета:b Наценка:d ОсновнаяВалюта_Key ПараметрыПрописи \
            ФормулаРасчетаКурса СпособУстановкиКурса
            """)
        list.predefined()
        list.presentation = \.symbol
        return set(name, Currency.allCases, list)
    }

    /// The units of measure, by the codes of ОКЕИ.
    var units: any ODataSet {
        let name = configuration.units
        let isTrade = configuration.isTrade
        var list = columns(name, Measure.self)
        list.object { $0.key }
        list.flag("DeletionMark") { _ in false }
        // The code has a fixed length in trade configurations: a space fills it up.
        list.string("Code") { isTrade ? $0.code + " " : $0.code }
        list.string("Description", \.symbol)
        list.string("НаименованиеПолное", \.title)
        list.string("МеждународноеСокращение", \.international)
        if isTrade {
            list.composite("Owner") { _ in nil }
            list.any("Числитель", .double) { _ in .int(1) }
            list.any("Знаменатель", .double) { _ in .int(1) }
            list.blank("Parent_Key ЕдиницаИзмерения_Key ТипУпаковки ТипИзмеряемойВеличины")
        }
        list.predefined()
        list.presentation = \.symbol
        return set(name, Measure.allCases, list)
    }

    /// `Catalog_СтавкиНДС`; elsewhere the rates are an enumeration.
    var rates: (any ODataSet)? {
        guard configuration != .bp30 else { return nil }
        let name = "Catalog_СтавкиНДС"
        var list = columns(name, VATRate.self)
        list.object { $0.key }
        list.flag("DeletionMark") { _ in false }
        list.string("Description", \.title)
        list.any("Ставка", .double) { .int($0.percent ?? 0) }
        list.string("ПеречислениеСтавкаНДС", \.enumerationName)
        list.blank("РасчетнаяСтавка:b НеОблагается:b")
        list.predefined()
        list.presentation = \.title
        return set(name, VATRate.allCases, list)
    }

    /// The kinds of prices.
    var priceTypes: any ODataSet {
        let name = configuration.priceTypes
        var list = columns(name, PriceKind.self)
        list.object { $0.key }
        list.flag("DeletionMark") { _ in false }
        if !configuration.isTrade { list.string("Code") { "00-00000\($0.rawValue + 1)" } }
        list.string("Description", \.title)
        list.reference("ВалютаЦены", to: "Catalog_Валюты") { _ in Currency.rouble.key }
        list.flag("ЦенаВключаетНДС", \.includesVAT)
        if configuration.isTrade {
            list.string("Идентификатор", \.title)
            list.string("Статус") { _ in "Действует" }
            list.blank("ПорядокОкругления СпособЗаданияЦены")
        }
        list.predefined()
        list.presentation = \.title
        return set(name, PriceKind.allCases.filter(\.isInInfobase), list)
    }

    /// The warehouses.
    var warehouses: any ODataSet {
        let name = configuration.warehouses
        if configuration == .unf3 { return structuralUnits }
        var list = columns(name, Warehouse.self)
        list.object { $0.key }
        list.flag("DeletionMark") { _ in false }
        list.string("Description", \.title)
        list.string("ТипСклада", \.kindName)
        list.blank("Parent_Key IsFolder:b")
        list.additionalFields()
        if configuration == .bp30 {
            list.string("Code") { "БП-00000\($0.rawValue + 1)" }
            list.blank(
                """
                Комментарий ТипЦенРозничнойТорговли_Key ПодразделениеОрганизации_Key \
                НоменклатурнаяГруппа_Key
                """)
        } else {
            list.contacts { [ContactRow(kind: .actualAddress, text: $0.address)] }
            list.blank("Подразделение_Key РозничныйВидЦены_Key ИспользоватьОрдернуюСхему:b")
        }
        list.predefined()
        list.presentation = \.title
        return set(name, Warehouse.allCases, list)
    }

    private var structuralUnits: any ODataSet {
        let name = configuration.warehouses
        let places = places
        var list = columns(name, StructuralUnit.self)
        list.object { $0.key }
        list.flag("DeletionMark") { _ in false }
        list.string("Description", \.title)
        list.string("ТипСтруктурнойЕдиницы") {
            if case .warehouse = $0 { "Склад" } else { "Подразделение" }
        }
        list.blank("Parent_Key Организация_Key Недействителен:b")
        list.predefined()
        list.presentation = \.title
        let units =
            Warehouse.allCases.map { StructuralUnit.warehouse($0) }
            + places.departments.map { StructuralUnit.department($0, places.department($0)) }
        return set(name, units, list)
    }
}
