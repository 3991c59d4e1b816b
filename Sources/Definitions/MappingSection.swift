internal import Records

/// Reads the section of one entity in a mapping file.
struct MappingSection {
    let entity: EntityDefinition
    /// The lookups of the whole file.
    let lookups: [LookupList]
    let texts: Texts

    /// How the texts of the whole file are read.
    struct Texts {
        let emptyValues: [String]
        let decodesHTMLEntities: Bool
    }

    /// One section, or a list of them where several lists give records of the entity.
    func mappings(from node: YAMLNode) throws(DefinitionError) -> [EntityMapping] {
        guard node.isList else { return [try mapping(from: node)] }
        var mappings: [EntityMapping] = []
        for item in try node.items() { mappings.append(try mapping(from: item)) }
        return mappings
    }

    func mapping(from node: YAMLNode) throws(DefinitionError) -> EntityMapping {
        try node.allow(keys: [
            "list", "description", "id", "prefix", "older", "rows", "rights", "web", "changes",
            "deletions", "related", "lookups", "names", "properties", "arguments", "paging", "sum",
            "skip", "fields",
        ])
        let lookups = try LookupSection.lookups(from: node.optional("lookups"), after: lookups)
        let reader = MappingExpressionReader(
            names: try names(from: node.optional("names"), lookups), lookups: lookups)
        var mapping = EntityMapping(
            entity: entity.name,
            list: try node.required("list").text(),
            description: try node.optional("description")?.text(),
            id: try reader.expression(node.required("id")),
            idPrefix: try node.optional("prefix")?.text() ?? "",
            rows: try rows(from: node.optional("rows"), reader: reader),
            rights: try node.optional("rights")?.texts() ?? [],
            webAddress: try node.optional("web")?.text(),
            changes: try node.optional("changes").map(Self.changes),
            related: try related(from: node.optional("related")),
            skips: try skips(from: node.optional("skip"), reader: reader),
            emptyValues: texts.emptyValues, decodesHTMLEntities: texts.decodesHTMLEntities,
            fields: try fields(from: node.required("fields"), reader: reader),
            older: try node.optional("older").map(mappings))
        for (name, value) in try node.optional("arguments")?.pairs() ?? [] {
            mapping.arguments.append(
                MappingArgument(name: name.value, value: try value.text()))
        }
        mapping.properties = try properties(from: node.optional("properties"))
        mapping.paging = try node.optional("paging").map(PagingSection.paging)
        mapping.deletions = try deletions(from: node.optional("deletions"), reader: reader)
        if let sum = try node.optional("sum") {
            mapping.sum = try SumSection.sum(from: sum, of: mapping, entity)
        }
        mapping.lookups = LookupSection.used(by: mapping, of: lookups)
        return mapping
    }

    private func rows(
        from node: YAMLNode?, reader: MappingExpressionReader
    ) throws(DefinitionError) -> MappingRows? {
        guard let node else { return nil }
        try node.allow(keys: ["path", "first", "around"])
        let alternatives = try node.optional("first")
        let all = try alternatives == nil ? node.required("path") : node.optional("path")
        if alternatives != nil, let all {
            throw all.error("one of 'path' and 'first' is needed, not both")
        }
        return MappingRows(
            paths: try (alternatives ?? all).map(reader.paths) ?? [],
            isFirstOnly: alternatives != nil, around: try node.required("around").text())
    }

    static func changes(_ node: YAMLNode) throws(DefinitionError) -> ChangesMark {
        let forms = "expected 'always', {member: …, equals: …} or {inside: …}"
        guard node.isMapping else {
            guard try node.text() == "always" else { throw node.error(forms) }
            return .always
        }
        try node.allow(keys: ["member", "equals", "inside"])
        if let inside = try node.optional("inside") { return .inside(try inside.texts()) }
        return .member(
            try node.required("member").text(), values: try node.required("equals").texts())
    }

    private func deletions(
        from node: YAMLNode?, reader: MappingExpressionReader
    ) throws(DefinitionError) -> DeletionList? {
        guard let node else { return nil }
        try node.allow(keys: ["list", "id"])
        return DeletionList(
            list: try node.required("list").text(),
            id: try reader.expression(node.required("id")))
    }

    private func known(_ key: YAMLNode.Key) throws(DefinitionError) {
        guard !entity.fields.contains(where: { $0.name.rawValue == key.value }) else { return }
        let known = entity.fields.map(\.name.rawValue).joined(separator: ", ")
        throw key.node.error(
            "'\(key.value)' is not a field of \(entity.name); its fields: \(known)")
    }

    private func names(
        from node: YAMLNode?, _ lookups: [LookupList]
    ) throws(DefinitionError) -> [String: MappingPath] {
        guard let node else { return [:] }
        var names: [String: MappingPath] = [:]
        for (key, value) in try node.pairs() {
            // A name may build on those before it.
            names[key.value] = try MappingExpressionReader(names: names, lookups: lookups)
                .path(value)
        }
        return names
    }

    private func properties(
        from node: YAMLNode?
    ) throws(DefinitionError) -> [MappingProperty] {
        var properties: [MappingProperty] = []
        for (key, value) in try node?.pairs() ?? [] {
            try value.allow(keys: ["code", "title"])
            let property = MappingProperty(
                name: key.value, codes: try value.optional("code")?.texts() ?? [],
                titles: try value.optional("title")?.texts() ?? [])
            guard !property.codes.isEmpty || !property.titles.isEmpty else {
                throw value.error("a property is known by its 'code' or its 'title'")
            }
            properties.append(property)
        }
        return properties
    }

    private func related(from node: YAMLNode?) throws(DefinitionError) -> [RelatedList] {
        guard let node else { return [] }
        var lists: [RelatedList] = []
        for (key, value) in try node.pairs() {
            try value.allow(keys: [
                "list", "description", "of", "id", "owner", "by", "filter", "order",
            ])
            let parent = try value.optional("of")
            if let parent {
                let name = try parent.text()
                guard lists.contains(where: { $0.name == name }) else {
                    throw parent.error("'\(name)' is not a related list that stands before this")
                }
            }
            lists.append(
                RelatedList(
                    name: key.value,
                    list: try value.required("list").text(),
                    description: try value.optional("description")?.text(),
                    parent: try parent?.text(),
                    id: try value.optional("id")?.text(),
                    owner: try value.required("owner").text(),
                    by: try value.optional("by")?.text(),
                    filter: try Self.filter(from: value.optional("filter")),
                    order: try value.optional("order")?.texts() ?? []))
        }
        return lists
    }

    /// Members and the texts that they must have, in order of name.
    static func filter(
        from node: YAMLNode?
    ) throws(DefinitionError) -> [RelatedList.Filter] {
        var filter: [RelatedList.Filter] = []
        for (member, text) in try node?.pairs() ?? [] {
            filter.append(.init(member: member.value, value: try text.text()))
        }
        return filter.sorted { $0.member < $1.member }
    }

    private func skips(
        from node: YAMLNode?, reader: MappingExpressionReader
    ) throws(DefinitionError) -> [MappingCondition] {
        var conditions: [MappingCondition] = []
        for item in try node?.items() ?? [] { conditions.append(try reader.condition(item)) }
        return conditions
    }

    private func fields(
        from node: YAMLNode, reader: MappingExpressionReader
    ) throws(DefinitionError) -> [FieldMapping] {
        var fields: [FieldMapping] = []
        for (key, value) in try node.pairs() {
            try known(key)
            guard !fields.contains(where: { $0.name.rawValue == key.value }) else {
                throw key.node.error("field '\(key.value)' is mapped twice")
            }
            let isMandatory =
                value.isMapping ? try value.optional("mandatory")?.boolean() ?? false : false
            fields.append(
                FieldMapping(
                    name: FieldName(key.value), expression: try reader.expression(value),
                    isMandatory: isMandatory))
        }
        guard !fields.isEmpty else { throw node.error("no fields are mapped") }
        return fields
    }
}
