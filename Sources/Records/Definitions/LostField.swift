/// A field without which an entity is not read, and which the source does not have.
///
/// A source that describes its lists (1C's `$metadata`, `crm.*.fields`, the header of a CSV file) is
/// asked before anything is read; of one that does not, what its records consist of tells.
public struct LostField: Hashable, Sendable {
    /// The field; `nil` for the records' id.
    public var field: FieldName?
    /// Where its values would have stood, as the source would call it: `Товары/Цена`.
    public var places: [String]

    /// Names a field.
    public init(_ field: FieldName?, places: [String]) {
        self.field = field
        self.places = places
    }
}

extension EntityMapping {
    /// The id and the mandatory fields that a source has no place for, the id first.
    ///
    /// - Parameter isThere: Whether the source has a place.
    /// - Returns: Nothing where none is lost.
    public func lostFields(where isThere: (MappingPath) -> Bool) -> [LostField] {
        let needed =
            [(field: FieldName?.none, expression: id)]
            + fields.filter(\.isMandatory).map { ($0.name, $0.expression) }
        return needed.compactMap { field, expression in
            let lost = expression.lostPlaces(where: isThere)
            return lost.isEmpty ? nil : LostField(field, places: lost.map(\.memberText))
        }
    }
}

extension MappingExpression {
    /// The places whose absence leaves the expression without a value; none where an alternative is
    /// there.
    ///
    /// - Parameter isThere: Whether the source has a place.
    /// - Returns: The places in the order of the expression.
    public func lostPlaces(where isThere: (MappingPath) -> Bool) -> [MappingPath] {
        switch self {
        case .firstOf(let parts):
            let lost = parts.map { $0.lostPlaces(where: isThere) }
            return lost.contains([]) ? [] : lost.flatMap(\.self)
        case .key(let parts, _): return parts.flatMap { $0.lostPlaces(where: isThere) }
        case .part(let inner, _), .translated(let inner, _, _), .lookedUp(let inner, _),
            .restricted(let inner, _):
            return inner.lostPlaces(where: isThere)
        // What is said of the currency is not needed for there to be an amount.
        case .amount(let amount, _): return amount.lostPlaces(where: isThere)
        case .constant: return []
        case .path, .allOf, .joined, .count, .cases, .lines:
            return paths.contains(where: isThere) ? [] : paths
        }
    }

    /// The places whose absence leaves the currency of amounts unsaid.
    ///
    /// - Parameter isThere: Whether the source has a place.
    /// - Returns: The places in the order of the expression.
    public func lostCurrencies(where isThere: (MappingPath) -> Bool) -> [MappingPath] {
        switch self {
        case .amount(_, let currency): currency.lostPlaces(where: isThere)
        case .firstOf(let parts), .allOf(let parts):
            parts.flatMap { $0.lostCurrencies(where: isThere) }
        case .cases(let cases): cases.flatMap { $0.value.lostCurrencies(where: isThere) }
        default: []
        }
    }
}

extension MappingPath {
    /// The names that the path leads through, without what chooses among rows.
    public var memberNames: [String] {
        steps.compactMap { if case .member(let name) = $0 { name } else { nil } }
    }

    /// Those names as one text: `Товары/Цена`.
    public var memberText: String { memberNames.joined(separator: "/") }
}
