/// What is sold.
enum ProductKind: UInt8, Sendable {
    case goods, service

    /// The word that means the same in both systems.
    var word: String { self == .goods ? "goods" : "service" }

    /// `ТипНоменклатуры` of УТ.
    var typeName: String { self == .goods ? "Товар" : "Услуга" }
}

/// A group of `Catalog_Номенклатура` (`IsFolder`).
struct ProductGroup: Sendable {
    var key: GUID
    var code: UInt32
    /// The place of the group above in ``InfobaseRecords/productGroups``; -1 for none.
    var parent: Int32
    var description: String
}

/// An item of `Catalog_Номенклатура`.
struct Product: Sendable {
    var key: GUID
    /// Which product it is: equal to ``CatalogProduct/product`` of the same one on the other side.
    var product: Int32
    var code: UInt32
    /// The place of its group in ``InfobaseRecords/productGroups``.
    var group: Int32
    var description: String
    var fullName: String
    /// Empty when it has none; not unique in life.
    var article: String
    var kind: ProductKind
    var measure: Measure
    var vat: VATRate
    /// EAN-13; empty when it has none or its characteristics have one each.
    var barcode: String
    var weightGrams: Int32
    /// Places of its characteristics in ``InfobaseRecords/characteristics``; empty for most.
    var characteristics: Range<Int32> = 0..<0
    var comment = ""
    var isDeleted = false
    var createdAt: UInt32
    var version: UInt32 = 1

    /// The eleven characters of the code: `ЦБ-00000036`.
    var codeText: String {
        var writer = ByteWriter(capacity: 16)
        writer.raw("ЦБ-")
        writer.number(Int64(code), digits: 8)
        return writer.text
    }
}

/// An item of `Catalog_ХарактеристикиНоменклатуры`: a variant, by colour and size.
struct Characteristic: Sendable {
    var key: GUID
    /// The place of its product in ``InfobaseRecords/products``.
    var owner: Int32
    var description: String
    var barcode: String
}

/// A section of the portal's catalogue.
struct CatalogSection: Sendable {
    var id: Int64
    /// Zero for none.
    var parentID: Int64
    var name: String
    var code: String
    /// 1C's reference of the group.
    var xmlID: String
}

/// A product, service or offer (variant) of the portal's catalogue.
struct CatalogProduct: Sendable {
    /// The portal's `type`.
    enum Kind: UInt8, Sendable { case simple = 1, withOffers = 3, offer = 4, service = 7 }

    /// The information block of products, and the one of offers.
    static let productBlock: Int64 = 24
    static let offerBlock: Int64 = 25

    var id: Int64
    /// Which product it is: equal to ``Product/product`` of the same one on the other side.
    var product: Int32
    /// Which of the product's variants it is; -1 for what is no offer.
    var variant: Int32 = -1
    var kind: Kind
    /// The product whose offer it is; zero for what is no offer.
    var parentID: Int64 = 0
    /// Zero for an offer.
    var sectionID: Int64
    var name: String
    /// The name in Latin letters, for addresses of pages.
    var code: String
    /// 1C's reference, `GUID#GUID` for an offer; the id as text where nobody exchanged it.
    var xmlID: String
    /// A property of the information block.
    var article: String
    /// A property of the information block.
    var barcode: String
    var measure: Measure
    var vat: VATRate
    var isVATIncluded = true
    var isActive = true
    var weightGrams: Int32
    var createdAt: UInt32
    var modifiedAt: UInt32
    var createdBy: UInt16

    var blockID: Int64 { kind == .offer ? Self.offerBlock : Self.productBlock }
}
