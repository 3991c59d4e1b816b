/// A balance of `AccumulationRegister_ТоварыНаСкладах` (with the reserve of
/// `…_СвободныеОстатки`).
struct StockBalance: Sendable {
    /// The place of the product in ``InfobaseRecords/products``.
    var product: Int32
    /// The place in ``InfobaseRecords/characteristics``; -1 for none.
    var characteristic: Int32
    var warehouse: Warehouse
    /// What lies there, the reserve included.
    var quantity: Thousandths
    var reserved: Thousandths
}

/// The same in the portal: `catalog.storeproduct`.
struct StoreProduct: Sendable {
    var id: Int64
    /// A product or offer of the portal.
    var productID: Int64
    /// The place of that product in ``PortalRecords/products``.
    var product: Int32
    var warehouse: Warehouse
    var amount: Thousandths
    /// The portal writes `null` for zero.
    var reserved: Thousandths
}
