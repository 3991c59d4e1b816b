/// Product rows of some deals or invoices.
///
/// An invoice has the rows of its deal, under ids of its own.
struct ProductRowTable: PortalTable {
    /// A row and what it belongs to.
    struct Line: Sendable {
        var id: Int64
        var ownerID: Int64
        var ownerType: OwnerType
        /// Which of its owner's rows it is, from 1.
        var place: Int
        var row: DealRow
        var warehouse: Warehouse
    }

    /// The short codes of what has product rows.
    enum OwnerType: String, Sendable {
        case deal = "D"
        case invoice = "SI"

        /// The name of the owners' table.
        var table: String { self == .deal ? "deal" : "invoice" }
    }

    let world: World
    let lines: [Line]
    let dialect: PortalDialect

    init(world: World, lines: [Line], dialect: PortalDialect) {
        self.world = world
        self.lines = lines.sorted { $0.id < $1.id }
        self.dialect = dialect
    }

    var name: String { "productrow" }
    var count: Int { lines.count }
    var columns: [PortalColumn] { dialect == .legacy ? Self.olderColumns : Self.columns }
    var manners: PortalManners { PortalManners(hasSetPrefixes: false) }
    var isWhole: Bool { false }

    static let columns = PortalColumn.columns(
        """
        -id integer ID
        -ownerId integer ID владельца
        -ownerType string Тип владельца
        productId integer Товар
        productName string Название товара
        price double Цена
        -priceAccount double Цена в валюте отчётов
        -priceExclusive double Цена без налога со скидкой
        -priceNetto double PRICE_NETTO
        -priceBrutto double PRICE_BRUTTO
        quantity double Количество
        discountTypeId integer Тип скидки
        discountRate double Величина скидки
        discountSum double Сумма скидки
        taxRate double Налог
        taxIncluded char Налог включен в цену
        -customized char Изменён
        measureCode integer Код единицы измерения
        measureName string Единица измерения
        sort integer Сортировка
        -xmlId string Внешний код
        -type integer Тип товара
        -storeId integer Склад
        """)

    /// The names of `crm.deal.productrows.get`, which shows some columns more.
    static let olderColumns = PortalColumn.columns(
        """
        ID
        OWNER_ID
        OWNER_TYPE
        PRODUCT_ID
        PRODUCT_NAME
        ORIGINAL_PRODUCT_NAME
        PRODUCT_DESCRIPTION
        PRICE
        PRICE_EXCLUSIVE
        PRICE_NETTO
        PRICE_BRUTTO
        PRICE_ACCOUNT
        QUANTITY
        DISCOUNT_TYPE_ID
        DISCOUNT_RATE
        DISCOUNT_SUM
        TAX_RATE
        TAX_INCLUDED
        CUSTOMIZED
        MEASURE_CODE
        MEASURE_NAME
        SORT
        XML_ID
        TYPE
        STORE_ID
        RESERVE_ID
        DATE_RESERVE_END
        RESERVE_QUANTITY
        """)

    private static let olderNames = columns.map { PortalNames.upper($0.name) }

    func value(_ column: Int, at row: Int) -> PortalValue {
        let name = dialect == .legacy ? Self.olderColumns[column].name : Self.olderNames[column]
        let value = value(named: name, lines[row])
        // The older method writes ids of rows as texts and everything else as numbers.
        let isText = ["ID", "OWNER_ID", "PRICE_ACCOUNT"].contains(name)
        return dialect == .modern || isText ? value : .native(value)
    }

    private func value(named name: String, _ line: Line) -> PortalValue {
        let row = line.row
        switch name {
        case "ID": return .integer(line.id)
        case "OWNER_ID": return .integer(line.ownerID)
        case "OWNER_TYPE": return .text(line.ownerType.rawValue)
        case "PRODUCT_ID": return .integer(row.productID)
        case "PRODUCT_NAME", "ORIGINAL_PRODUCT_NAME": return .text(productName(row))
        case "PRICE", "PRICE_ACCOUNT": return .money(row.price)
        case "PRICE_EXCLUSIVE": return .money(row.priceExclusive)
        case "PRICE_NETTO": return .money(row.priceNetto)
        case "PRICE_BRUTTO": return .money(row.priceBeforeDiscount)
        case "QUANTITY": return .quantity(row.quantity)
        case "DISCOUNT_TYPE_ID": return .integer(2)
        case "DISCOUNT_RATE": return .integer(Int64(row.discountPercent))
        case "DISCOUNT_SUM": return .money(row.discountSum)
        case "TAX_RATE": return row.vat.percent.map { .integer(Int64($0)) } ?? .null
        case "TAX_INCLUDED": return .flag(row.isVATIncluded)
        case "CUSTOMIZED": return .flag(true)
        case "MEASURE_CODE": return .integer(Int64(row.measure.code) ?? 0)
        case "MEASURE_NAME": return .text(row.measure.symbol)
        case "SORT": return .integer(Int64(line.place) * 10)
        case "XML_ID": return .text(line.id % 3 == 0 ? "" : "sale_basket_\(line.id)")
        case "TYPE": return .integer(Int64(product(row)?.kind.rawValue ?? 1))
        case "STORE_ID": return .integer(line.warehouse.storeID)
        default: return .null
        }
    }

    private func product(_ row: DealRow) -> CatalogProduct? {
        row.product < 0 ? nil : world.portal.products[Int(row.product)]
    }

    private func productName(_ row: DealRow) -> String {
        if let product = product(row) { return product.name }
        guard row.infobaseProduct >= 0 else { return "Доставка" }
        return world.infobase.products[Int(row.infobaseProduct)].description
    }

    func lowerBound(_ column: Int, _ bound: Int64) -> Int? {
        column == 0 ? search(bound) { lines[$0].id } : nil
    }

    func owner(at row: Int) -> PortalOwner? {
        PortalOwner(table: lines[row].ownerType.table, id: lines[row].ownerID)
    }
}

extension World {
    /// The product rows of a deal; none of a deal that is not there.
    func productRows(ofDeal id: Int64) -> [ProductRowTable.Line] {
        guard let place = DealTable(world: self).row(withID: id) else { return [] }
        return lines(portal.deals[place], ownerID: id, .deal)
    }

    /// The product rows of a smart invoice, which are those of its deal.
    func productRows(ofInvoice id: Int64) -> [ProductRowTable.Line] {
        guard let place = InvoiceItemTable(world: self).row(withID: id),
            portal.smartInvoices[place].deal >= 0
        else { return [] }
        let deal = portal.deals[Int(portal.smartInvoices[place].deal)]
        return lines(deal, ownerID: id, .invoice)
    }

    private func lines(
        _ deal: Deal, ownerID: Int64, _ type: ProductRowTable.OwnerType
    ) -> [ProductRowTable.Line] {
        deal.rows.enumerated().map { number, place in
            let row = portal.dealRows[Int(place)]
            return ProductRowTable.Line(
                // Ids of deals' rows are odd.
                id: type == .deal ? row.id : row.id + 1, ownerID: ownerID, ownerType: type,
                place: number + 1, row: row, warehouse: deal.warehouse)
        }
    }
}
