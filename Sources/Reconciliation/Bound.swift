import Records

extension FieldValue {
    /// The value as a number, amounts in major units; `nil` when it is none.
    var number: Quantity? {
        switch self {
        case .integer(let number): Quantity(units: number, scale: 0)
        case .quantity(let quantity): quantity
        case .money(let money): Quantity(units: money.minorUnits, scale: 2)
        default: nil
        }
    }
}

extension ValidityRule.LowerBound {
    /// Whether a number is possible, in exact arithmetic.
    func allows(_ number: Quantity) -> Bool {
        switch self {
        case .above(let limit): Self.isLess(limit, number)
        case .atLeast(let limit): !Self.isLess(number, limit)
        }
    }

    private static func isLess(_ first: Quantity, _ second: Quantity) -> Bool {
        let scale = max(first.scale, second.scale)
        return first.scaled(to: scale) < second.scaled(to: scale)
    }
}
