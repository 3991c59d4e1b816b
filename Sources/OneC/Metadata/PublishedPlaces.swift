internal import Records

/// Which of the places that a mapping reads one list has.
struct PublishedPlaces {
    let shape: ListShape
    /// The names of related lists, which stand in records though the list does not have them.
    let related: Set<String>

    /// The places whose absence leaves an expression without a value, as OData names them:
    /// `Товары/Цена`; none where an alternative is there.
    func lost(of expression: MappingExpression) -> [String] {
        switch expression {
        case .firstOf(let parts):
            let lost = parts.map(lost)
            return lost.contains([]) ? [] : lost.flatMap(\.self)
        case .key(let parts, _): return parts.flatMap(lost)
        // What is said of the currency is not needed for there to be an amount.
        case .amount(let amount, _): return lost(of: amount)
        case .part(let inner, _), .translated(let inner, _, _), .lookedUp(let inner, _),
            .restricted(let inner, _):
            return lost(of: inner)
        case .constant: return []
        case .path, .allOf, .joined, .count, .cases, .lines:
            let paths = expression.paths
            return paths.contains(where: isThere) ? [] : paths.map(Self.name)
        }
    }

    /// The places whose absence leaves the currency of amounts unsaid.
    func lostCurrencies(of expression: MappingExpression) -> [String] {
        switch expression {
        case .amount(_, let currency): lost(of: currency)
        case .firstOf(let parts), .allOf(let parts): parts.flatMap(lostCurrencies)
        case .cases(let cases): cases.flatMap { lostCurrencies(of: $0.value) }
        default: []
        }
    }

    private func isThere(_ path: MappingPath) -> Bool {
        let names = Self.members(of: path)
        guard let first = names.first, !related.contains(first) else { return true }
        guard shape.properties[first] != nil else { return false }
        guard names.count > 1, let columns = shape.sections[first] else { return true }
        return columns[names[1]] != nil
    }

    private static func name(of path: MappingPath) -> String {
        members(of: path).joined(separator: "/")
    }

    private static func members(of path: MappingPath) -> [String] {
        path.steps.compactMap { if case .member(let name) = $0 { name } else { nil } }
    }
}
