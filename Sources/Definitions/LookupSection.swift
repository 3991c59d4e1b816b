internal import Records

/// Reads the `lookups` of a mapping file or of one entity in it.
///
///     lookups:
///       store: {list: catalog.store.list, key: id, value: title}
///
/// The `list` is what the source knows as one: a list method, an entity set, elements of a file.
enum LookupSection {
    /// The given lookups followed by those of a section; one of the same name takes the place.
    static func lookups(
        from node: YAMLNode?, after given: [LookupList]
    ) throws(DefinitionError) -> [LookupList] {
        guard let node else { return given }
        var lookups = given
        for (key, value) in try node.pairs() {
            try value.allow(keys: ["list", "filter", "where", "key", "value"])
            lookups.removeAll { $0.name == key.value }
            let reader = MappingExpressionReader(names: [:], lookups: lookups)
            var conditions: [MappingCondition] = []
            if let given = try value.optional("where") {
                for one in given.isList ? try given.items() : [given] {
                    conditions.append(try reader.condition(one))
                }
            }
            lookups.append(
                LookupList(
                    name: key.value,
                    list: try value.required("list").text(),
                    filter: try MappingSection.filter(from: value.optional("filter")),
                    conditions: conditions,
                    key: try reader.expression(value.required("key")),
                    value: try reader.expression(value.required("value"))))
        }
        return lookups
    }

    /// The lookups that a mapping needs: others are not worth a request.
    static func used(by mapping: EntityMapping, of lookups: [LookupList]) -> [LookupList] {
        var needed = mapping.id.lookups
        for field in mapping.fields { needed.formUnion(field.expression.lookups) }
        needed.formUnion(mapping.skips.compactMap(\.lookup))
        let paths = mapping.skips.flatMap(\.paths) + mapping.fields.flatMap(\.expression.paths)
        needed.formUnion(paths.flatMap(\.lookups))
        var used: [LookupList] = []
        // From the last, since a lookup uses only such as stand before it.
        for lookup in lookups.reversed() where needed.contains(lookup.name) {
            used.append(lookup)
            needed.formUnion(lookup.key.lookups.union(lookup.value.lookups))
            needed.formUnion(lookup.conditions.compactMap(\.lookup))
        }
        return used.reversed()
    }
}
