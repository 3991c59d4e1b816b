public import Records

/// What mending is held to cost: the minutes a person needs for each kind of finding, times the
/// cost of an hour of that person.
///
/// It is an estimate that a reader can repeat with a pencil: findings of a kind × minutes ÷ 60 ×
/// the hour's cost. It holds neither the harm that a finding does (``Finding/atStake``) nor the
/// price of the systems.
public struct CostModel: Hashable, Sendable {
    /// Minutes of work for one finding, by kind; a kind that is absent costs nothing, unless the
    /// counts say its minutes themselves because they differ from entity to entity.
    public var minutesByKind: [Finding.Kind: Int]
    /// What an hour of the work costs the company.
    public var hourlyCost: Money

    /// Makes a model.
    public init(minutesByKind: [Finding.Kind: Int], hourlyCost: Money) {
        self.minutesByKind = minutesByKind
        self.hourlyCost = hourlyCost
    }

    /// The minutes for a number of findings of a kind.
    public func minutes(_ count: Int, of kind: Finding.Kind) -> Int {
        count * (minutesByKind[kind] ?? 0)
    }

    /// The cost of minutes of work, rounded half up to the minor unit.
    public func cost(ofMinutes minutes: Int) -> Money {
        let product = Int64(minutes) * hourlyCost.minorUnits
        return Money(minorUnits: (product + 30) / 60, currency: hourlyCost.currency)
    }

    /// The minutes for all counted findings of a kind.
    public func minutes(of kind: Finding.Kind, in counts: AuditCounts) -> Int {
        counts.minutesByKind[kind] ?? minutes(counts.byKind[kind] ?? 0, of: kind)
    }

    /// The minutes for all findings counted.
    public func minutes(for counts: AuditCounts) -> Int {
        counts.byKind.keys.reduce(0) { $0 + minutes(of: $1, in: counts) }
    }
}
