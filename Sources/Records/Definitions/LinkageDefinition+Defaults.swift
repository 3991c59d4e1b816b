extension LinkageDefinition {
    /// The definition with everything that was left out taken from the types of the fields, so
    /// that an entity file with nothing but `fields` works.
    ///
    /// - Parameter fields: The entity's fields.
    /// - Returns: The definition with nothing left out.
    public func completed(for fields: [FieldDefinition]) -> LinkageDefinition {
        var completed = self
        let comparisons = comparisons ?? Self.comparisons(for: fields)
        completed.comparisons = comparisons
        completed.blocking = blocking ?? Self.blocking(for: comparisons, fields)
        return completed
    }

    /// Comparisons by the types of the fields; the second name of an organisation joins the first.
    static func comparisons(for fields: [FieldDefinition]) -> [ComparisonDefinition] {
        var comparisons: [ComparisonDefinition] = []
        let names = fields.filter { $0.type == .organizationName }
        if let first = names.first {
            comparisons.append(
                ComparisonDefinition(
                    name: first.name.rawValue, fields: names.map(\.name), method: .name))
            comparisons.append(
                ComparisonDefinition(
                    name: "\(first.name.rawValue)_form", fields: names.map(\.name),
                    method: .legalForm, usesTermFrequency: false))
            if let address = fields.first(where: { $0.type == .address }) {
                comparisons.append(
                    ComparisonDefinition(
                        name: "place", fields: names.map(\.name) + [address.name],
                        method: .place, usesTermFrequency: false))
            }
        }
        for field in fields where !field.isIncidental {
            guard let method = method(for: field) else { continue }
            comparisons.append(
                ComparisonDefinition(
                    name: field.name.rawValue, fields: [field.name], method: method,
                    impliedBy: field.type == .kpp
                        ? fields.first { $0.type == .taxID }?.name : nil))
        }
        return comparisons
    }

    private static func method(for field: FieldDefinition) -> ComparisonMethod? {
        switch field.type {
        case .text: .tokens
        case .code: field.isMultiple ? .overlap : .digits
        case .organizationName, .boolean, .instant, .line: nil
        case .personName: .personName
        case .taxID, .registrationNumber: .digits
        case .kpp: .exact
        case .phone, .email: .overlap
        case .address: .address
        case .integer, .quantity, .money: .numeric
        case .date: .date
        }
    }

    /// The method that suits a field when its definition names a comparison without one.
    public static func method(for type: FieldType) -> ComparisonMethod {
        switch type {
        case .text: .tokens
        case .code, .taxID, .registrationNumber: .digits
        case .organizationName: .name
        case .personName: .personName
        case .boolean, .instant, .kpp, .line: .exact
        case .phone, .email: .overlap
        case .address: .address
        case .integer, .quantity, .money: .numeric
        case .date: .date
        }
    }

    /// Blocking rules that suit the comparisons: each value that tells much by itself, and pairs of
    /// values that tell little.
    static func blocking(
        for comparisons: [ComparisonDefinition], _ fields: [FieldDefinition]
    ) -> [BlockingRule] {
        let phones = Set(fields.filter { $0.type == .phone }.map(\.name))
        var rules: [BlockingRule] = []
        var weak: [BlockingKey] = []
        for comparison in comparisons {
            guard let field = comparison.fields.first else { continue }
            switch comparison.method {
            case .name:
                for transform: BlockingKey.Transform in [
                    .whole, .oneError, .rareWord, .wordPair, .initials,
                ] {
                    rules.append(BlockingRule([BlockingKey(field, transform)]))
                }
                weak.append(BlockingKey(field, .prefix))
            case .tokens:
                for transform: BlockingKey.Transform in [.whole, .rareWord, .wordPair] {
                    rules.append(BlockingRule([BlockingKey(field, transform)]))
                }
                weak.append(BlockingKey(field, .prefix))
            case .similarText:
                for transform: BlockingKey.Transform in [.similar, .rareWord] {
                    rules.append(BlockingRule([BlockingKey(field, transform)]))
                }
            case .personName, .jaroWinkler, .damerauLevenshtein:
                rules.append(BlockingRule([BlockingKey(field)]))
                weak.append(BlockingKey(field, .prefix))
                weak.append(BlockingKey(field, .suffix))
            case .digits:
                rules.append(BlockingRule([BlockingKey(field)]))
                rules.append(BlockingRule([BlockingKey(field, .oneError)]))
                weak.append(BlockingKey(field, .prefix))
            case .overlap:
                rules.append(BlockingRule([BlockingKey(field)]))
                if phones.contains(field) {
                    rules.append(BlockingRule([BlockingKey(field, .oneError)]))
                }
            case .address:
                rules.append(BlockingRule([BlockingKey(field, .whole)]))
                weak.append(BlockingKey(field, .city))
            case .date:
                rules.append(BlockingRule([BlockingKey(field)]))
                weak.append(BlockingKey(field))
            case .exact, .numeric:
                weak.append(BlockingKey(field))
            case .legalForm, .place, .numbers:
                continue
            }
        }
        for (index, first) in weak.enumerated() {
            for second in weak[(index + 1)...] where second.field != first.field {
                rules.append(BlockingRule([first, second]))
            }
        }
        return rules
    }
}
