internal import Alerting
internal import Foundation
internal import Records
internal import Reporting
internal import Storage

/// Finds why something is as an alert says that concerns no records: of what a reading, a run or a
/// sending failed.
struct AlertReasonReader {
    private let store: Store
    private let catalog: EntityCatalog
    private let spoken: SpokenMessages?
    private let words: [AlertWords]

    init(_ configuration: Configuration, resources: ResourceFolders, store: Store) {
        self.store = store
        catalog = EntityCatalog(resources)
        // A message goes out in English when the words of reports are broken.
        spoken = try? SpokenMessages(
            resources: ReportResources(
                builtin: resources.builtIn, override: configuration.overrides))
        words = ReportLanguage.allCases.compactMap {
            try? AlertRules(resources).words($0.rawValue, configuration.company.timeZone)
        }
    }

    /// The reasons of an alert, the commonest first; none of one that counts records or operations.
    ///
    /// - Throws: `PostgresError`.
    func causes(of notice: AlertNotice) async throws -> [AlertDetails.Cause] {
        let (rule, labels) = (notice.rule, notice.state.labels)
        let rows = try await rows(rule.measure, notice).filter { row in
            rule.wants(row.labels) && labels.allSatisfy { row.labels[$0.key] == $0.value }
        }
        return rows.compactMap { row in
            reason(row).map {
                AlertDetails.Cause(
                    title: placed($0, row.labels.filter { labels[$0.key] == nil }),
                    count: row.count, money: nil)
            }
        }
    }

    private func rows(
        _ measure: AlertMeasure, _ notice: AlertNotice
    ) async throws -> [AlertReasonRow] {
        switch measure {
        case .collectorFailures: try await store.collectorFailureReasons()
        case .uncertifiedSnapshots: try await store.uncertifiedSnapshotReasons()
        case .failedRuns: try await store.failedJobReasons()
        case .undeliveredMessages:
            try await store.undeliveredReasons(at: notice.state.last?.to ?? notice.state.since)
                .sorted { ($0.count ?? 0) > ($1.count ?? 0) }
        case .lateRuns, .journalErrors, .journalErrorRate, .newFindings, .moneyAtRisk: []
        }
    }

    /// What is known of the last run of a job that is late.
    ///
    /// - Throws: `PostgresError`.
    func lateness(of notice: AlertNotice) async throws -> [AlertDetails.Cause] {
        guard let job = notice.state.labels["job"] else { return [] }
        guard let last = try await store.runs(job: job, limit: 1).first else {
            return [AlertDetails.Cause(title: text("late.never"), count: nil, money: nil)]
        }
        let key = last.state == .running ? "late.running" : "late.ended"
        let begun = text(key) { ["time": $0.time(last.resumedAt ?? last.startedAt)] }
        return [AlertDetails.Cause(title: begun, count: nil, money: nil)]
    }

    private func reason(_ row: AlertReasonRow) -> LocalizedText? {
        guard row.doubts.isEmpty else {
            return spoken?.text(row.doubts)
                ?? Self.plain(row.doubts.map(\.explanation).joined(separator: "; "))
        }
        guard let message = row.message, !message.isEmpty else {
            return row.count == nil ? nil : text("reasons.untried")
        }
        return spoken?.text(message) ?? Self.plain(message)
    }

    /// A reason with what it concerns, where the alert does not say so itself.
    private func placed(_ reason: LocalizedText, _ labels: [String: String]) -> LocalizedText {
        guard !labels.isEmpty else { return reason }
        let names = labels.sorted { $0.key < $1.key }.map { name, value in
            name == "entity"
                ? (try? catalog.entity(value))?.title ?? Self.plain(value) : Self.plain(value)
        }
        return LocalizedText(
            reason.byLanguage.reduce(into: [:]) { texts, text in
                let place = names.map { $0[text.key] }.joined(separator: ", ")
                texts[text.key] = "\(place): \(text.value)"
            })
    }

    private func text(
        _ key: String, _ values: (AlertWords) -> [String: String] = { _ in [:] }
    ) -> LocalizedText {
        LocalizedText(
            Dictionary(words.map { ($0.language, $0.text(key, values($0))) }) { first, _ in first })
    }

    private static func plain(_ text: String) -> LocalizedText {
        LocalizedText(["ru": text, "en": text])
    }
}
