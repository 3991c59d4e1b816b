/// What was measured of one alert, by period.
public struct Observations: Hashable, Sendable {
    private let table: PeriodTable
    private let values: [Int64]
    private let totals: [Int64]

    /// A period of the table in which nothing of this was measured.
    static let absent: Int64 = -1

    /// Makes observations of values and totals by the table's places; a total may be ``absent``.
    init(_ table: PeriodTable, values: [Int64], totals: [Int64]) {
        precondition(values.count == table.periods.count && totals.count == values.count)
        self.table = table
        self.values = values
        self.totals = totals
    }

    /// Makes observations.
    public init(_ byPeriod: [Int: Observation]) {
        let table = PeriodTable(byPeriod.keys)
        let found = table.periods.map { byPeriod[$0] ?? Observation(value: 0) }
        self.init(table, values: found.map(\.value), totals: found.map(\.total))
    }

    /// What was measured in a period; `nil` when nothing was, which is not zero.
    public subscript(period: Int) -> Observation? {
        guard let place = table.place(of: period), totals[place] != Self.absent else { return nil }
        return Observation(value: values[place], total: totals[place])
    }

    /// All of them.
    public var byPeriod: [Int: Observation] {
        var found: [Int: Observation] = [:]
        for period in table.periods { found[period] = self[period] }
        return found
    }
}
