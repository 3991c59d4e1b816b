public import Records

/// What the lookups of a mapping say, each by its name: filled by a source, used by ``RecordDecoder``.
public struct LookupTables: Sendable {
    /// The texts of one lookup by key.
    public typealias Table = [String: [String]]

    private var tables: [String: Table] = [:]
    private var partial: Set<String> = []

    /// Makes tables without a table.
    public init() {}

    /// The table of a lookup; empty when it was not read.
    public subscript(name: String) -> Table {
        get { tables[name] ?? [:] }
        set { tables[name] = newValue }
    }

    /// Says of a lookup that its list was not read as a whole.
    ///
    /// A key that is not in its table then says nothing: taken for itself it would differ from the names
    /// of the other system in every record.
    public mutating func markPartial(_ name: String) { partial.insert(name) }

    /// Whether the list of a lookup was not read as a whole.
    func isPartial(_ name: String) -> Bool { partial.contains(name) }

    /// Takes what other tables know of a lookup.
    public mutating func take(_ name: String, from other: LookupTables) {
        self[name] = other[name]
        if other.isPartial(name) { markPartial(name) }
    }

    /// Fills the table of a lookup with rows.
    ///
    /// Lookups are filled in the order of the mapping, since one may use those before it.
    ///
    /// - Parameters:
    ///   - lookup: The lookup.
    ///   - mapping: The mapping that it belongs to, which says how texts are read.
    ///   - rows: The rows of its list, all of them.
    public mutating func fill(
        _ lookup: LookupList, of mapping: EntityMapping, with rows: some Sequence<JSONValue>
    ) {
        // Taken out while it grows: a table that is held twice is copied with each page.
        var table = tables.removeValue(forKey: lookup.name) ?? [:]
        var paths = PathTable(lookups: self)
        let conditions = lookup.conditions.map { CompiledCondition($0, &paths) }
        let key = CompiledExpression(lookup.key, &paths)
        let value = CompiledExpression(lookup.value, &paths)
        // A reference into a list that could not be read is no value of this one.
        let isBlind = lookup.value.lookups.contains { self[$0].isEmpty }
        // Of one that was read in part, a value is unknown where it leads to what is not in there.
        let leansOnPart = !isBlind && lookup.value.lookups.contains { isPartial($0) }
        var lacksValues = false
        let texts = PayloadTexts(mapping)
        var reader = PayloadReader(table: paths)
        for row in rows {
            var (keys, values): ([String], [String]) = ([], [])
            row.withPlace { row in
                reader.begin(row)
                guard conditions.allSatisfy({ $0.holds(in: &reader, texts: texts) }) else { return }
                var evaluation = FieldEvaluation(texts: texts)
                evaluation.append(key, of: &reader, to: &keys)
                evaluation.append(value, of: &reader, to: &values)
                guard evaluation.hadUnknownKey else { return }
                if isBlind { values = [] }
                if leansOnPart, values.isEmpty { (keys, lacksValues) = ([], true) }
            }
            guard let key = keys.first else { continue }
            // A row that says nothing is known all the same: a VAT rate that is none.
            table[key, default: []] += []
            for value in values where !table[key, default: []].contains(value) {
                table[key, default: []].append(value)
            }
        }
        self[lookup.name] = table
        if lacksValues { markPartial(lookup.name) }
    }
}
