internal import Collection

/// The catalogues of a portal, which product lists have to be asked for one by one.
actor PortalCatalogues {
    private let client: PortalClient
    private var known: [(id: String, isOffers: Bool)]?

    init(client: PortalClient) { self.client = client }

    /// The requests that together list everything: one, or one for each catalogue.
    ///
    /// - Parameters:
    ///   - method: The list.
    ///   - select: The members to name.
    /// - Returns: The requests, in the order of the catalogues.
    /// - Throws: ``CollectionError`` when the catalogues cannot be listed.
    func requests(_ method: ListMethod, select: [String]) async throws -> [ListRequest] {
        guard let wanted = method.catalogues else {
            return [ListRequest(method, select: select)]
        }
        let all = try await catalogues()
        return all.filter { $0.isOffers == (wanted == .offers) }.map { catalogue in
            var request = ListRequest(method, select: select)
            // The portal refuses to list products without these two.
            for name in ["iblockId", "id"] where !request.select.contains(name) {
                request.select.insert(name, at: 0)
            }
            request.filter.append(("iblockId", .text(catalogue.id)))
            return request
        }
    }

    private func catalogues() async throws -> [(id: String, isOffers: Bool)] {
        if let known { return known }
        let method = ListMethod("catalog.catalog.list")
        let names = ["iblockId", "productIblockId"]
        var reading = try await ListReading(
            ListRequest(method, select: names), id: "iblockId", client: client)
        var found: [(id: String, isOffers: Bool)] = []
        while let portion = try await reading.next() {
            for row in portion.rows {
                guard let id = row["iblockId"]?.scalarText else { continue }
                found.append((id, (row["productIblockId"]?.integer ?? 0) > 0))
            }
        }
        known = found
        return found
    }
}
