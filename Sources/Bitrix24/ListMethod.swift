internal import Collection

/// A list method of the portal as mappings name it, with what differs from method to method.
///
/// A mapping writes a method with the parameters that never change, in the form of the portal's own
/// batch commands: `crm.item.list?entityTypeId=31`, `crm.deal.list?filter[IS_RECURRING]=N`.
///
/// Source of the table: the protocol dossier, sections 2.5 and 5.0.
struct ListMethod: Hashable, Sendable {
    /// How a list is read to its end.
    enum Paging: Hashable, Sendable {
        /// Ids ascend and each page asks for those beyond the last.
        case cursor
        /// Pages by position; such lists are short. See ``PositionedReading``.
        case offset
        /// Rows without ids, by their owners; everything at once on most portals.
        case owners
        /// The rows of one owner, whose id is the parameter of this name.
        case owner(String)
    }

    /// Which catalogues a list has to be asked for, one by one.
    enum Catalogues: Hashable, Sendable {
        case products
        case offers
    }

    /// A parameter that never changes.
    struct Parameter: Hashable, Sendable {
        let name: String
        let value: String
    }

    let name: String
    let parameters: [Parameter]
    let filter: [Parameter]
    /// The member of the result that holds the rows; `nil` when the result itself is the list.
    let container: String?
    /// The member of a row that holds its id.
    let idName: String
    let paging: Paging
    /// The `start` of a page whose place its filter says: −1, which spares the portal the counting, and
    /// 0 where −1 is documented to give all rows at once, or not documented at all.
    let pageStart: Int
    /// Whether the portal gives it to administrators only, as far as there is another way without it.
    let isForAdministrators: Bool
    let catalogues: Catalogues?
    /// What a filter's name begins with when it takes several values.
    let among: String

    /// Reads a method as mappings write it.
    init(_ text: String) {
        let parts = text.split(separator: "?", maxSplits: 1)
        name = String(parts.first ?? "")
        let given = parts.dropFirst().first?.split(separator: "&").map { pair in
            // A name in brackets may begin with a sign of its own: filter[=ownerType]=D.
            let bracket = pair.firstIndex(of: "]") ?? pair.startIndex
            let sign = pair[bracket...].firstIndex(of: "=") ?? pair.endIndex
            return (name: String(pair[..<sign]), value: String(pair[sign...].dropFirst()))
        }
        var (parameters, filter): ([Parameter], [Parameter]) = ([], [])
        for (name, value) in given ?? [] {
            if name.lowercased().hasPrefix("filter["), name.hasSuffix("]") {
                filter.append(Parameter(name: String(name.dropFirst(7).dropLast()), value: value))
            } else {
                parameters.append(Parameter(name: name, value: value))
            }
        }
        (self.parameters, self.filter) = (parameters, filter)
        let key = name.lowercased()
        container = Self.containers[key]
        idName = Self.idNames[key] ?? (Self.containers[key] == nil ? "ID" : "id")
        paging = Self.pagings[key] ?? .cursor
        pageStart = Self.shopLists.contains(key) ? 0 : -1
        isForAdministrators = Self.shopLists.contains(key)
        catalogues = Self.cataloguesByMethod[key]
        among = Self.sign(key)
    }

    /// Whether the portal gives its rows for one owner at a time.
    var isByOwner: Bool { if case .owner = paging { true } else { false } }

    /// Whether it lists the products of an old portal, which has one catalogue.
    var isOfOldCatalogue: Bool { name.lowercased() == "crm.product.list" }

    /// The name of a filter by which nothing is found, for trying the right to read.
    func idFilter(owner: String?) -> String {
        if paging == .owners, let owner { return among + owner }
        return idName
    }

    /// Whether the order is given by `sort` and `order` instead of `order[…]`.
    var sortsByName: Bool { name.hasPrefix("user.") || name.hasPrefix("department.") }

    /// The rows in a result; `nil` when there is no list where it should be.
    func rows(in result: JSONValue) -> [JSONValue]? {
        guard let container else { return result.rows }
        if let rows = result[container]?.rows { return rows }
        // PHP writes an empty map as an empty list.
        return result.kind == .array && result.count == 0 ? [] : nil
    }

    /// A place in the result of an earlier command of a batch.
    func reference(to command: String, row: Int, member: String) -> String {
        let inside = container.map { "[\($0)]" } ?? ""
        return "$result[\(command)]\(inside)[\(row)][\(member)]"
    }

    /// The catalogue's lists take a list under the plain name; CRM's need a sign.
    private static func sign(_ key: String) -> String {
        if key.hasPrefix("catalog.") { return "" }
        return key == "crm.item.productrow.list" || key.hasPrefix("sale.") ? "=" : "@"
    }

    /// Lists of the online shop's orders and of what hangs on them.
    private static let shopLists: Set = ["crm.orderentity.list", "sale.payment.list"]

    private static let idNames = ["crm.orderentity.list": "orderId"]

    private static let containers = [
        "crm.item.list": "items", "crm.item.productrow.list": "productRows",
        "crm.category.list": "categories", "crm.orderentity.list": "orderEntity",
        "sale.payment.list": "payments", "catalog.catalog.list": "catalogs",
        "catalog.product.list": "products", "catalog.product.offer.list": "offers",
        "catalog.product.sku.list": "units", "catalog.product.service.list": "services",
        "catalog.price.list": "prices", "catalog.pricetype.list": "priceTypes",
        "catalog.storeproduct.list": "storeProducts", "catalog.store.list": "stores",
        "catalog.section.list": "sections", "catalog.measure.list": "measures",
        "catalog.vat.list": "vats", "catalog.productproperty.list": "productProperties",
    ]

    private static let pagings: [String: Paging] = [
        "crm.address.list": .owners, "crm.item.productrow.list": .owners,
        "crm.item.payment.list": .owner("entityId"), "crm.deal.productrows.get": .owner("id"),
        "crm.contact.company.items.get": .owner("id"),
        "crm.company.contact.items.get": .owner("id"), "crm.deal.contact.items.get": .owner("id"),
        "crm.category.list": .offset, "crm.status.list": .offset, "crm.vat.list": .offset,
        "crm.currency.list": .offset, "crm.measure.list": .offset,
        "crm.product.property.list": .offset,
        "crm.productsection.list": .offset, "crm.requisite.link.list": .offset,
        "crm.requisite.preset.list": .offset, "user.get": .offset, "user.search": .offset,
        "department.get": .offset, "catalog.catalog.list": .offset,
        "catalog.pricetype.list": .offset, "catalog.store.list": .offset,
        "catalog.section.list": .offset, "catalog.measure.list": .offset,
        "catalog.vat.list": .offset, "catalog.productproperty.list": .offset,
    ]

    private static let cataloguesByMethod: [String: Catalogues] = [
        "catalog.product.list": .products, "catalog.product.sku.list": .products,
        "catalog.product.service.list": .products, "catalog.section.list": .products,
        "catalog.product.offer.list": .offers,
    ]
}
