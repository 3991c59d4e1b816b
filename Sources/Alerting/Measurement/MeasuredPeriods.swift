/// What was measured over some periods, in rows as they are counted.
///
/// Beside what rules count stands what they count it of: operations among which some failed, nights
/// that compared an entity. A period with nothing of the latter was not measured, which is not zero.
public struct MeasuredPeriods: Sendable {
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

    /// What rules count.
    public let events: [Row]
    /// Of what they count it; its labels are some of those of the events.
    public let base: [Row]
    /// The labels that the base has.
    public let baseLabels: Set<String>
    /// Both by their labels: what a rule wants is asked once for each, not for each count.
    private let labelledEvents: [Labelled]
    private let labelledBase: [Labelled]

    /// The counts of some labels.
    private struct Labelled {
        var labels: [String: String]
        var counts: [(period: Int, value: Int64)]

        static func all(_ rows: [Row]) -> [Labelled] {
            Dictionary(grouping: rows, by: \.labels).map { labels, rows in
                Labelled(labels: labels, counts: rows.map { ($0.period, $0.value) })
            }
        }

        func add(to sums: inout [Int: Int64]) {
            for (period, value) in counts { sums[period, default: 0] += value }
        }
    }

    /// Makes measurements.
    public init(events: [Row] = [], base: [Row] = [], baseLabels: Set<String> = []) {
        self.events = events
        self.base = base
        self.baseLabels = baseLabels
        labelledEvents = Labelled.all(events)
        labelledBase = Labelled.all(base)
    }

    /// The measurements of one alert.
    public struct Series: Sendable {
        /// The alert's labels.
        public var labels: [String: String]
        /// What was measured, by period.
        public var observations: [Int: Observation]
    }

    /// The series of a rule's alerts.
    ///
    /// - Parameters:
    ///   - rule: The rule.
    ///   - known: Labels of alerts that stand, which are measured also when nothing of them came.
    /// - Returns: One series per alert, in the order of their labels.
    public func series(of rule: AlertRule, known: [[String: String]] = []) -> [Series] {
        let totals = totals(of: rule)
        var values: [[String: String]: [Int: Int64]] = [:]
        for labels in known { values[labels] = [:] }
        if rule.groupBy.isEmpty { values[[:]] = [:] }
        for event in labelledEvents where rule.wants(event.labels) {
            let group = Self.picked(event.labels) { rule.groupBy.contains($0) }
            event.add(to: &values[group, default: [:]])
        }
        let isShare = rule.measure.noise == .share
        return values.map { group, values in
            let total = totals[Self.picked(group) { baseLabels.contains($0) }] ?? [:]
            var observations: [Int: Observation] = [:]
            observations.reserveCapacity(total.count)
            for (period, count) in total {
                let value = values[period] ?? 0
                observations[period] = Observation(
                    value: isShare && count > 0 ? value * 1_000_000 / count : value, total: count)
            }
            return Series(labels: group, observations: observations)
        }.sorted { AlertState.key(of: $0.labels) < AlertState.key(of: $1.labels) }
    }

    private func totals(of rule: AlertRule) -> [[String: String]: [Int: Int64]] {
        var narrowed = rule
        narrowed.labels = Self.picked(rule.labels) { baseLabels.contains($0) }
        var totals: [[String: String]: [Int: Int64]] = [:]
        for count in labelledBase where narrowed.wants(count.labels) {
            let group = Self.picked(count.labels) {
                rule.groupBy.contains($0) && baseLabels.contains($0)
            }
            count.add(to: &totals[group, default: [:]])
        }
        return totals
    }

    private static func picked(
        _ labels: [String: String], _ isWanted: (String) -> Bool
    ) -> [String: String] {
        labels.filter { isWanted($0.key) }
    }
}
