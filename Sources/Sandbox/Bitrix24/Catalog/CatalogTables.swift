/// Sections of the catalogue.
struct SectionTable: PortalTable {
    let world: World

    var name: String { "section" }
    var count: Int { world.portal.sections.count }
    var columns: [PortalColumn] { Self.columns }
    var dialect: PortalDialect { .modern }
    var manners: PortalManners { .catalog }

    static let columns = PortalColumn.columns(
        """
        -id integer ID
        !iblockId integer Инфоблок
        iblockSectionId integer Раздел выше
        !name string Название
        xmlId string Внешний код
        code string Символьный код
        sort integer Сортировка
        active char Активность
        description string Описание
        descriptionType string Тип описания
        """)

    func value(_ column: Int, at row: Int) -> PortalValue {
        let section = world.portal.sections[row]
        switch Self.columns[column].name {
        case "id": return .integer(section.id)
        case "iblockId": return .integer(CatalogProduct.productBlock)
        case "iblockSectionId": return section.parentID == 0 ? .null : .integer(section.parentID)
        case "name": return .text(section.name)
        case "xmlId": return .text(section.xmlID)
        case "code": return .text(section.code)
        case "sort": return .integer(500)
        case "active": return .flag(true)
        case "descriptionType": return .text("text")
        default: return .null
        }
    }

    func lowerBound(_ column: Int, _ bound: Int64) -> Int? {
        column == 0 ? search(bound) { world.portal.sections[$0].id } : nil
    }
}

/// Prices, one row for a product and a price type.
struct PriceTable: PortalTable {
    let world: World

    var name: String { "price" }
    var count: Int { world.portal.prices.count }
    var columns: [PortalColumn] { Self.columns }
    var dialect: PortalDialect { .modern }
    var manners: PortalManners { .catalog }

    static let columns = PortalColumn.columns(
        """
        -id integer ID
        !productId integer Товар
        !catalogGroupId integer Тип цены
        !price double Цена
        !currency string Валюта
        extraId integer Наценка
        quantityFrom integer Количество от
        quantityTo integer Количество до
        -timestampX datetime Дата изменения
        """)

    func value(_ column: Int, at row: Int) -> PortalValue {
        let price = world.portal.prices[row]
        switch column {
        case 0: return .integer(price.id)
        case 1: return .integer(price.productID)
        case 2: return .integer(price.kind.portalID)
        case 3: return .money(price.price)
        case 4: return .text("RUB")
        case 8: return .moment(price.modifiedAt)
        default: return .null
        }
    }

    func lowerBound(_ column: Int, _ bound: Int64) -> Int? {
        column == 0 ? search(bound) { world.portal.prices[$0].id } : nil
    }
}

/// What lies in the stores, one row for a product and a store.
struct StoreProductTable: PortalTable {
    let world: World

    var name: String { "storeproduct" }
    var count: Int { world.portal.stock.count }
    var columns: [PortalColumn] { Self.columns }
    var dialect: PortalDialect { .modern }
    var manners: PortalManners { .catalog }

    static let columns = PortalColumn.columns(
        """
        -id integer ID
        -productId integer Товар
        -storeId integer Склад
        -amount double Количество
        -quantityReserved double Резерв
        """)

    func value(_ column: Int, at row: Int) -> PortalValue {
        let stock = world.portal.stock[row]
        switch column {
        case 0: return .integer(stock.id)
        case 1: return .integer(stock.productID)
        case 2: return .integer(stock.warehouse.storeID)
        case 3: return .quantity(stock.amount)
        default: return stock.reserved == 0 ? .null : .quantity(stock.reserved)
        }
    }

    func lowerBound(_ column: Int, _ bound: Int64) -> Int? {
        switch column {
        case 0: search(bound) { world.portal.stock[$0].id }
        // Ids follow from the product's, so that both ascend together.
        case 1: search(bound) { world.portal.stock[$0].productID }
        default: nil
        }
    }

    /// What lies in all stores together; `nil` of what is not kept in any.
    func sum(of product: CatalogProduct) -> (amount: Thousandths, reserved: Thousandths)? {
        guard product.kind == .simple || product.kind == .offer else { return nil }
        var sum: (amount: Thousandths, reserved: Thousandths) = (0, 0)
        var row = lowerBound(1, product.id) ?? count
        while row < count, world.portal.stock[row].productID == product.id {
            sum.amount += world.portal.stock[row].amount
            sum.reserved += world.portal.stock[row].reserved
            row += 1
        }
        return sum
    }
}
