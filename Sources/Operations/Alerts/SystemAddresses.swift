internal import Collection
internal import Records

/// Where records are opened in the systems.
struct SystemAddresses {
    private let sources: [(source: ConfiguredSource, kind: Configuration.Source.Kind)]

    /// Without addresses when the sources cannot be made: a message is worth more than its links.
    init(_ configuration: Configuration, resources: ResourceFolders) {
        let catalog = EntityCatalog(resources)
        let entities = configuration.entities.compactMap { try? catalog.entity($0.rawValue) }
        let factory = SourceFactory(
            timeZone: configuration.company.timeZone, resources: resources)
        sources = configuration.sourcesByRole.compactMap { role, settings in
            guard role.side != nil,
                let source = try? factory.source(role, settings, entities: entities)
            else { return nil }
            return (source, settings.kind)
        }
    }

    /// The address of a record by the ids that it has on both sides.
    func address(left: [String], right: [String], _ entity: String) -> String? {
        for (role, ids) in [(SourceRole.left, left), (.right, right)] {
            guard let id = ids.first,
                let source = sources.first(where: { $0.source.role == role })?.source.source,
                let address = source.webAddress(of: RecordID(id), entity: EntityName(entity))
            else { continue }
            return address
        }
        return nil
    }

    /// The address of a record in a system, as the journal calls it: by the name of the source, or
    /// of the product.
    func address(of id: String, _ entity: String, system: String) -> String? {
        // A Cyrillic С looks like the Latin C of 1C.
        let name = system.lowercased().replacing("с", with: "c")
        let found = sources.first { source, kind in
            let product = kind.title.prefix { $0 != " " }.lowercased()
            return source.name.rawValue.lowercased() == name || product == name
        }
        return found?.source.source.webAddress(of: RecordID(id), entity: EntityName(entity))
    }
}
