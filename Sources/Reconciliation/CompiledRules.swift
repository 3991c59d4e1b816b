import Records

/// The rules of an entity with field names looked up once.
struct CompiledRules {
    struct Comparison {
        var rule: FieldRule
        var field: Int
        var type: FieldType
        /// The entity whose ids the values are.
        var refersTo: EntityName?
        var alternatives: [Int]
        var equivalents: Equivalents?
        var explainedBy: [Int]
        /// The position in ``validity`` of the rule for the same field.
        var validity: Int?
    }

    struct Validity {
        var rule: ValidityRule
        var field: Int
        var type: FieldType
        var exceptions: [(field: Int, values: [String])]
    }

    struct ExplicitID {
        var rule: ExplicitIDRule
        var field: Int
        var target: Int?
    }

    struct Identity {
        var name: FieldName
        var field: Int
        var type: FieldType
        var alternatives: [Int]
    }

    let definition: EntityDefinition
    let titleFields: [Int]
    let deletedField: Int?
    let comparisons: [Comparison]
    let validity: [Validity]
    let explicitIDs: [ExplicitID]
    let identity: Identity?
    /// The fields within whose values records can be missing.
    let missingScope: [MissingScope]
    /// The values with which records are not missing.
    let missingExceptions: [ValueList]

    /// Rules that name a field which the entity does not have are left out; `Definitions` refuses
    /// such files before.
    init(_ definition: EntityDefinition) {
        let rules = definition.reconciliation
        func index(_ name: FieldName) -> Int? { definition.index(of: name) }
        self.definition = definition
        titleFields = rules.titleFields.compactMap(index)
        deletedField = rules.deletedField.flatMap(index)
        let validity: [Validity] = rules.validityRules.compactMap { rule in
            guard let field = index(rule.field) else { return nil }
            let exceptions = rule.exceptions.sorted { $0.key < $1.key }.compactMap { name, values in
                index(name).map { (field: $0, values: values) }
            }
            return Validity(
                rule: rule, field: field, type: definition.fields[field].type,
                exceptions: exceptions)
        }
        self.validity = validity
        comparisons = rules.fieldRules.compactMap { rule in
            index(rule.field).map { field in
                Comparison(
                    rule: rule, field: field, type: definition.fields[field].type,
                    refersTo: definition.fields[field].refersTo,
                    alternatives: rule.alternatives.compactMap(index),
                    equivalents: rule.equivalents.isEmpty ? nil : Equivalents(rule.equivalents),
                    explainedBy: rule.explainedBy.compactMap(index),
                    validity: validity.firstIndex { $0.field == field })
            }
        }
        let missing = rules.rule(for: .missing)
        missingScope = missing.within.compactMap { index($0).map { MissingScope(field: $0) } }
        missingExceptions = missing.exceptions.sorted { $0.key < $1.key }.compactMap {
            name, texts in
            let equivalents = rules.fieldRules.first { $0.field == name }?.equivalents ?? [:]
            return index(name).map {
                ValueList(
                    field: $0, texts: texts,
                    equivalents: equivalents.isEmpty ? nil : Equivalents(equivalents))
            }
        }
        explicitIDs = rules.explicitIDs.compactMap { rule in
            index(rule.field).map {
                ExplicitID(rule: rule, field: $0, target: rule.target.flatMap(index))
            }
        }
        identity = rules.identity.flatMap { rule in
            index(rule.field).map { field in
                Identity(
                    name: rule.field, field: field, type: definition.fields[field].type,
                    alternatives: rule.alternatives.compactMap(index))
            }
        }
    }
}
