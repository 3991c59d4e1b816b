/// What was measured over some periods.
///
/// Beside what rules count stands what they count it of: operations among which some failed, nights
/// that compared an entity. A period with nothing of the latter was not measured, which is not zero.
public struct MeasuredPeriods: Sendable {
    /// The counts of one set of labels: what a rule wants is asked once for each, not for each count.
    public struct Counts: Hashable, Sendable {
        /// What was counted.
        public var labels: [String: String]
        /// The periods' numbers, in any order; one that comes twice counts with both its values.
        public var periods: [Int]
        /// How many, one for each period.
        public var values: [Int64]

        /// Makes counts.
        public init(labels: [String: String], periods: [Int], values: [Int64]) {
            precondition(periods.count == values.count)
            self.labels = labels
            self.periods = periods
            self.values = values
        }
    }

    /// One count.
    public struct Row: Hashable, Sendable {
        /// The period's number.
        public var period: Int
        /// What was counted.
        public var labels: [String: String]
        /// How many.
        public var value: Int64

        /// Makes a row.
        public init(period: Int, labels: [String: String], value: Int64) {
            self.period = period
            self.labels = labels
            self.value = value
        }
    }

    private let events: [Counts]
    private let base: [Counts]
    /// The labels that the base has.
    private let baseLabels: Set<String>
    private let table: PeriodTable
    /// The places of the periods of each of the events, and of the base.
    private let eventPlaces: [[Int32]]
    private let basePlaces: [[Int32]]

    /// Makes measurements.
    ///
    /// - Parameters:
    ///   - events: What rules count.
    ///   - base: Of what they count it; its labels are some of those of the events.
    ///   - baseLabels: The labels that the base has.
    public init(events: [Counts], base: [Counts], baseLabels: Set<String> = []) {
        self.events = events
        self.base = base
        self.baseLabels = baseLabels
        // What was not measured has no events either.
        let table = PeriodTable(base.lazy.flatMap(\.periods))
        func places(_ counts: [Counts]) -> [[Int32]] {
            counts.map { $0.periods.map { Int32(table.place(of: $0) ?? -1) } }
        }
        self.table = table
        eventPlaces = places(events)
        basePlaces = places(base)
    }

    /// Makes measurements of single counts.
    public init(events: [Row] = [], base: [Row] = [], baseLabels: Set<String> = []) {
        func grouped(_ rows: [Row]) -> [Counts] {
            Dictionary(grouping: rows, by: \.labels).map { labels, rows in
                Counts(labels: labels, periods: rows.map(\.period), values: rows.map(\.value))
            }
        }
        self.init(events: grouped(events), base: grouped(base), baseLabels: baseLabels)
    }

    /// Whether nothing was measured at all.
    public var isEmpty: Bool { table.periods.isEmpty }

    /// The same counts in longer periods.
    ///
    /// - Parameter longer: The number of the longer period that a period lies in.
    /// - Returns: Their sums.
    public func summed(into longer: (Int) -> Int) -> MeasuredPeriods {
        func summed(_ counts: [Counts]) -> [Counts] {
            counts.map {
                Counts(labels: $0.labels, periods: $0.periods.map(longer), values: $0.values)
            }
        }
        return MeasuredPeriods(events: summed(events), base: summed(base), baseLabels: baseLabels)
    }

    /// The measurements of one alert.
    public struct Series: Sendable {
        /// The alert's labels.
        public var labels: [String: String]
        /// What was measured, by period.
        public var observations: Observations
    }

    /// The series of a rule's alerts.
    ///
    /// - Parameters:
    ///   - rule: The rule.
    ///   - known: Labels of alerts that stand, which are measured also when nothing of them came.
    /// - Returns: One series per alert, in the order of their labels.
    public func series(of rule: AlertRule, known: [[String: String]] = []) -> [Series] {
        let totals = totals(of: rule)
        let nothing = [Int64](repeating: 0, count: table.periods.count)
        let absent = [Int64](repeating: Observations.absent, count: table.periods.count)
        var values: [[String: String]: [Int64]] = [:]
        for labels in known { values[labels] = nothing }
        if rule.groupBy.isEmpty { values[[:]] = nothing }
        for (event, places) in zip(events, eventPlaces) where rule.wants(event.labels) {
            let group = Self.picked(event.labels) { rule.groupBy.contains($0) }
            Self.add(event.values, places, to: &values[group, default: nothing])
        }
        let isShare = rule.measure.noise == .share
        return values.map { group, values in
            let total = totals[Self.picked(group) { baseLabels.contains($0) }] ?? absent
            return Series(
                labels: group,
                observations: Observations(
                    table, values: isShare ? Self.shares(values, of: total) : values,
                    totals: total))
        }.sorted { AlertState.key(of: $0.labels) < AlertState.key(of: $1.labels) }
    }

    private func totals(of rule: AlertRule) -> [[String: String]: [Int64]] {
        var narrowed = rule
        narrowed.labels = Self.picked(rule.labels) { baseLabels.contains($0) }
        let absent = [Int64](repeating: Observations.absent, count: table.periods.count)
        var totals: [[String: String]: [Int64]] = [:]
        for (count, places) in zip(base, basePlaces) where narrowed.wants(count.labels) {
            let group = Self.picked(count.labels) {
                rule.groupBy.contains($0) && baseLabels.contains($0)
            }
            Self.add(count.values, places, to: &totals[group, default: absent])
        }
        return totals
    }

    /// Adds values to sums at their places; a sum that was absent begins.
    private static func add(_ values: [Int64], _ places: [Int32], to sums: inout [Int64]) {
        for (value, place) in zip(values, places) where place >= 0 {
            let place = Int(place)
            sums[place] = sums[place] == Observations.absent ? value : sums[place] + value
        }
    }

    /// Millionths of totals.
    private static func shares(_ values: [Int64], of totals: [Int64]) -> [Int64] {
        zip(values, totals).map { $1 > 0 ? $0 * 1_000_000 / $1 : $0 }
    }

    private static func picked(
        _ labels: [String: String], _ isWanted: (String) -> Bool
    ) -> [String: String] {
        labels.filter { isWanted($0.key) }
    }
}
