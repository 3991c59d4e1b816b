/// What 1C keeps besides the counterparties: see ``World/counterparties``.
struct InfobaseRecords: Sendable {
    /// The own legal entities (`Catalog_Организации`).
    var firms: [OwnFirm] = []
    /// By code.
    var users: [InfobaseUser] = []
    /// By counterparty.
    var partners: [Partner] = []
    /// By counterparty.
    var bankAccounts: [BankAccount] = []
    /// By code.
    var contacts: [ContactPerson] = []
    /// By code; a group stands after the one above it.
    var productGroups: [ProductGroup] = []
    /// By code.
    var products: [Product] = []
    /// By product.
    var characteristics: [Characteristic] = []
    /// By product, characteristic, kind and time.
    var prices: [PriceRecord] = []
    /// By product, characteristic and warehouse.
    var stock: [StockBalance] = []
    /// By date.
    var orders: [CustomerOrder] = []
    /// By order.
    var orderLines: [OrderLine] = []
    /// By date.
    var invoices: [CustomerInvoice] = []
    /// By order and date; bank and cash together.
    var receipts: [MoneyReceipt] = []
}

extension InfobaseRecords {
    /// An id for a register's record, which has none: the references of its key.
    ///
    /// - Parameters:
    ///   - product: The product's place.
    ///   - characteristic: The characteristic's place; -1 for none.
    ///   - last: The price kind or the warehouse.
    /// - Returns: `product#characteristic#last`, with a hyphen in place of no characteristic.
    func registerID(_ product: Int32, _ characteristic: Int32, _ last: GUID) -> String {
        let middle = characteristic < 0 ? "-" : characteristics[Int(characteristic)].key.text
        return "\(products[Int(product)].key.text)#\(middle)#\(last.text)"
    }
}

/// What the portal keeps besides companies with their legal details: see ``World/companies``.
struct PortalRecords: Sendable {
    /// By id.
    var departments: [Department] = []
    /// By id.
    var employees: [Employee] = []
    /// By id.
    var bankDetails: [BankDetail] = []
    /// By id.
    var contacts: [Contact] = []
    /// By id.
    var sections: [CatalogSection] = []
    /// Products and offers, by id; an offer stands after its product.
    var products: [CatalogProduct] = []
    /// By id.
    var prices: [CatalogPrice] = []
    /// By id.
    var stock: [StoreProduct] = []
    /// By id.
    var deals: [Deal] = []
    /// By deal.
    var dealRows: [DealRow] = []
    /// By id.
    var smartInvoices: [SmartInvoice] = []
    /// By id.
    var payments: [PortalPayment] = []
}
