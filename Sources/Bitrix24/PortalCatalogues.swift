internal import Collection
internal import Records

/// The catalogues of a portal, which product lists have to be asked for one by one.
actor PortalCatalogues {
    private let client: PortalClient
    private let directory: PortalProperties
    private let oldDirectory: PortalProperties
    private var known: [(id: String, isOffers: Bool)]?

    init(client: PortalClient) {
        self.client = client
        directory = PortalProperties(client: client)
        oldDirectory = PortalProperties(client: client, isOld: true)
    }

    /// The members that stand for the properties of a mapping, by the property's name.
    struct FoundProperties: Sendable {
        /// By the name of the property, then by the catalogue.
        var members: [String: [String: String]] = [:]
        /// What a person should know: what was not found.
        var remarks: [String] = []
        /// That they could not be looked for: every record would differ from the other system's.
        var doubts: [Certificate.Doubt] = []
    }

    /// Finds the properties that a mapping names in the catalogues that it reads.
    ///
    /// - Throws: ``CollectionError`` when the portal does not answer.
    func properties(of mapping: EntityMapping) async throws -> FoundProperties {
        guard !mapping.properties.isEmpty else { return FoundProperties() }
        let method = ListMethod(mapping.list)
        let directory = method.isOfOldCatalogue ? oldDirectory : self.directory
        var own: [String] = method.isOfOldCatalogue ? [PortalProperties.onlyCatalogue] : []
        if let wanted = method.catalogues {
            own = try await catalogues().filter { $0.isOffers == (wanted == .offers) }.map(\.id)
        }
        guard !own.isEmpty else { return FoundProperties() }
        var found = FoundProperties()
        found.members = try await directory.members(of: mapping.properties, in: own)
        let missing = mapping.properties.filter { found.members[$0.name] == nil }
        if let refusal = await directory.refusal {
            found.doubts.append(
                .rightsLost(
                    detail: "The list \(directory.method) cannot be read, which says what "
                        + "'\(Self.names(missing))' means: \(refusal)"))
        } else if let obstacle = await directory.obstacle {
            found.remarks.append(
                "\(obstacle). What it would tell is not read: \(Self.names(missing)).")
        } else if !missing.isEmpty {
            found.remarks.append(
                "The catalogue of \(client.host) that \(mapping.list) gives has no property "
                    + "\(Self.names(missing)): name it in the mapping's 'properties' if it has one "
                    + "of another name.")
        }
        return found
    }

    private static func names(_ properties: [MappingProperty]) -> String {
        properties.map { ($0.titles + $0.codes).prefix(2).joined(separator: " or ") }
            .joined(separator: ", ")
    }

    /// The requests that together list everything: one, or one for each catalogue.
    ///
    /// - Parameters:
    ///   - method: The list.
    ///   - select: The members to name.
    ///   - properties: The members that stand for names among these, by catalogue.
    /// - Returns: The requests, in the order of the catalogues.
    /// - Throws: ``CollectionError`` when the catalogues cannot be listed.
    func requests(
        _ method: ListMethod, select: [String], properties: [String: [String: String]] = [:]
    ) async throws -> [ListRequest] {
        guard let wanted = method.catalogues else {
            let own = select.compactMap { name in
                properties[name].map { $0[PortalProperties.onlyCatalogue] } ?? name
            }
            return [ListRequest(method, select: own)]
        }
        let all = try await catalogues()
        return all.filter { $0.isOffers == (wanted == .offers) }.map { catalogue in
            let select = select.compactMap { name in
                properties[name].map { $0[catalogue.id] } ?? name
            }
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
