internal import Collection
internal import Records

/// The properties of a portal's catalogues, by which mappings find articles and barcodes.
///
/// An old portal has one catalogue, whose properties it lists by a method of its own.
actor PortalProperties {
    /// What the only catalogue of an old portal is called here.
    static let onlyCatalogue = ""

    /// One property of one catalogue.
    struct Property: Sendable {
        let catalogue: String
        /// The member of a product's row: `property258`, or `PROPERTY_258` of an old portal.
        let member: String
        let code: String
        let title: String
    }

    /// The method that lists them.
    nonisolated let method: String
    private let client: PortalClient
    private let isOld: Bool
    private var known: [Property]?
    /// What an old portal does not have.
    private(set) var obstacle: String?
    /// How the portal refused to list them.
    private(set) var refusal: String?

    init(client: PortalClient, isOld: Bool = false) {
        self.client = client
        self.isOld = isOld
        method = isOld ? "crm.product.property.list" : "catalog.productProperty.list"
    }

    /// Finds what a mapping looks for in some catalogues.
    ///
    /// - Parameters:
    ///   - wanted: What it looks for.
    ///   - catalogues: The catalogues that it reads.
    /// - Returns: For each of them that was found, the members by catalogue.
    /// - Throws: ``CollectionError`` when the portal does not answer.
    func members(
        of wanted: [MappingProperty], in catalogues: [String]
    ) async throws -> [String: [String: String]] {
        guard !wanted.isEmpty else { return [:] }
        let all = try await properties()
        var found: [String: [String: String]] = [:]
        for catalogue in catalogues {
            let own = all.filter { $0.catalogue == catalogue }
            for property in wanted {
                guard let place = property.choice(among: own.map { ($0.code, $0.title) }) else {
                    continue
                }
                found[property.name, default: [:]][catalogue] = own[place].member
            }
        }
        return found
    }

    private func properties() async throws -> [Property] {
        if let known { return known }
        var found: [Property] = []
        do {
            let list = ListMethod(method)
            let names = isOld ? ["ID", "NAME", "CODE"] : ["id", "iblockId", "name", "code"]
            var reading = try await ListReading(
                ListRequest(list, select: names), id: list.idName, client: client)
            while let portion = try await reading.next() {
                found += portion.rows.compactMap(isOld ? Self.oldProperty : Self.property)
            }
        } catch let error as CollectionError where error.kind == .refused {
            refusal = error.message
        } catch is UnknownMethod {
            obstacle = "\(client.host) has no \(method)"
        }
        known = found
        return found
    }

    private static func property(_ row: JSONValue) -> Property? {
        guard let id = row["id"]?.scalarText, let catalogue = row["iblockId"]?.scalarText else {
            return nil
        }
        return Property(
            catalogue: catalogue, member: "property" + id, code: row["code"]?.scalarText ?? "",
            title: row["name"]?.scalarText ?? "")
    }

    private static func oldProperty(_ row: JSONValue) -> Property? {
        guard let id = row["ID"]?.scalarText else { return nil }
        return Property(
            catalogue: onlyCatalogue, member: "PROPERTY_" + id,
            code: row["CODE"]?.scalarText ?? "", title: row["NAME"]?.scalarText ?? "")
    }
}
