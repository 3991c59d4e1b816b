/// A small list that is read once before the records, to say what their references mean: the title
/// of a store, the state that a stage stands for.
public struct LookupList: Hashable, Sendable {
    /// The name by which expressions use it.
    public var name: String
    /// Where its rows are listed: an OData entity set, a list method, elements of a file.
    public var list: String
    /// Members that rows must have with these texts, in order of name.
    public var filter: [RelatedList.Filter]
    /// Rows of which one of these does not hold are passed over.
    public var conditions: [MappingCondition]
    /// What a row is found by.
    public var key: MappingExpression
    /// What a row says; that of all rows with one key, in their order.
    public var value: MappingExpression

    /// Makes a lookup.
    public init(
        name: String, list: String, filter: [RelatedList.Filter] = [],
        conditions: [MappingCondition] = [], key: MappingExpression, value: MappingExpression
    ) {
        self.name = name
        self.list = list
        self.filter = filter
        self.conditions = conditions
        self.key = key
        self.value = value
    }

    /// Everything that is read in its rows.
    public var selection: MappingSelection {
        var selection = MappingSelection()
        for path in key.paths + value.paths + conditions.map(\.path) { selection.insert(path) }
        for filter in filter { selection.insert(name: filter.member) }
        return selection
    }
}

extension MappingExpression {
    /// The names of the lookups that it uses itself.
    public var lookups: Set<String> {
        switch self {
        case .path, .constant, .joined, .count: []
        case .lines(let lines):
            lines.parts.values.reduce(into: []) { $0.formUnion($1.lookups) }
        case .amount(let amount, let currency): amount.lookups.union(currency.lookups)
        case .firstOf(let parts), .allOf(let parts), .key(let parts, _):
            parts.reduce(into: []) { $0.formUnion($1.lookups) }
        case .cases(let cases):
            cases.reduce(into: []) {
                $0.formUnion($1.value.lookups)
                $0.formUnion($1.conditions.compactMap(\.lookup))
            }
        case .part(let inner, _), .translated(let inner, _, _), .restricted(let inner, _):
            inner.lookups
        case .lookedUp(let inner, let name): inner.lookups.union([name])
        }
    }
}
