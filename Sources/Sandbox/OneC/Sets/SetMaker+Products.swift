/// A row of `Catalog_Номенклатура`.
enum Good: Sendable {
    case group(ProductGroup, parent: GUID)
    case product(Product, parent: GUID)

    var product: Product? {
        if case .product(let product, _) = self { product } else { nil }
    }

    var key: GUID {
        switch self {
        case .group(let group, _): group.key
        case .product(let product, _): product.key
        }
    }

    var parent: GUID {
        switch self {
        case .group(_, let parent), .product(_, let parent): parent
        }
    }

    var description: String {
        switch self {
        case .group(let group, _): group.description
        case .product(let product, _): product.description
        }
    }

    var code: String {
        switch self {
        case .group(let group, _): "ГР-" + Code.padded(group.code, 8)
        case .product(let product, _): product.codeText
        }
    }
}

extension SetMaker {
    private var goods: [Good] {
        let groups = world.infobase.productGroups
        func key(_ place: Int32) -> GUID { place < 0 ? .zero : groups[Int(place)].key }
        return groups.map { Good.group($0, parent: key($0.parent)) }
            + world.infobase.products.map { Good.product($0, parent: key($0.group)) }
    }

    /// `Catalog_Номенклатура`, groups among the goods.
    var products: any ODataSet {
        let name = "Catalog_Номенклатура"
        var list = columns(name, Good.self)
        list.object(version: { $0.product?.version ?? 1 }, { $0.key })
        list.flag("DeletionMark") { $0.product?.isDeleted ?? false }
        list.reference("Parent", to: name, \.parent)
        list.flag("IsFolder") { $0.product == nil }
        list.string("Code", \.code)
        list.string("Description", \.description)
        // Groups have null where goods have an attribute.
        list.any("НаименованиеПолное", .string) { good in
            good.product.map { .string($0.fullName) } ?? .null
        }
        list.any("Артикул", .string) { good in
            good.product.map { .string($0.article) } ?? .null
        }
        list.reference("ЕдиницаИзмерения", to: configuration.units) {
            $0.product?.measure.key ?? .zero
        }
        switch configuration {
        case .bp30: describeAccountant(&list)
        case .unf3: describeSmallFirm(&list)
        case .ut11, .erp2: describeTrade(&list)
        }
        list.additionalFields()
        list.predefined()
        list.presentation = \.description
        return set(name, goods, list)
    }

    private func describeAccountant(_ list: inout ColumnList<Good>) {
        list.flag("Услуга") { $0.product?.kind == .service }
        list.string("ВидСтавкиНДС") { $0.product?.vat.kindName ?? "" }
        list.string("Комментарий") { $0.product?.comment ?? "" }
        list.blank(
            """
            ВидНоменклатуры_Key НоменклатурнаяГруппа_Key СтранаПроисхождения_Key НомерГТД_Key \
            СтатьяЗатрат_Key ОсновнаяСпецификацияНоменклатуры_Key Производитель_Key Импортер_Key \
            КодТНВЭД_Key КодОКВЭД2_Key КодОКВЭД_Key КодОКП_Key КодОКПД2_Key УдалитьСтавкаНДС \
            ПродукцияМаркируемаяДляГИСМ:b ПериодичностьУслуги КодРаздел7ДекларацииНДС_Key \
            ПодконтрольнаяПродукцияВЕТИС:b ТабачнаяПродукция:b ОбувнаяПродукция:b \
            ЛегкаяПромышленность:b МолочнаяПродукция:b Шины:b Духи:b Велосипеды:b КреслаКоляски:b \
            Фотоаппараты:b СредствоИндивидуальнойЗащиты:b КодНоменклатурнойКлассификацииККТ_Key
            """)
    }

    private func describeSmallFirm(_ list: inout ColumnList<Good>) {
        list.string("ТипНоменклатуры") { good in
            good.product.map { $0.kind == .service ? "Услуга" : "Запас" } ?? ""
        }
        list.string("ВидСтавкиНДС") { $0.product?.vat.kindName ?? "" }
        list.flag("ИспользоватьХарактеристики") { !($0.product?.characteristics.isEmpty ?? true) }
        list.string("Комментарий") { $0.product?.comment ?? "" }
        list.moment("ДатаСоздания") { $0.product?.createdAt ?? 0 }
        list.blank(
            """
            КатегорияНоменклатуры_Key ЦеноваяГруппа_Key Склад_Key Производитель_Key \
            СтранаПроисхождения_Key ИспользоватьПартии:b Недействителен:b ФайлКартинки_Key
            """)
    }

    private func describeTrade(_ list: inout ColumnList<Good>) {
        list.string("ТипНоменклатуры") { $0.product?.kind.typeName ?? "" }
        list.reference("СтавкаНДС", to: "Catalog_СтавкиНДС") { $0.product?.vat.key ?? .zero }
        list.string("ИспользованиеХарактеристик") { good in
            guard let product = good.product else { return "" }
            return product.characteristics.isEmpty
                ? "НеИспользовать" : "ИндивидуальныеДляНоменклатуры"
        }
        list.string("Качество") { $0.product == nil ? "" : "Новый" }
        list.string("Описание") { $0.product?.comment ?? "" }
        list.flag("ВесИспользовать") { ($0.product?.weightGrams ?? 0) > 0 }
        list.any("ВесЧислитель", .double) {
            .number(units: Int64($0.product?.weightGrams ?? 0), scale: 3)
        }
        list.any("ВесЗнаменатель", .double) { .int($0.product == nil ? 0 : 1) }
        list.reference("ВесЕдиницаИзмерения", to: configuration.units) {
            ($0.product?.weightGrams ?? 0) > 0 ? Measure.kilogram.key : .zero
        }
        list.blank(
            """
            ВариантОформленияПродажи ВесМожноУказыватьВДокументах:b ВестиУчетПоГТД:b \
            ВестиУчетСертификатовНоменклатуры:b ВидАлкогольнойПродукции_Key ВидНоменклатуры_Key \
            ГруппаДоступа_Key АлкогольнаяПродукция:b ЕдиницаИзмеренияСрокаГодности \
            ЕстьТоварыДругогоКачества:b ИмпортнаяАлкогольнаяПродукция:b \
            ДлинаЕдиницаИзмерения_Key ДлинаЗнаменатель:d ДлинаИспользовать:b \
            ДлинаМожноУказыватьВДокументах:b ДлинаЧислитель:d \
            ИспользоватьИндивидуальныйШаблонЦенника:b ИспользоватьИндивидуальныйШаблонЭтикетки:b \
            ИспользоватьУпаковки:b КодДляПоиска Марка_Key НаборУпаковок_Key \
            ГруппаФинансовогоУчета_Key НоменклатураМногооборотнаяТара_Key ОбъемДАЛ:d \
            ПодакцизныйТовар:b ПоставляетсяВМногооборотнойТаре:b Производитель_Key \
            ПроизводительИмпортерКонтрагент_Key СкладскаяГруппа_Key СрокГодности:l \
            УдалитьСтавкаНДС ТоварнаяКатегория_Key ФайлКартинки_Key ФайлОписанияДляСайта_Key \
            ОбъемЕдиницаИзмерения_Key ОбъемЗнаменатель:d ОбъемИспользовать:b \
            ОбъемМожноУказыватьВДокументах:b ОбъемЧислитель:d \
            ХарактеристикаМногооборотнаяТара_Key ПлощадьЕдиницаИзмерения_Key \
            ПлощадьЗнаменатель:d СхемаОбеспечения_Key СпособОбеспеченияПотребностей_Key \
            ПлощадьИспользовать:b ПлощадьМожноУказыватьВДокументах:b ПлощадьЧислитель:d \
            ЦеноваяГруппа_Key ШаблонЦенника_Key ЕдиницаДляОтчетов_Key \
            КоэффициентЕдиницыДляОтчетов:d ШаблонЭтикетки_Key СезоннаяГруппа_Key \
            КоллекцияНоменклатуры_Key Принципал:c Контрагент:c РейтингПродаж_Key \
            ОбособленнаяЗакупкаПродажа:b ГруппаАналитическогоУчета_Key КодТНВЭД_Key КодОКВЭД_Key \
            КодОКП_Key ОблагаетсяНДПИПоПроцентнойСтавке:b ВладелецСерий_Key \
            ВладелецХарактеристик_Key ВладелецТоварныхКатегорий_Key Крепость:d ОсобенностьУчета \
            ПродукцияМаркируемаяДляГИСМ:b КиЗГИСМ:b КиЗГИСМВид КиЗГИСМСпособВыпускаВОборот \
            КиЗГИСМGTIN КиЗГИСМРазмер ПодконтрольнаяПродукцияВЕТИС:b \
            АлкогольнаяПродукцияВоВскрытойТаре:b КодРаздел7ДекларацииНДС \
            ОблагаетсяНДСУПокупателя:b КодОКВЭД2_Key КодОКПД2_Key \
            КодВидаНоменклатурнойКлассификации НаименованиеВидаНоменклатурнойКлассификации \
            ЕдиницаИзмеренияТНВЭД_Key СтранаПроисхождения_Key ПрослеживаемыйТовар:b КодТРУ \
            НаименованиеЯзык1 НаименованиеЯзык2
            """)
        list.section("ДрагоценныеМатериалы", { _ in [Never]() }) {
            $0.blank(
                "ДрагоценныйМатериал Количество:d ЕдиницаИзмерения_Key Расположение Комментарий")
        }
        list.section("Представления", { _ in [Never]() }) {
            $0.blank("КодЯзыка НаименованиеПолное Наименование")
        }
    }

    /// `Catalog_ХарактеристикиНоменклатуры`; an accountant's base has none.
    var characteristics: (any ODataSet)? {
        guard configuration != .bp30 else { return nil }
        let name = "Catalog_ХарактеристикиНоменклатуры"
        let products = world.infobase.products
        var list = columns(name, Characteristic.self)
        list.object { $0.key }
        list.flag("DeletionMark") { _ in false }
        list.composite("Owner") { (products[Int($0.owner)].key, "Catalog_Номенклатура") }
        list.string("Description", \.description)
        list.string("НаименованиеПолное", \.description)
        list.additionalFields()
        list.predefined()
        list.presentation = \.description
        return set(name, world.infobase.characteristics, list)
    }

    /// The barcodes, of goods and of their characteristics.
    var barcodes: any ODataSet {
        struct Barcode: Sendable {
            var text: String
            var product: GUID
            var characteristic: GUID
            var measure: GUID
        }
        let products = world.infobase.products
        let goods = products.filter { !$0.barcode.isEmpty }.map {
            Barcode(
                text: $0.barcode, product: $0.key, characteristic: .zero, measure: $0.measure.key)
        }
        let variants = world.infobase.characteristics.filter { !$0.barcode.isEmpty }.map {
            let product = products[Int($0.owner)]
            return Barcode(
                text: $0.barcode, product: product.key, characteristic: $0.key,
                measure: product.measure.key)
        }
        let name = "InformationRegister_ШтрихкодыНоменклатуры"
        var list = columns(name, Barcode.self)
        list.any("Штрихкод", .string, isKey: true) { .string($0.text) }
        list.reference("Номенклатура", to: "Catalog_Номенклатура", \.product)
        switch configuration {
        case .bp30: list.reference("ЕдиницаИзмерения", to: configuration.units, \.measure)
        case .unf3:
            list.reference(
                "Характеристика", to: "Catalog_ХарактеристикиНоменклатуры", \.characteristic)
            list.composite("ЕдиницаИзмерения") { [units = configuration.units] in
                ($0.measure, units)
            }
            list.blank("Партия_Key")
        case .ut11, .erp2:
            list.reference(
                "Характеристика", to: "Catalog_ХарактеристикиНоменклатуры", \.characteristic)
            list.blank("Упаковка_Key")
        }
        list.presentation = \.text
        return set(name, goods + variants, list)
    }
}
