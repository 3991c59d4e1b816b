extension PortalMethods {
    /// The catalogue: products, prices and stock.
    static let catalog: [Method] = products + values + shortLists

    private static let products: [Method] = [
        productList("catalog.product.list", .products),
        productList("catalog.product.offer.list", .offers),
        productList("catalog.product.sku.list", .units),
        productList("catalog.product.service.list", .services),
        productGet("catalog.product.get", .products, "product"),
        productGet("catalog.product.offer.get", .offers, "offer"),
        productGet("catalog.product.sku.get", .units, "sku"),
        productGet("catalog.product.service.get", .services, "service"),
        list("crm.product.list") { OldProductTable(world: $0) },
        get("crm.product.get") { OldProductTable(world: $0) },
    ]

    private static func productList(_ name: String, _ scope: CatalogProductTable.Scope) -> Method {
        Method(name, scope: "catalog", refusal: .catalogAccessDenied) { call throws(PortalError) in
            let select = Set(
                call.parameter("select")?.entries.compactMap(\.value.text) ?? [])
            guard select.isSuperset(of: ["id", "iblockId"]) else {
                throw .numbered(0, "Required select fields: id, iblockId")
            }
            let filter = call.parameter("filter")?.entries ?? []
            guard filter.contains(where: { $0.key == "iblockId" || $0.key == "=iblockId" }) else {
                throw .numbered(0, "Required filter fields: iblockId")
            }
            return try call.list(
                CatalogProductTable(world: call.world, scope: scope), key: scope.key)
        }
    }

    private static func productGet(
        _ name: String, _ scope: CatalogProductTable.Scope, _ key: String
    ) -> Method {
        Method(name, scope: "catalog", refusal: .catalogAccessDenied) { call throws(PortalError) in
            try call.get(
                CatalogProductTable(world: call.world, scope: scope), key: key,
                missing: .numbered(0, "product does not exist."))
        }
    }

    private static let values: [Method] = [
        catalogList("catalog.price.list", "prices") { PriceTable(world: $0) },
        catalogList("catalog.storeproduct.list", "storeProducts") { StoreProductTable(world: $0) },
        Method(
            "catalog.section.list", scope: "catalog", isForAdministrators: true,
            refusal: .sectionAccessDenied
        ) { call throws(PortalError) in
            let filter = call.parameter("filter")?.entries ?? []
            guard filter.contains(where: { $0.key == "iblockId" || $0.key == "=iblockId" }) else {
                throw .numbered(0, "Required filter fields: iblockId")
            }
            return bare(call, try call.list(SectionTable(world: call.world), key: "sections"))
        },
    ]

    private static let shortLists: [Method] = [
        administrators("catalog.catalog.list", "catalogs") { CatalogDirectories.catalogs },
        administrators("catalog.store.list", "stores") { CatalogDirectories.stores },
        administrators("catalog.measure.list", "measures", isBare: true) {
            CatalogDirectories.measures
        },
        administrators("catalog.priceType.list", "priceTypes", isBare: true) {
            CatalogDirectories.priceTypes
        },
        administrators("catalog.vat.list", "vats", isBare: true) { CatalogDirectories.rates },
        administrators("catalog.productProperty.list", "productProperties") {
            CatalogDirectories.properties
        },
        list("crm.productsection.list") { OldSectionTable(world: $0) },
        list("crm.vat.list") { _ in CatalogDirectories.oldRates },
        list("crm.measure.list") { _ in CatalogDirectories.oldMeasures },
        list("crm.product.property.list") { _ in CatalogDirectories.oldProperties },
    ]

    private static func catalogList<Table: PortalTable>(
        _ name: String, _ key: String, _ table: @escaping @Sendable (World) -> Table
    ) -> Method {
        Method(name, scope: "catalog", refusal: .catalogAccessDenied) { call throws(PortalError) in
            try call.list(table(call.world), key: key)
        }
    }

    private static func administrators(
        _ name: String, _ key: String, isBare: Bool = false,
        _ table: @escaping @Sendable () -> SmallTable
    ) -> Method {
        Method(
            name, scope: "catalog", isForAdministrators: true, refusal: .catalogAccessDenied
        ) { call throws(PortalError) in
            let answer = try call.list(table(), key: key)
            return isBare ? bare(call, answer) : answer
        }
    }

    /// Four lists may have their rows at the top of the answer, as documented.
    private static func bare(_ call: PortalCall, _ answer: MethodAnswer) -> MethodAnswer {
        var answer = answer
        // Inside a batch an answer is nothing but its result.
        answer.isBare = call.options.catalogWrapper == .bare && !call.isInBatch
        return answer
    }
}
