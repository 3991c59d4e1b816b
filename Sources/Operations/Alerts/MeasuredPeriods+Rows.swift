internal import Alerting
internal import Storage

extension MeasuredPeriods {
    /// Operations of the journal: those that failed, of all.
    init(journal rows: [PeriodCounts]) {
        let base = rows.map {
            Counts(labels: $0.labels, periods: $0.periods.map(Int.init), values: $0.counts)
        }
        self.init(
            events: base.filter { $0.labels["error_type"] != "" }, base: base,
            baseLabels: ["object_kind", "source_system", "target_system"])
    }

    /// Findings or money after nights, of nights that compared an entity.
    init(nights rows: [NightCount], _ measure: AlertMeasure) {
        var events: [Row] = []
        var compared: Set<Row> = []
        for row in rows {
            compared.insert(Row(period: row.day, labels: ["entity": row.entity], value: 1))
            guard let kind = row.kind else { continue }
            let isMoney = measure == .moneyAtRisk
            guard !isMoney || !row.currency.isEmpty else { continue }
            events.append(
                Row(
                    period: row.day,
                    labels: isMoney
                        ? ["entity": row.entity, "currency": row.currency]
                        : ["entity": row.entity, "kind": kind],
                    value: isMoney ? row.atStakeMinor : row.newCount))
        }
        self.init(events: events, base: Array(compared), baseLabels: ["entity"])
    }
}
