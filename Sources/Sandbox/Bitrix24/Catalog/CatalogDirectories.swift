/// The catalogue's short lists, the same in every world.
enum CatalogDirectories {
    private static func table(
        _ name: String, _ columns: String, _ rows: [[PortalValue]]
    ) -> SmallTable {
        SmallTable(
            name, PortalColumn.columns(columns), dialect: .modern, manners: .catalog, rows: rows)
    }

    /// The two information blocks: products, and their offers.
    static let catalogs = table(
        "catalog",
        """
        -id integer ID
        iblockId integer Инфоблок
        iblockTypeId integer Тип инфоблока
        lid string Сайт
        name string Название
        productIblockId integer Инфоблок товаров
        skuPropertyId integer Свойство привязки
        subscription char Подписка
        vatId integer НДС
        """,
        [
            catalog(CatalogProduct.productBlock, "Товарный каталог CRM", nil),
            catalog(
                CatalogProduct.offerBlock, "Товарный каталог CRM (предложения)",
                CatalogProduct.productBlock),
        ])

    private static func catalog(_ id: Int64, _ name: String, _ products: Int64?) -> [PortalValue] {
        [
            .integer(id), .integer(id), .integer(0), .text("s1"), .text(name),
            products.map { .integer($0) } ?? .null, products == nil ? .null : .integer(97),
            .flag(false), .integer(VATRate.none.portalID),
        ]
    }

    /// Kinds of prices.
    static let priceTypes = table(
        "pricetype",
        """
        -id integer ID
        !name string Название
        base char Базовый
        sort integer Сортировка
        xmlId string Внешний код
        """,
        PriceKind.allCases.filter(\.isInPortal).sorted { $0.portalID < $1.portalID }.map { kind in
            [
                .integer(kind.portalID), .text(kind.title), .flag(kind == .base),
                .integer(kind.portalID * 100), .text(kind.portalXMLID),
            ]
        })

    /// Rates of the value-added tax.
    static let rates = table(
        "vat",
        """
        -id integer ID
        !name string Название
        !rate double Ставка
        active char Активность
        sort integer Сортировка
        -timestampX datetime Дата изменения
        """,
        VATRate.allCases.map { rate in
            [
                .integer(rate.portalID), .text(rate.portalTitle),
                .integer(Int64(rate.percent ?? 0)), .flag(true),
                .integer(Int64(rate.rawValue) * 100), .moment(1_700_000_000),
            ]
        })

    /// The same rates, as `crm.vat.list` shows them.
    static let oldRates = SmallTable(
        "vat",
        PortalColumn.columns(
            """
            -ID integer ID
            NAME string Название
            RATE double Ставка
            """),
        rows: VATRate.allCases.map { rate in
            [
                .integer(rate.portalID), .text(rate.portalTitle),
                rate.percent.map { .decimal(Int64($0) * 100, digits: 2) } ?? .null,
            ]
        })

    /// Units of measure.
    static let measures = table(
        "measure",
        """
        -id integer ID
        !code integer Код
        isDefault char По умолчанию
        measureTitle string Название
        symbol string Обозначение
        symbolIntl string Международное обозначение
        symbolLetterIntl string Международный код
        """,
        sortedMeasures.map { measure in
            [
                .integer(measure.portalID), .integer(Int64(measure.code) ?? 0),
                .flag(measure == .piece), .text(measure.title), .text(measure.symbol),
                .text(measure.international.lowercased()), .text(measure.international),
            ]
        })

    /// The same units, as `crm.measure.list` shows them.
    static let oldMeasures = SmallTable(
        "measure",
        PortalColumn.columns(
            """
            -ID integer ID
            CODE integer Код
            MEASURE_TITLE string Название
            SYMBOL_RUS string Обозначение
            SYMBOL_INTL string Международное обозначение
            SYMBOL_LETTER_INTL string Международный код
            IS_DEFAULT char По умолчанию
            """),
        rows: sortedMeasures.map { measure in
            [
                .integer(measure.portalID), .integer(Int64(measure.code) ?? 0),
                .text(measure.title), .text(measure.symbol),
                .text(measure.international.lowercased()), .text(measure.international),
                .flag(measure == .piece),
            ]
        })

    private static let sortedMeasures = Measure.allCases.sorted { $0.portalID < $1.portalID }

    /// Stores.
    static let stores = table(
        "store",
        """
        -id integer ID
        active char Активность
        address string Адрес
        code string Символьный код
        -dateCreate datetime Дата создания
        -dateModify datetime Дата изменения
        description string Описание
        email string E-mail
        gpsN double Широта
        gpsS double Долгота
        imageId file Изображение
        issuingCenter char Пункт выдачи
        modifiedBy integer Кем изменён
        phone string Телефон
        schedule string График работы
        sort integer Сортировка
        title string Название
        userId integer Кем создан
        xmlId string Внешний код
        """,
        Warehouse.allCases.map { store in
            [
                .integer(store.storeID), .flag(true), .text(store.address), .null,
                .moment(1_700_000_000), .moment(1_710_000_000), .null, .null, .native(.integer(0)),
                .native(.integer(0)), .null, .flag(store == .shop), .integer(1), .null, .null,
                .integer(100), .text(store.title), .integer(1), .text(store.key.text),
            ]
        })

    /// Properties of products and offers.
    static let properties = table(
        "productproperty",
        """
        -id integer ID
        iblockId integer Инфоблок
        name string Название
        code string Символьный код
        active char Активность
        propertyType char Тип
        multiple char Множественное
        """,
        [
            property(110, CatalogProduct.productBlock, "Артикул", "CML2_ARTICLE"),
            property(111, CatalogProduct.productBlock, "Штрихкод", "BARCODE"),
            property(210, CatalogProduct.offerBlock, "Артикул", "CML2_ARTICLE"),
            property(211, CatalogProduct.offerBlock, "Штрихкод", "BARCODE"),
        ])

    /// Those of products, as `crm.product.property.list` shows them.
    static let oldProperties = SmallTable(
        "property",
        PortalColumn.columns(
            """
            -ID integer ID
            NAME string Название
            CODE string Символьный код
            ACTIVE char Активность
            PROPERTY_TYPE char Тип
            MULTIPLE char Множественное
            """),
        rows: [
            [
                .integer(110), .text("Артикул"), .text("CML2_ARTICLE"), .flag(true), .text("S"),
                .flag(false),
            ],
            [
                .integer(111), .text("Штрихкод"), .text("BARCODE"), .flag(true), .text("S"),
                .flag(false),
            ],
        ])

    private static func property(
        _ id: Int64, _ block: Int64, _ name: String, _ code: String
    ) -> [PortalValue] {
        [
            .integer(id), .integer(block), .text(name), .text(code), .flag(true), .text("S"),
            .flag(false),
        ]
    }
}
