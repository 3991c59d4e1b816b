/// Products, offers or services of the catalogue's newer methods.
struct CatalogProductTable: PortalTable {
    /// What a method shows of the catalogue.
    enum Scope: Sendable {
        /// Every element of an information block.
        case products
        /// Variants only.
        case offers
        /// Products that have variants.
        case units
        /// Services only.
        case services

        /// The key of the rows in a list, and that of one row.
        var key: String {
            switch self {
            case .products: "products"
            case .offers: "offers"
            case .units: "units"
            case .services: "services"
            }
        }
    }

    let world: World
    let scope: Scope
    /// Places of the shown products in the world's; `nil` when all are shown.
    private let places: [Int]?

    init(world: World, scope: Scope) {
        self.world = world
        self.scope = scope
        let wanted: CatalogProduct.Kind? =
            switch scope {
            case .products: nil
            case .offers: .offer
            case .units: .withOffers
            case .services: .service
            }
        places = wanted.map { kind in
            world.portal.products.indices.filter { world.portal.products[$0].kind == kind }
        }
    }

    var name: String { "product" }
    var count: Int { places?.count ?? world.portal.products.count }
    var columns: [PortalColumn] { scope == .offers ? Self.offerColumns : Self.columns }
    var dialect: PortalDialect { .modern }
    var manners: PortalManners { .catalog }
    var isWhole: Bool { places == nil }

    private func product(_ row: Int) -> CatalogProduct {
        world.portal.products[places?[row] ?? row]
    }

    private static let common = """
        active char Активность
        -available char Доступность
        barcodeMulti char Различать по штрихкодам
        -bundle char Наличие набора
        canBuyZero char Разрешить покупку при отсутствии
        code string Символьный код
        createdBy integer Кем создан
        dateActiveFrom datetime Начало активности
        dateActiveTo datetime Окончание активности
        dateCreate datetime Дата создания
        detailPicture file Детальная картинка
        detailText string Детальное описание
        detailTextType string Тип детального описания
        height double Высота
        !iblockId integer Инфоблок
        iblockSectionId integer Раздел
        -id integer ID
        length double Длина
        measure integer Единица измерения
        modifiedBy integer Кем изменён
        !name string Название
        previewPicture file Картинка для анонса
        previewText string Описание для анонса
        previewTextType string Тип описания для анонса
        purchasingCurrency string Валюта закупочной цены
        purchasingPrice double Закупочная цена
        quantity double Доступное количество
        quantityReserved double Зарезервированное количество
        quantityTrace char Количественный учёт
        recurSchemeLength integer Длина периода оплаты
        recurSchemeType string Единица периода оплаты
        sort integer Сортировка
        subscribe char Подписка
        timestampX datetime Дата изменения
        trialPriceId integer
        -type integer Тип товара
        vatId integer НДС
        vatIncluded char НДС включён в цену
        weight double Вес
        width double Ширина
        withoutOrder char
        xmlId string Внешний код

        """

    static let columns = PortalColumn.columns(
        common + """
            property110 productproperty Артикул
            property111 productproperty Штрихкод
            """)
    static let offerColumns = PortalColumn.columns(
        common + """
            parentId productproperty Товар
            property210 productproperty Артикул
            property211 productproperty Штрихкод
            """)

    /// The place of the id among the columns, which are in alphabetical order here.
    var idColumn: Int? { 16 }

    func value(_ column: Int, at row: Int) -> PortalValue {
        let product = product(row)
        switch columns[column].name {
        case "id": return .integer(product.id)
        case "iblockId": return .integer(product.blockID)
        case "iblockSectionId": return product.sectionID == 0 ? .null : .integer(product.sectionID)
        case "name": return .text(product.name)
        case "code": return product.code.isEmpty ? .null : .text(product.code)
        case "xmlId": return .text(product.xmlID)
        case "active", "available": return .flag(product.isActive)
        case "type": return .integer(Int64(product.kind.rawValue))
        case "measure": return .integer(product.measure.portalID)
        case "vatId": return .integer(product.vat.portalID)
        case "vatIncluded": return .flag(product.isVATIncluded)
        case "weight": return .integer(Int64(product.weightGrams))
        case "sort": return .integer(500)
        case "dateCreate": return .moment(product.createdAt)
        case "timestampX": return .moment(product.modifiedAt)
        case "createdBy": return .integer(product.creatorID)
        case "modifiedBy": return .integer(product.editorID)
        case "quantity": return stock(of: product).map { .quantity($0.amount) } ?? .null
        case "quantityReserved": return stock(of: product).map { .quantity($0.reserved) } ?? .null
        case "quantityTrace": return .flag(product.kind != .service)
        case "canBuyZero", "barcodeMulti", "bundle", "withoutOrder": return .flag(false)
        case "subscribe": return .flag(true)
        case "detailTextType", "previewTextType": return .text("text")
        case "recurSchemeType": return .text("D")
        case "parentId": return Self.property(String(product.parentID), product.id * 4)
        case "property110", "property210":
            return Self.property(product.article, product.id * 4 + 1)
        case "property111", "property211":
            return Self.property(product.barcode, product.id * 4 + 2)
        default: return .null
        }
    }

    /// A property's value with the number under which it is kept; null when there is none.
    private static func property(_ value: String, _ id: Int64) -> PortalValue {
        guard !value.isEmpty else { return .null }
        return .json("{\"value\":\(PortalMethods.quoted(value)),\"valueId\":\"\(id)\"}")
    }

    private func stock(
        of product: CatalogProduct
    ) -> (amount: Thousandths, reserved: Thousandths)? {
        StoreProductTable(world: world).sum(of: product)
    }

    func lowerBound(_ column: Int, _ bound: Int64) -> Int? {
        column == idColumn ? search(bound) { product($0).id } : nil
    }
}
