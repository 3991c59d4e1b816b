/// The names that a mapping reads in a payload: what a request has to select.
public struct MappingSelection: Hashable, Sendable {
    /// The names at this level, in the order in which the mapping first uses them.
    public private(set) var names: [String] = []
    private var inside: [String: MappingSelection] = [:]

    /// Makes an empty selection.
    public init() {}

    /// What is read inside a name; empty when the value itself is read.
    public subscript(name: String) -> MappingSelection { inside[name] ?? MappingSelection() }

    /// Adds what a path reads.
    public mutating func insert(_ path: MappingPath) { insert(path.steps[...]) }

    /// Adds a name at this level.
    public mutating func insert(name: String) {
        guard inside[name] == nil else { return }
        names.append(name)
        inside[name] = MappingSelection()
    }

    private mutating func insert(_ steps: ArraySlice<MappingPath.Step>) {
        guard let step = steps.first else { return }
        switch step {
        case .member(let name):
            insert(name: name)
            inside[name]?.insert(steps.dropFirst())
        case .matching(let tests):
            for test in tests { insert(name: test.member) }
            insert(steps.dropFirst())
        case .first, .rest:
            insert(steps.dropFirst())
        }
    }
}

extension EntityMapping {
    /// Everything that the mapping reads in a record's payload.
    public var selection: MappingSelection {
        var selection = MappingSelection()
        let paths =
            id.paths + skips.flatMap(\.paths) + fields.flatMap(\.expression.paths)
        for path in paths {
            guard let rows else {
                selection.insert(path)
                continue
            }
            if path.steps.first == .member(rows.around) {
                selection.insert(MappingPath(steps: Array(path.steps.dropFirst())))
            } else {
                for row in rows.paths { selection.insert(row.appending(path)) }
            }
        }
        return selection
    }
}

extension MappingExpression {
    /// The places that it reads, from the payload inwards.
    public var paths: [MappingPath] {
        switch self {
        case .path(let path): [path]
        case .count(let paths): paths
        case .constant: []
        case .firstOf(let parts), .allOf(let parts), .key(let parts, _): parts.flatMap(\.paths)
        case .lines(let lines): lines.paths
        case .amount(let amount, let currency): amount.paths + currency.paths
        case .joined(let each, let parts, _, let needs):
            (parts + (needs.map { [$0] } ?? [])).map { each?.appending($0) ?? $0 }
        case .cases(let cases):
            cases.flatMap { $0.conditions.flatMap(\.paths) + $0.value.paths }
        case .translated(let inner, _, _), .part(let inner, _), .lookedUp(let inner, _):
            inner.paths
        case .restricted(let inner, let restriction):
            inner.paths + (restriction.differsFrom.map { [$0] } ?? [])
        }
    }
}
