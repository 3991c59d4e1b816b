import Records

/// Whether two values that can be measured are the same.
enum ValueComparison {
    /// Whether numbers, amounts, days or moments lie within a tolerance.
    ///
    /// - Returns: `nil` when the values are not of one measurable kind.
    static func agree(_ left: FieldValue, _ right: FieldValue, within tolerance: Tolerance) -> Bool?
    {
        switch (left, right) {
        case (.boolean(let a), .boolean(let b)): a == b
        case (.integer(let a), .integer(let b)):
            tolerance.allows(Quantity(units: a, scale: 0), Quantity(units: b, scale: 0))
        case (.quantity(let a), .quantity(let b)): tolerance.allows(a, b)
        case (.money(let a), .money(let b)):
            a.currency == b.currency
                && tolerance.allows(
                    Quantity(units: a.minorUnits, scale: 2), Quantity(units: b.minorUnits, scale: 2)
                )
        case (.date(let a), .date(let b)):
            tolerance.allows(
                Quantity(units: a.daysSinceEpoch, scale: 0),
                Quantity(units: b.daysSinceEpoch, scale: 0))
        case (.instant(let a), .instant(let b)):
            tolerance.allows(Quantity(units: a, scale: 0), Quantity(units: b, scale: 0))
        default: nil
        }
    }
}

extension Tolerance {
    /// Whether two numbers lie within the tolerance, in exact arithmetic.
    func allows(_ left: Quantity, _ right: Quantity) -> Bool {
        if left == right { return true }
        var scale = max(left.scale, right.scale)
        if case .absolute(let limit) = self { scale = max(scale, limit.scale) }
        let (a, b) = (left.scaled(to: scale), right.scaled(to: scale))
        let distance = (a - b).magnitude
        switch self {
        case .none: return false
        case .absolute(let limit): return distance <= limit.scaled(to: scale).magnitude
        case .basisPoints(let points):
            let allowed = max(a.magnitude, b.magnitude).multipliedFullWidth(by: UInt128(points))
            let claimed = distance.multipliedFullWidth(by: 10_000)
            return (claimed.high, claimed.low) <= (allowed.high, allowed.low)
        }
    }
}

extension Quantity {
    /// The units at a finer scale; eighteen digits at scale 18 still fit.
    func scaled(to scale: UInt8) -> Int128 {
        (self.scale..<max(scale, self.scale)).reduce(Int128(units)) { product, _ in product * 10 }
    }
}
