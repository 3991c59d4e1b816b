/// Products as `crm.product.list` shows them: the method is older than variants, and leaves them
/// out.
///
/// Two fields are those of plain exchanges: how much there is in all, and 1C's code.
struct OldProductTable: PortalTable {
    let world: World
    private let places: [Int]

    init(world: World) {
        self.world = world
        places = world.portal.products.indices.filter {
            world.portal.products[$0].kind != .offer
        }
    }

    var name: String { "product" }
    var count: Int { places.count }
    var columns: [PortalColumn] { Self.columns }

    static let columns = PortalColumn.columns(
        """
        -ID integer ID
        CATALOG_ID integer Каталог
        PRICE double Цена
        CURRENCY_ID string Валюта
        !NAME string Название
        CODE string Символьный код
        DESCRIPTION string Описание
        DESCRIPTION_TYPE string Тип описания
        ACTIVE char Активен
        SECTION_ID integer Раздел
        SORT integer Сортировка
        VAT_ID integer Ставка НДС
        VAT_INCLUDED char НДС включён в цену
        MEASURE integer Единица измерения
        XML_ID string Внешний код
        PREVIEW_PICTURE product_file Картинка для анонса
        DETAIL_PICTURE product_file Детальная картинка
        -DATE_CREATE datetime Дата создания
        -TIMESTAMP_X datetime Дата изменения
        -MODIFIED_BY integer Кем изменён
        -CREATED_BY integer Кем создан
        ?PROPERTY_110 product_property Артикул
        ?PROPERTY_111 product_property Штрихкод
        QUANTITY double Количество
        UF_1C_ID string Код в 1С
        """)

    func value(_ column: Int, at row: Int) -> PortalValue {
        let product = world.portal.products[places[row]]
        switch Self.columns[column].name {
        case "ID": return .integer(product.id)
        case "CATALOG_ID": return .integer(CatalogProduct.productBlock)
        case "PRICE": return retailPrice(product.id).map { .money($0) } ?? .null
        case "CURRENCY_ID": return retailPrice(product.id) == nil ? .null : .text("RUB")
        case "NAME": return .text(product.name)
        case "CODE": return .text(product.code)
        case "DESCRIPTION_TYPE": return .text("text")
        case "ACTIVE": return .flag(product.isActive)
        case "SECTION_ID": return product.sectionID == 0 ? .null : .integer(product.sectionID)
        case "SORT": return .integer(500)
        case "VAT_ID": return .integer(product.vat.portalID)
        case "VAT_INCLUDED": return .flag(product.isVATIncluded)
        case "MEASURE": return .integer(product.measure.portalID)
        case "XML_ID": return .text(product.xmlID)
        case "DATE_CREATE": return .moment(product.createdAt)
        case "TIMESTAMP_X": return .moment(product.modifiedAt)
        case "CREATED_BY": return .integer(product.creatorID)
        case "MODIFIED_BY": return .integer(product.editorID)
        case "PROPERTY_110": return Self.property(product.article, product.id * 4 + 1)
        case "PROPERTY_111": return Self.property(product.barcode, product.id * 4 + 2)
        case "QUANTITY":
            return StoreProductTable(world: world).sum(of: product).map { .quantity($0.amount) }
                ?? .null
        case "UF_1C_ID": return .optional(infobaseCode(product))
        default: return .null
        }
    }

    private static func property(_ value: String, _ id: Int64) -> PortalValue {
        guard !value.isEmpty else { return .null }
        return .json("{\"valueId\":\"\(id)\",\"value\":\(PortalMethods.quoted(value))}")
    }

    /// The retail price, as the old method knows but one.
    private func retailPrice(_ id: Int64) -> Kopecks? {
        // A product's prices have ids that follow from its own, retail first.
        let table = PriceTable(world: world)
        guard let row = table.lowerBound(0, id * 8), row < table.count,
            world.portal.prices[row].productID == id, world.portal.prices[row].kind == .retail
        else { return nil }
        return world.portal.prices[row].price
    }

    /// The code of the product of 1C whose reference an exchange left here.
    private func infobaseCode(_ product: CatalogProduct) -> String? {
        let (place, products) = (Int(product.product), world.infobase.products)
        guard products.indices.contains(place), products[place].key.text == product.xmlID else {
            return nil
        }
        return products[place].codeText
    }

    func lowerBound(_ column: Int, _ bound: Int64) -> Int? {
        column == 0 ? search(bound) { world.portal.products[places[$0]].id } : nil
    }
}
