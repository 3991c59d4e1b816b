internal import Foundation
internal import Records
internal import Reporting
internal import Storage

/// Finds the period that a report covers, and those that it is compared with.
struct ReportPeriods {
    private let store: Store
    private let zone: TimeZone

    init(_ store: Store, zone: TimeZone) {
        self.store = store
        self.zone = zone
    }

    /// The periods for an order.
    ///
    /// - Throws: ``ConfigurationError`` when the order's period is none, or there is no run.
    func periods(
        for kind: ReportDefinition.PeriodKind, _ order: ReportJob.Order, now: Date
    ) async throws -> (now: ReportPeriod, earlier: [ReportComparison: ReportPeriod]) {
        if kind == .run { return try await runs(order) }
        guard order.run == nil else {
            throw ConfigurationError("\(order.name) is not on a run; use --period")
        }
        guard let text = order.period else {
            return (ReportPeriod.lastComplete(kind, before: now, in: zone), [:])
        }
        guard let period = ReportPeriod(text, in: zone) else {
            throw ConfigurationError(
                "'\(text)' is no period: write 2026-10, 2026-W48, 2026-11-25 or "
                    + "2026-10-01..2026-10-15")
        }
        return (period, [:])
    }

    /// The run that is ordered; the last night that ended when none is named.
    ///
    /// - Throws: ``ConfigurationError`` when a period is ordered, or there is no run.
    func run(_ order: ReportJob.Order) async throws -> Run {
        guard order.period == nil else {
            throw ConfigurationError("\(order.name) is on a run; use --run")
        }
        if let number = order.run { return try await store.run(number) }
        // Of the jobs that run every few minutes the last one is no news.
        let nights = try await store.runs(job: NightlyAudit.job, limit: 30)
        guard let last = nights.first(where: { $0.finishedAt != nil }) else {
            throw ConfigurationError("no night was audited yet: 'sverka run nightly'")
        }
        return last
    }

    private func runs(
        _ order: ReportJob.Order
    ) async throws -> (now: ReportPeriod, earlier: [ReportComparison: ReportPeriod]) {
        let run = try await run(order)
        let before = try await EarlierRuns(store).runs(before: run)
        return (period(of: run), before.mapValues(period))
    }

    private func period(of run: Run) -> ReportPeriod {
        ReportPeriod(
            .run, start: run.startedAt, end: run.finishedAt ?? run.startedAt, run: run.id)
    }
}

/// The runs that a night is compared with.
struct EarlierRuns {
    private let store: Store

    init(_ store: Store) { self.store = store }

    /// The run before of the same job, and the one of the same weekday a week earlier, where there are
    /// such; runs that failed have counted nothing and are left out.
    func runs(before run: Run) async throws -> [ReportComparison: Run] {
        let earlier = try await store.runs(job: run.job, limit: 200).filter {
            $0.id < run.id && ($0.state == .succeeded || $0.state == .incomplete)
        }
        var found: [ReportComparison: Run] = [:]
        found[.before] = earlier.first
        let week = run.startedAt.addingTimeInterval(-7 * 86_400)
        // Half a day to either side: a night that was made up for in the morning is still that night.
        found[.weekBefore] = earlier.filter { abs($0.startedAt.timeIntervalSince(week)) < 43_200 }
            .min {
                abs($0.startedAt.timeIntervalSince(week))
                    < abs($1.startedAt.timeIntervalSince(week))
            }
        return found
    }
}
