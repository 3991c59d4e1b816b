import Records

/// All comparisons and blocking keys of an entity, prepared for the records of a run.
struct PreparedLinkage: Sendable {
    let records: RecordList
    let comparisons: [any PreparedComparison]
    /// For each comparison, the one whose exact agreement makes it redundant.
    let impliedBy: [Int?]
    let blocking: [(rule: BlockingRule, makers: [any KeyMaker])]
    /// Pairs that are found by their similarity and not by keys, by rule.
    let similar: [(rule: BlockingRule, pairs: [UInt64])]
    let keyColumns: [FieldName: ValueColumn]
    /// For each comparison, its fields.
    let comparedFields: [[FieldName]]

    /// What there is to know of rarity: what these records tell, or what was given.
    let columns: ColumnStore

    /// Prepares records.
    ///
    /// - Parameters:
    ///   - entity: What they are.
    ///   - records: The records.
    ///   - population: How rare values are; `nil` to learn it from these records.
    ///   - threads: How many threads may work.
    init(
        _ entity: EntityDefinition, _ records: RecordList, population: Population? = nil,
        threads: Int
    ) {
        self.records = records
        let linkage = entity.linkage.completed(for: entity.fields)
        var columns = ColumnStore(
            entity: entity, records: records, population: population, threads: threads)
        columns.fill(for: linkage)
        var comparisons: [any PreparedComparison] = []
        var definitions: [ComparisonDefinition] = []
        for definition in linkage.comparisons ?? [] {
            guard let comparison = columns.comparison(definition) else { continue }
            comparisons.append(comparison)
            definitions.append(definition)
        }
        self.comparisons = comparisons
        comparedFields = definitions.map(\.fields)
        impliedBy = definitions.map { definition in
            guard let field = definition.impliedBy else { return nil }
            return definitions.firstIndex { $0.fields.contains(field) }
        }
        var blocking: [(rule: BlockingRule, makers: [any KeyMaker])] = []
        var similar: [(rule: BlockingRule, pairs: [UInt64])] = []
        for rule in linkage.blocking ?? [] {
            if rule.keys.count == 1, let key = rule.keys.first, key.transform == .similar {
                if let text = columns.similar(key, linkage) { similar.append((rule, text.pairs)) }
                continue
            }
            let makers = rule.keys.compactMap { columns.keyMaker($0, linkage) }
            if makers.count == rule.keys.count { blocking.append((rule, makers)) }
        }
        self.blocking = blocking
        self.similar = similar
        var keyColumns: [FieldName: ValueColumn] = [:]
        let keys =
            linkage.rules.flatMap { $0.same + $0.compatible }
            + linkage.distinctions.flatMap { $0.same + $0.different }
            + KeyDecisions.taxIDFields(entity)
        for field in keys where keyColumns[field] == nil {
            keyColumns[field] = columns.values([field])
        }
        self.keyColumns = keyColumns
        self.columns = columns
    }
}
