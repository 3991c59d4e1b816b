public import Records

/// How well one section of a mapping fits what an infobase publishes.
public struct SectionFit: Sendable {
    /// The entity that the section gives.
    public let entity: EntityName
    /// The list that it reads.
    public let list: String
    /// Whether the list is published.
    public let isPublished: Bool
    /// Fields without which reading is pointless and which are not published.
    public let lostFields: [LostField]
    /// Names that the records do without.
    public let lostOptional: [String]
    /// Names without which the currency of amounts is not known.
    public let lostCurrencies: [String]
    /// Further lists that the records do without: barcodes, the names of warehouses.
    public let lostLists: [String]
    /// What is read of the list; `nil` when it is not published.
    let selection: ListSelection?
    let shape: ListShape?

    /// Whether the section's list can be read.
    public var isReadable: Bool { isPublished && lostFields.isEmpty }

    /// Compares a section with what is published.
    init(_ mapping: EntityMapping, metadata: InfobaseMetadata) {
        entity = mapping.entity
        list = mapping.list
        lostLists =
            (mapping.related.map(\.list) + mapping.lookups.map(\.list))
            .filter { metadata.shape(of: $0) == nil }
        guard let shape = metadata.shape(of: mapping.list) else {
            (isPublished, lostFields, lostOptional, lostCurrencies) = (false, [], [], [])
            (selection, self.shape) = (nil, nil)
            return
        }
        let selection = ListSelection(
            Self.own(mapping), id: Self.idNames(mapping), shape: shape)
        let places = PublishedPlaces(shape: shape, related: Set(mapping.related.map(\.name)))
        isPublished = true
        lostFields = mapping.lostFields(where: places.isThere)
        lostOptional = mapping.fields.filter { !$0.isMandatory }.flatMap { field in
            field.expression.lostPlaces(where: places.isThere).map {
                "\(mapping.list).\($0.memberText)"
            }
        }
        var currencies: [String] = []
        for field in mapping.fields {
            for place in field.expression.lostCurrencies(where: places.isThere) {
                let name = "\(mapping.list).\(place.memberText)"
                if !currencies.contains(name) { currencies.append(name) }
            }
        }
        lostCurrencies = currencies
        self.selection = selection
        self.shape = shape
    }

    /// What is read in the rows of the list itself, without what other lists put into them.
    private static func own(_ mapping: EntityMapping) -> MappingSelection {
        let related = Set(mapping.related.filter { $0.parent == nil }.map(\.name))
        var own = MappingSelection()
        for path in mapping.id.paths { own.insert(path) }
        let paths = mapping.skips.flatMap(\.paths) + mapping.fields.flatMap(\.expression.paths)
        for path in paths {
            if case .member(let name) = path.steps.first, related.contains(name) { continue }
            own.insert(path)
        }
        for list in mapping.related where list.parent == nil {
            if let by = list.by { own.insert(name: by) }
        }
        return own
    }

    /// What tells the rows of the list apart where it has no key of its own.
    private static func idNames(_ mapping: EntityMapping) -> [String] {
        if let sum = mapping.sum { return sum.rows }
        var names = MappingSelection()
        for path in mapping.id.paths { names.insert(path) }
        return names.names
    }
}
