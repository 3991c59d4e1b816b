/// A record of `InformationRegister_ЦеныНоменклатуры`.
///
/// Records of one product, characteristic and kind follow each other by time: `SliceLast` is the
/// last of each run.
struct PriceRecord: Sendable {
    /// Seconds since 1970.
    var period: UInt32
    /// The document that set it, `Document_УстановкаЦенНоменклатуры`.
    var recorder: GUID
    /// The place of the product in ``InfobaseRecords/products``.
    var product: Int32
    /// The place in ``InfobaseRecords/characteristics``; -1 for none.
    var characteristic: Int32
    var kind: PriceKind
    var price: Kopecks
    var measure: Measure
    /// Whether no later record takes its place.
    var isLast: Bool
}

/// A price of the portal: of one product or offer and one price type.
struct CatalogPrice: Sendable {
    var id: Int64
    /// A product or offer of the portal.
    var productID: Int64
    /// The place of that product in ``PortalRecords/products``.
    var product: Int32
    var kind: PriceKind
    var price: Kopecks
    var modifiedAt: UInt32
}
