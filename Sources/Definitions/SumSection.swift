internal import Records

/// Reads which fields are added up over the rows of a list, and what tells those rows apart.
enum SumSection {
    static func sum(
        from node: YAMLNode, of mapping: EntityMapping, _ entity: EntityDefinition
    ) throws(DefinitionError) -> MappingSum {
        try node.allow(keys: ["fields", "rows"])
        guard mapping.list.contains("/"), !mapping.list.hasPrefix("hs/"), mapping.rows == nil else {
            throw node.error(
                "only rows of a virtual table are added up: its list has a slash, X/Balance")
        }
        let places = try node.required("fields")
        let items = try places.isList ? places.items() : [places]
        var fields: [FieldName] = []
        for item in items {
            let name = FieldName(try item.text())
            guard let place = entity.index(of: name), entity.fields[place].type == .quantity,
                mapping.fields.contains(where: { $0.name == name })
            else {
                throw item.error("'\(name)' is no quantity that is mapped; only those are added up")
            }
            fields.append(name)
        }
        return MappingSum(fields: fields, rows: try node.required("rows").texts())
    }
}
