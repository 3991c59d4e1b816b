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

    init(_ entity: EntityDefinition, _ records: RecordList, threads: Int) {
        self.records = records
        let linkage = entity.linkage.completed(for: entity.fields)
        var columns = ColumnStore(entity: entity, records: records, threads: threads)
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
        for field in keys where keyColumns[field] == nil {
            keyColumns[field] = columns.values([field])
        }
        self.keyColumns = keyColumns
    }
}

/// Columns made once, however many comparisons and keys use them.
private struct ColumnStore {
    let entity: EntityDefinition
    let records: RecordList
    let threads: Int
    private var texts: [TextKey: TextColumn] = [:]
    private var identifiers: [[FieldName]: ValueColumn] = [:]
    private var addresses: [[FieldName]: AddressColumn] = [:]
    private var similarTexts: [[FieldName]: SimilarText] = [:]

    private struct TextKey: Hashable {
        var fields: [FieldName]
        var reading: TextColumn.Reading
    }

    init(entity: EntityDefinition, records: RecordList, threads: Int) {
        self.entity = entity
        self.records = records
        self.threads = threads
    }

    private func indices(_ fields: [FieldName]) -> [Int] { fields.compactMap(entity.index) }

    private func types(_ fields: [FieldName]) -> [FieldType] {
        indices(fields).map { entity.fields[$0].type }
    }

    /// A comparison; `nil` when no record of one side has a value, so that it cannot tell anything.
    mutating func comparison(_ definition: ComparisonDefinition) -> (any PreparedComparison)? {
        let fields = definition.fields
        guard isFilled(indices(fields)) else { return nil }
        let (name, usesTermFrequency) = (definition.name, definition.usesTermFrequency)
        func text(_ measure: TextComparison.Measure) -> TextComparison {
            TextComparison(
                name: name, column: plainText(fields), measure: measure,
                thresholds: definition.thresholds, usesTermFrequency: usesTermFrequency)
        }
        func value(_ tolerance: ValueComparison.Tolerance) -> ValueComparison {
            ValueComparison(
                name: name, column: values(fields), tolerance: tolerance,
                usesTermFrequency: usesTermFrequency)
        }
        switch definition.method {
        case .name:
            return NameComparison(
                name: name, column: organizations(fields), usesTermFrequency: usesTermFrequency)
        case .legalForm: return LegalFormComparison(name: name, column: organizations(fields))
        case .personName: return text(.personName)
        case .tokens: return text(.words)
        case .similarText:
            return SimilarTextComparison(
                name: name, text: similarText(fields), thresholds: definition.thresholds,
                records: records, fields: indices(fields))
        case .jaroWinkler: return text(.jaroWinkler)
        case .damerauLevenshtein: return text(.typingErrors)
        case .exact: return value(.none)
        case .digits: return value(.typingErrors)
        case .overlap:
            let types = types(fields)
            return value(types.contains(.email) ? .email : types.contains(.phone) ? .phone : .none)
        case .date: return value(.date)
        case .address:
            return AddressComparison(
                name: name, column: address(fields), usesTermFrequency: usesTermFrequency)
        case .place:
            let (names, places) = split(fields)
            guard !names.isEmpty, !places.isEmpty else { return nil }
            return PlaceComparison(
                name: name, names: organizations(names), addresses: address(places),
                records: records.count)
        case .numeric:
            guard let field = indices(fields).first else { return nil }
            return NumberComparison(
                name: name, records: records, field: field, thresholds: definition.thresholds)
        }
    }

    /// Fields of names and fields of addresses.
    private func split(_ fields: [FieldName]) -> (names: [FieldName], addresses: [FieldName]) {
        let addresses = fields.filter { types([$0]) == [.address] }
        return (fields.filter { !addresses.contains($0) }, addresses)
    }

    mutating func keyMaker(_ key: BlockingKey, _ linkage: LinkageDefinition) -> (any KeyMaker)? {
        let definition = linkage.comparisons?.first {
            $0.fields.contains(key.field) && $0.method != .legalForm && $0.method != .place
        }
        let fields = definition?.fields ?? [key.field]
        guard isFilled(indices(fields)), let type = types([key.field]).first else { return nil }
        let method = definition?.method ?? LinkageDefinition.method(for: type)
        let mostFrequent = UInt32(key.transform == .rareWord ? 40 : 0)
        switch method {
        case .name, .legalForm, .place:
            return TextKeys(
                column: organizations(fields), transform: key.transform, mostFrequent: mostFrequent)
        case .personName, .tokens, .similarText, .jaroWinkler, .damerauLevenshtein:
            return TextKeys(
                column: plainText(fields), transform: key.transform, mostFrequent: mostFrequent)
        case .address: return AddressKeys(column: address(fields), transform: key.transform)
        case .exact, .digits, .overlap, .date, .numeric:
            return ValueKeys(column: values(fields), transform: key.transform)
        }
    }

    /// The texts that a blocking key finds by similarity; `nil` when they are not filled.
    mutating func similar(_ key: BlockingKey, _ linkage: LinkageDefinition) -> SimilarText? {
        let definition = linkage.comparisons?.first {
            $0.fields.contains(key.field) && $0.method == .similarText
        }
        let fields = definition?.fields ?? [key.field]
        return isFilled(indices(fields)) ? similarText(fields) : nil
    }

    private mutating func similarText(_ fields: [FieldName]) -> SimilarText {
        if let known = similarTexts[fields] { return known }
        let text = SimilarText(
            records: records, fields: indices(fields),
            readsLatinAsRussian: hasCyrillic(indices(fields)), threads: threads)
        similarTexts[fields] = text
        return text
    }

    mutating func values(_ fields: [FieldName]) -> ValueColumn {
        if let known = identifiers[fields] { return known }
        let column = ValueColumn(
            records: records, fields: indices(fields), types: types(fields), threads: threads)
        identifiers[fields] = column
        return column
    }

    private mutating func organizations(_ fields: [FieldName]) -> TextColumn {
        text(TextKey(fields: fields, reading: .organization))
    }

    private mutating func plainText(_ fields: [FieldName]) -> TextColumn {
        let reading = TextColumn.Reading.plain(readsLatinAsRussian: hasCyrillic(indices(fields)))
        return text(TextKey(fields: fields, reading: reading))
    }

    private mutating func text(_ key: TextKey) -> TextColumn {
        if let known = texts[key] { return known }
        let column = TextColumn(
            records: records, fields: indices(key.fields), reading: key.reading, threads: threads)
        texts[key] = column
        return column
    }

    private mutating func address(_ fields: [FieldName]) -> AddressColumn {
        if let known = addresses[fields] { return known }
        let column = AddressColumn(records: records, fields: indices(fields), threads: threads)
        addresses[fields] = column
        return column
    }

    /// Whether both sides, or the only one, have values.
    private func isFilled(_ fields: [Int]) -> Bool {
        func has(_ range: Range<Int>) -> Bool {
            range.isEmpty
                || range.contains { record in
                    fields.contains { !records.cell(record, $0).isEmpty }
                }
        }
        return records.count > 0 && has(0..<records.leftCount)
            && has(records.leftCount..<records.count)
    }

    /// Whether one in a hundred texts is Cyrillic: only then is Latin read as transliteration.
    private func hasCyrillic(_ fields: [Int]) -> Bool {
        var (texts, cyrillic) = (0, 0)
        for record in stride(from: 0, to: records.count, by: max(1, records.count / 2000)) {
            for field in fields {
                records.forEachText(record, field) { text in
                    texts += 1
                    // Cyrillic letters begin with 0xD0 to 0xD3 in UTF-8.
                    if text.contains(where: { $0 >= 0xD0 && $0 <= 0xD3 }) { cyrillic += 1 }
                }
            }
        }
        return cyrillic * 100 > texts
    }
}
