import Records

extension EntityFile {
    /// Reads the `linkage` section; parts left out follow from the types of the fields.
    static func linkage(
        from node: YAMLNode?, fields: [FieldDefinition]
    ) throws(DefinitionError) -> LinkageDefinition {
        guard let node else { return LinkageDefinition() }
        try node.allow(keys: [
            "explicit", "rules", "distinct", "comparisons", "blocking", "assignment", "zones",
        ])
        let reader = LinkageReader(fields: fields)
        return LinkageDefinition(
            explicitLinks: try reader.list(node, "explicit", reader.explicitLink) ?? [],
            rules: try reader.list(node, "rules", reader.rule) ?? [],
            distinctions: try reader.list(node, "distinct", reader.distinction) ?? [],
            comparisons: try reader.list(node, "comparisons", reader.comparison),
            blocking: try reader.list(node, "blocking", reader.blockingRule),
            assignment: try node.optional("assignment")?.choice(of: AssignmentPolicy.self)
                ?? .oneToOne,
            zones: try node.optional("zones").map(zones) ?? DecisionZones())
    }

    /// `{precision: 0.999, review: 0.1}`.
    private static func zones(_ node: YAMLNode) throws(DefinitionError) -> DecisionZones {
        try node.allow(keys: ["precision", "review"])
        var zones = DecisionZones()
        if let precision = try node.optional("precision") {
            zones.targetPrecision = try share(precision)
        }
        if let review = try node.optional("review") { zones.leastReview = try share(review) }
        return zones
    }

    private static func share(_ node: YAMLNode) throws(DefinitionError) -> Double {
        let value = try node.number()
        guard value > 0, value < 1 else { throw node.error("a share lies between 0 and 1") }
        return value
    }
}

/// Reads the parts of a `linkage` section, knowing the fields that may be named.
private struct LinkageReader {
    let fields: [FieldDefinition]

    func list<Item>(
        _ node: YAMLNode, _ key: String, _ read: (YAMLNode) throws(DefinitionError) -> Item
    ) throws(DefinitionError) -> [Item]? {
        guard let list = try node.optional(key) else { return nil }
        var items: [Item] = []
        for item in try list.items() { items.append(try read(item)) }
        return items
    }

    /// `{left: $id, right: other_id}`.
    func explicitLink(_ node: YAMLNode) throws(DefinitionError) -> ExplicitLink {
        try node.allow(keys: ["left", "right"])
        let link = ExplicitLink(
            left: try operand(node.required("left")), right: try operand(node.required("right")))
        guard link.left == .id || link.right == .id else {
            throw node.error("one side of an explicit link must be $id")
        }
        return link
    }

    private func operand(_ node: YAMLNode) throws(DefinitionError) -> ExplicitLink.Operand {
        try node.text() == "$id" ? .id : .field(field(node))
    }

    /// `{name: tax_id+kpp, same: [tax_id, kpp], compatible: […], unique: true, evidence: 0}`.
    func rule(_ node: YAMLNode) throws(DefinitionError) -> KeyRule {
        try node.allow(keys: ["name", "same", "compatible", "unique", "evidence"])
        let same = try names(node.required("same"))
        return KeyRule(
            name: try node.optional("name")?.text()
                ?? same.map(\.rawValue).joined(separator: "+"),
            same: same,
            compatible: try node.optional("compatible").map(names) ?? [],
            isUnique: try node.optional("unique")?.boolean() ?? false,
            leastOtherEvidence: try node.optional("evidence")?.number())
    }

    /// `{same: [tax_id], different: [kpp], overruled_by: 3}`.
    func distinction(_ node: YAMLNode) throws(DefinitionError) -> Distinction {
        try node.allow(keys: ["same", "different", "overruled_by"])
        return Distinction(
            same: try names(node.required("same")),
            different: try names(node.required("different")),
            overruledBy: try node.optional("overruled_by")?.integer())
    }

    /// `{fields: [name, full_name], method: name, levels: [0.9, 0.7], term_frequency: true}`.
    func comparison(_ node: YAMLNode) throws(DefinitionError) -> ComparisonDefinition {
        try node.allow(keys: ["name", "fields", "method", "levels", "term_frequency", "implied_by"])
        let fieldsNode = try node.required("fields")
        let compared = try names(fieldsNode)
        guard let first = compared.first, let type = type(of: first) else {
            throw fieldsNode.error("name at least one field")
        }
        var thresholds: [Double] = []
        for level in try node.optional("levels")?.items() ?? [] {
            let threshold = try level.number()
            guard threshold > 0, threshold <= 1, threshold < thresholds.last ?? 2 else {
                throw level.error("levels fall from at most 1 and stay above 0")
            }
            thresholds.append(threshold)
        }
        let method =
            try node.optional("method")?.choice(of: ComparisonMethod.self)
            ?? LinkageDefinition.method(for: type)
        guard thresholds.isEmpty || method.takesThresholds else {
            throw try node.required("levels").error(
                "'\(method.rawValue)' has levels of its own; leave 'levels' out")
        }
        return ComparisonDefinition(
            name: try node.optional("name")?.text() ?? first.rawValue,
            fields: compared, method: method, thresholds: thresholds,
            usesTermFrequency: try node.optional("term_frequency")?.boolean() ?? true,
            impliedBy: try node.optional("implied_by").map(field))
    }

    /// `[tax_id]`, `[name:prefix, address:city]` or `{keys: […], largest: 100}`.
    func blockingRule(_ node: YAMLNode) throws(DefinitionError) -> BlockingRule {
        var keysNode = node
        var largest: Int?
        if node.isMapping {
            try node.allow(keys: ["keys", "largest"])
            keysNode = try node.required("keys")
            if let limit = try node.optional("largest") {
                let value = try limit.integer()
                guard value >= 2 else { throw limit.error("a block has at least 2 records") }
                largest = value
            }
        }
        var keys: [BlockingKey] = []
        for item in try keysNode.isList ? keysNode.items() : [keysNode] {
            let parts = try item.text().split(
                separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let name = FieldName(String(parts[0]))
            guard type(of: name) != nil else { throw unknown(name, at: item) }
            var transform = BlockingKey.Transform.whole
            if parts.count > 1 {
                guard let known = BlockingKey.Transform(rawValue: String(parts[1])) else {
                    let all = BlockingKey.Transform.allCases.map(\.rawValue).joined(separator: ", ")
                    throw item.error("'\(parts[1])' is not one of: \(all)")
                }
                transform = known
            }
            keys.append(BlockingKey(name, transform))
        }
        guard !keys.isEmpty else { throw keysNode.error("a blocking rule has at least one key") }
        return BlockingRule(keys, largestBlock: largest)
    }

    private func names(_ node: YAMLNode) throws(DefinitionError) -> [FieldName] {
        guard node.isList else { return [try field(node)] }
        var names: [FieldName] = []
        for item in try node.items() { names.append(try field(item)) }
        return names
    }

    private func field(_ node: YAMLNode) throws(DefinitionError) -> FieldName {
        let name = FieldName(try node.text())
        guard type(of: name) != nil else { throw unknown(name, at: node) }
        return name
    }

    private func type(of name: FieldName) -> FieldType? {
        fields.first { $0.name == name }?.type
    }

    private func unknown(_ name: FieldName, at node: YAMLNode) -> DefinitionError {
        let known = fields.map(\.name.rawValue).joined(separator: ", ")
        return node.error("no field '\(name)'; the fields are: \(known)")
    }
}

extension ComparisonMethod {
    /// Whether the levels can be set by thresholds of similarity.
    fileprivate var takesThresholds: Bool {
        switch self {
        case .tokens, .similarText, .jaroWinkler, .damerauLevenshtein, .numeric, .personName: true
        default: false
        }
    }
}
