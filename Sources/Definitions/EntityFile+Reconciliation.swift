import Records

extension EntityFile {
    static func reconciliation(
        from node: YAMLNode?, fields: [FieldDefinition]
    ) throws(DefinitionError) -> ReconciliationDefinition {
        guard let node else { return ReconciliationDefinition() }
        try node.allow(keys: [
            "title", "deleted", "explicit_ids", "identity", "compare", "validate", "findings",
        ])
        var definition = ReconciliationDefinition()
        definition.titleFields = try fieldNames(node.optional("title"), among: fields)
        if let deleted = try node.optional("deleted") {
            definition.deletedField = try fieldName(deleted, among: fields, of: [.boolean])
        }
        if let rules = try node.optional("explicit_ids") {
            for rule in try rules.items() {
                definition.explicitIDs.append(try explicitIDRule(rule, among: fields))
            }
        }
        definition.identity = try identityRule(node.optional("identity"), among: fields)
        if let rules = try node.optional("compare") {
            for (key, rule) in try rules.pairs() {
                let field = try fieldName(key.node, among: fields)
                definition.fieldRules.append(try fieldRule(field, from: rule, among: fields))
            }
        }
        if let rules = try node.optional("validate") {
            for (key, rule) in try rules.pairs() {
                let field = try fieldName(key.node, among: fields)
                definition.validityRules.append(
                    try validityRule(field, at: key.node, from: rule, among: fields))
            }
        }
        if let rules = try node.optional("findings") {
            for (key, rule) in try rules.pairs() {
                let kind = try key.node.choice(of: Finding.Kind.self)
                definition.kindRules[kind] = try kindRule(kind, from: rule, among: fields)
            }
        }
        return definition
    }

    /// Types whose values can be told to be impossible without a bound or a form.
    private static let validatedTypes: [FieldType] = [
        .taxID, .kpp, .registrationNumber, .phone, .email,
    ]
    /// Types of numbers, which have bounds.
    private static let boundedTypes: [FieldType] = [.integer, .quantity, .money]
    /// Types of texts that may have a form beyond their type.
    private static let formedTypes: [FieldType] = [.code, .text]

    private static func explicitIDRule(
        _ node: YAMLNode, among fields: [FieldDefinition]
    ) throws(DefinitionError) -> ExplicitIDRule {
        try node.allow(keys: ["field", "sides", "target"])
        var rule = ExplicitIDRule(field: try fieldName(node.required("field"), among: fields))
        if let sides = try node.optional("sides") {
            rule.sides = try sideList(sides)
        }
        if let target = try node.optional("target") {
            rule.target = try fieldName(target, among: fields)
        }
        return rule
    }

    private static func sideList(_ node: YAMLNode) throws(DefinitionError) -> [Side] {
        guard node.isList else { return [try node.choice(of: Side.self)] }
        var sides: [Side] = []
        for item in try node.items() { sides.append(try item.choice(of: Side.self)) }
        return sides
    }

    private static func identityRule(
        _ node: YAMLNode?, among fields: [FieldDefinition]
    ) throws(DefinitionError) -> IdentityRule? {
        guard let node else { return nil }
        try node.allow(keys: ["field", "alternatives"])
        return IdentityRule(
            field: try fieldName(node.required("field"), among: fields),
            alternatives: try fieldNames(node.optional("alternatives"), among: fields))
    }

    private static func fieldRule(
        _ field: FieldName, from node: YAMLNode, among fields: [FieldDefinition]
    ) throws(DefinitionError) -> FieldRule {
        try node.allow(keys: [
            "severity", "authoritative", "tolerance", "only_left", "only_right", "alternatives",
            "equivalents", "explained_by", "at_stake",
        ])
        var equivalents: [String: [String]] = [:]
        for (meaning, texts) in try node.optional("equivalents")?.pairs() ?? [] {
            equivalents[meaning.value] = try texts.texts()
        }
        return FieldRule(
            field: field,
            severity: try node.required("severity").choice(of: Finding.Severity.self),
            authoritative: try node.optional("authoritative")?.choice(of: Side.self),
            tolerance: try node.optional("tolerance").map(tolerance) ?? .none,
            onlyLeft: try node.optional("only_left").flatMap(severityOrOff),
            onlyRight: try node.optional("only_right").flatMap(severityOrOff),
            alternatives: try fieldNames(node.optional("alternatives"), among: fields),
            equivalents: equivalents,
            explainedBy: try fieldNames(node.optional("explained_by"), among: fields),
            atStake: try node.optional("at_stake").map(money))
    }

    private static func validityRule(
        _ field: FieldName, at place: YAMLNode, from node: YAMLNode, among fields: [FieldDefinition]
    ) throws(DefinitionError) -> ValidityRule {
        try node.allow(keys: [
            "severity", "junk", "junk_severity", "except", "above", "at_least", "form",
        ])
        let above = try node.optional("above")
        let atLeast = try node.optional("at_least")
        let form = try node.optional("form")
        let types = above ?? atLeast != nil ? boundedTypes : form != nil ? formedTypes : nil
        _ = try fieldName(place, among: fields, of: types ?? validatedTypes)
        if above != nil, let atLeast {
            throw atLeast.error("'above' says where the numbers begin; leave one of the two out")
        }
        if let form, above ?? atLeast != nil {
            throw form.error("numbers have no form; leave it out")
        }
        var bound: ValidityRule.LowerBound?
        if let above { bound = .above(try quantity(above)) }
        if let atLeast { bound = .atLeast(try quantity(atLeast)) }
        return ValidityRule(
            field: field,
            severity: try node.required("severity").choice(of: Finding.Severity.self),
            junk: try node.optional("junk")?.texts() ?? [],
            junkSeverity: try node.optional("junk_severity").flatMap(severityOrOff),
            exceptions: try fieldValues(node.optional("except"), among: fields),
            bound: bound, form: try form?.choice(of: ValidityRule.Form.self))
    }

    private static func kindRule(
        _ kind: Finding.Kind, from node: YAMLNode, among fields: [FieldDefinition]
    ) throws(DefinitionError) -> KindRule {
        let keys = ["severity", "minutes", "at_stake"]
        try node.allow(keys: kind == .missing ? keys + ["within", "unless"] : keys)
        var rule = KindRule(
            severity: try node.required("severity").choice(of: Finding.Severity.self))
        if let minutes = try node.optional("minutes") {
            rule.minutesToFix = try minutes.integer()
            guard rule.minutesToFix >= 0 else { throw minutes.error("minutes are not negative") }
        }
        rule.atStake = try node.optional("at_stake").map(money)
        rule.within = try fieldNames(node.optional("within"), among: fields)
        rule.exceptions = try fieldValues(node.optional("unless"), among: fields)
        return rule
    }

    /// `{legal_kind: [foreign]}`: values of fields that make an exception.
    private static func fieldValues(
        _ node: YAMLNode?, among fields: [FieldDefinition]
    ) throws(DefinitionError) -> [FieldName: [String]] {
        var values: [FieldName: [String]] = [:]
        for (key, texts) in try node?.pairs() ?? [] {
            values[try fieldName(key.node, among: fields)] = try texts.texts()
        }
        return values
    }

    private static func quantity(_ node: YAMLNode) throws(DefinitionError) -> Quantity {
        guard let quantity = Quantity(try node.text()) else {
            throw node.error("expected a number such as 0 or 0.5")
        }
        return quantity
    }

    /// A severity, or `off` for "means nothing".
    private static func severityOrOff(
        _ node: YAMLNode
    ) throws(DefinitionError) -> Finding.Severity? {
        if ["off", "false"].contains(try node.text()) { return nil }
        return try node.choice(of: Finding.Severity.self)
    }

    /// `0.05` as an exact amount, or `1.5 %` as a share of the greater value.
    private static func tolerance(_ node: YAMLNode) throws(DefinitionError) -> Tolerance {
        let text = try node.text()
        let isShare = text.hasSuffix("%")
        guard let quantity = Quantity(isShare ? String(text.dropLast()) : text),
            quantity.units >= 0
        else { throw node.error("expected a number such as 0.05, or a share such as 1.5 %") }
        guard isShare else { return .absolute(quantity) }
        guard quantity.scale <= 2, let points = quantity.minorUnits, points <= 10_000 else {
            throw node.error("a share is 0 to 100 % with at most two digits after the point")
        }
        return .basisPoints(Int(points))
    }

    /// `3000` or `3000.50 RUB`.
    private static func money(_ node: YAMLNode) throws(DefinitionError) -> Money {
        let parts = try node.text().split(separator: " ")
        let currency = parts.count > 1 ? parts.last.map(String.init) ?? "" : "RUB"
        let isCode = currency.utf8.count == 3 && currency.utf8.allSatisfy { (65...90).contains($0) }
        let digits = parts.dropLast(parts.count > 1 ? 1 : 0).joined()
        guard isCode, let minorUnits = Quantity(digits)?.minorUnits else {
            throw node.error("expected an amount and a currency, such as 3000.50 RUB")
        }
        return Money(minorUnits: minorUnits, currency: currency)
    }

    private static func fieldNames(
        _ node: YAMLNode?, among fields: [FieldDefinition]
    ) throws(DefinitionError) -> [FieldName] {
        guard let node else { return [] }
        guard node.isList else { return [try fieldName(node, among: fields)] }
        var names: [FieldName] = []
        for item in try node.items() { names.append(try fieldName(item, among: fields)) }
        return names
    }

    private static func fieldName(
        _ node: YAMLNode, among fields: [FieldDefinition], of types: [FieldType] = []
    ) throws(DefinitionError) -> FieldName {
        let text = try node.text()
        guard let field = fields.first(where: { $0.name.rawValue == text }) else {
            let known = fields.map(\.name.rawValue).joined(separator: ", ")
            throw node.error("'\(text)' is not a field of this entity; its fields: \(known)")
        }
        guard types.isEmpty || types.contains(field.type) else {
            let known = types.map(\.rawValue).joined(separator: ", ")
            throw node.error("'\(text)' is \(field.type.rawValue); this takes one of: \(known)")
        }
        return field.name
    }
}

extension Quantity {
    /// The number in hundredths; `nil` when it has finer digits or is too great.
    fileprivate var minorUnits: Int64? {
        guard scale <= 2 else { return nil }
        let factor: Int64 = scale == 0 ? 100 : scale == 1 ? 10 : 1
        let (product, overflow) = units.multipliedReportingOverflow(by: factor)
        return overflow ? nil : product
    }
}
