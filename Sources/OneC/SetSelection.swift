internal import Collection
internal import Records

/// What of a mapping an infobase can give: the value of `$select`.
struct SetSelection: Sendable {
    /// The value of `$select`.
    let select: String
    /// The key by which pages are ordered.
    let key: String
    /// Names that the mapping reads and the infobase does not publish.
    let unknown: [String]

    /// Web servers before 1C refuse queries of more than 2 048 bytes; the other options need room.
    private static let longestSelect = 1_700

    /// Compares a mapping with what is published.
    ///
    /// - Throws: ``CollectionError`` when the set, its key or a mandatory field is not there.
    init(
        _ mapping: EntityMapping, metadata: ODataMetadata, label: String
    ) throws(CollectionError) {
        guard metadata.isPublished else {
            throw CollectionError(
                .misconfigured,
                "\(label) does not publish \(mapping.list) (\(metadata.setCount) sets are "
                    + "published). Tick it in the infobase's OData settings, or mend the mapping.")
        }
        var (names, unknown): ([String], [String]) = ([], [])
        let selection = mapping.selection
        for name in selection.names {
            guard metadata.properties[name] != nil else {
                unknown.append(name)
                continue
            }
            let inner = selection[name].names
            if let columns = metadata.columns(of: name), !inner.isEmpty {
                names += inner.filter(columns.contains).map { name + "/" + $0 }
                unknown += inner.filter { !columns.contains($0) }.map { name + "/" + $0 }
            } else {
                names.append(name)
            }
        }
        var mandatory = MappingSelection()
        for path in mapping.id.paths { mandatory.insert(path) }
        for field in mapping.fields where field.isMandatory {
            field.expression.paths.forEach { mandatory.insert($0) }
        }
        if let name = mandatory.names.first(where: unknown.contains) {
            throw CollectionError(
                .misconfigured,
                "\(label): \(mapping.list) has no \(name), which the mapping needs. The "
                    + "configuration may be another one or of another version; choose its mapping.")
        }
        key = selection.names.first ?? ""
        self.unknown = unknown
        let joined = names.joined(separator: ",")
        select = InfobaseAddress.encoded(joined).utf8.count > Self.longestSelect ? "*" : joined
    }
}
