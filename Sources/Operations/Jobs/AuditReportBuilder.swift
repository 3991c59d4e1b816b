internal import Collection
internal import Foundation
internal import Records
internal import Reporting
internal import Storage

/// Gathers what a report is rendered from: the run's audits, and their history in the database.
struct AuditReportBuilder {
    let configuration: Configuration
    let sources: [ConfiguredSource]
    let run: Run
    let store: Store
    let progress: any ProgressDisplay

    /// One entity's part of a report, which no longer needs its records.
    struct Part: Sendable {
        var entity: AuditedEntity
        var findings: [StoredFinding]
        var comparison: Comparison?
    }

    /// What the report needs of an entity that was compared and stored.
    func part(of audit: EntityAudit) async throws -> Part {
        let name = audit.definition.name
        let stage = ProgressStage("gather \(name)")
        progress.begin(stage)
        let stored = try await store.openFindings(name)
        let titles = ReferredTitles(
            configuration, resources: ResourceFolders(overrides: configuration.overrides),
            store: store)
        let part = Part(
            entity: try await titles.naming(entity(audit, missing: stored.map(\.finding))),
            findings: stored,
            comparison: try await store.comparison(run.id, name))
        progress.end(stage, result: "\(stored.count) findings for the report")
        return part
    }

    /// The report of a run.
    ///
    /// - Parameters:
    ///   - parts: What was compared, entity by entity.
    ///   - readings: Everything that was read.
    ///   - finishedAt: When the run ended.
    /// - Returns: The report.
    /// - Throws: `PostgresError`.
    func report(
        _ parts: [Part], readings: [EntityReading], finishedAt: Date
    ) async throws -> AuditReport {
        let findings = parts.flatMap(\.findings).map { reported($0, finishedAt: finishedAt) }
        var report = frame(parts.map(\.entity), findings: findings, finishedAt: finishedAt)
        var previousRun: RunID?
        for (index, part) in parts.enumerated() {
            guard let comparison = part.comparison else { continue }
            let definition = part.entity.definition
            report.counts.add(comparison.counts, of: definition)
            report.entities[index].counts = AuditCounts(comparison.counts, of: definition)
            guard let before = comparison.previousRun else { continue }
            var previous = report.previous ?? AuditCounts()
            previous.add(comparison.previousCounts, of: definition)
            report.previous = previous
            report.entities[index].previous = AuditCounts(
                comparison.previousCounts, of: definition)
            previousRun = max(previousRun ?? before, before)
        }
        for finding in findings where finding.stands {
            report.counts.bySide[finding.finding.side, default: 0] += 1
        }
        if let previousRun { report.previousRunAt = try await store.run(previousRun).startedAt }
        try await addWeekBefore(to: &report)
        report.planted = planted(parts)
        report.collected = readings.compactMap(collected)
        report.failures = readings.flatMap(failures)
        return report
    }

    /// The numbers of the night a week earlier, where one is known of every entity.
    private func addWeekBefore(to report: inout AuditReport) async throws {
        guard let earlier = try await EarlierRuns(store).runs(before: run)[.weekBefore] else {
            return
        }
        var counts = AuditCounts()
        var entities = report.entities
        for (index, entity) in report.entities.enumerated() {
            let name = entity.definition.name
            // A sum over fewer entities would look like an improvement.
            guard let comparison = try await store.comparison(earlier.id, name) else { return }
            counts.add(comparison.counts, of: entity.definition)
            entities[index].weekBefore = AuditCounts(comparison.counts, of: entity.definition)
        }
        report.entities = entities
        report.weekBefore = counts
        report.weekBeforeRunAt = earlier.startedAt
    }

    /// What was found of the errors that were put into the systems on purpose.
    private func planted(_ parts: [Part]) -> [PlantedErrors] {
        guard let file = configuration.report.plantedErrors else { return [] }
        let errors: [ListedError]
        do {
            errors = try PlantedErrorFile.errors(of: file)
        } catch {
            progress.warn("\(error); the summary says nothing of planted errors")
            return []
        }
        let compared = parts.map(\.entity.definition.name)
        let lines = PlantedErrorComparison(
            planted: errors.filter { compared.contains($0.entity) },
            findings: parts.flatMap(\.findings).map(\.finding)
        ).lines
        // In the report's order of entities.
        return compared.flatMap { entity in
            lines.filter { $0.entity == entity }.map {
                PlantedErrors(
                    entity: $0.entity, kind: $0.kind, planted: $0.planted, found: $0.found)
            }
        }
    }

    /// A report of what was found, without what earlier runs know of it.
    func report(withoutHistory audits: [EntityAudit], finishedAt: Date) -> AuditReport {
        let findings = audits.flatMap(\.findings).map { finding in
            reported(
                finding, state: .open, firstRun: run.id, firstSeenAt: run.startedAt,
                finishedAt: finishedAt)
        }
        var report = frame(
            audits.map { entity($0, missing: $0.findings) }, findings: findings,
            finishedAt: finishedAt)
        report.counts = AuditCounts(counting: findings)
        for (index, audit) in audits.enumerated() {
            report.entities[index].counts = AuditCounts(
                counting: findings.filter { $0.finding.entity == audit.definition.name })
            for finding in audit.findings {
                let rule = audit.definition.reconciliation.rule(for: finding.kind)
                report.counts.minutesByKind[finding.kind, default: 0] += rule.minutesToFix
            }
        }
        return report
    }

    private func frame(
        _ entities: [AuditedEntity], findings: [ReportedFinding], finishedAt: Date
    ) -> AuditReport {
        // Where the entities differ there is no one number of minutes for a kind.
        var minutes: [Finding.Kind: Set<Int>] = [:]
        for entity in entities {
            for kind in Finding.Kind.allCases {
                minutes[kind, default: []]
                    .insert(entity.definition.reconciliation.rule(for: kind).minutesToFix)
            }
        }
        return AuditReport(
            runID: run.id, startedAt: run.startedAt, finishedAt: finishedAt,
            timeZone: configuration.company.timeZone,
            language: configuration.company.language,
            company: configuration.company.name, left: source(.left), right: source(.right),
            entities: entities, findings: findings, counts: AuditCounts(),
            costs: CostModel(
                minutesByKind: minutes.compactMapValues { $0.count == 1 ? $0.first : nil },
                hourlyCost: configuration.report.hourlyCost))
    }

    /// What was read of an entity and not compared.
    private func collected(_ reading: EntityReading) -> CollectedEntity? {
        guard let omission = reading.omission, !reading.snapshots.isEmpty else { return nil }
        let snapshots = reading.snapshots.sorted { $0.key < $1.key }.map { role, snapshot in
            CollectedEntity.Snapshot(
                source: source(role),
                snapshot: AuditedEntity.Snapshot(
                    id: snapshot.id, certificate: snapshot.certificate,
                    recordCount: snapshot.recordCount, linkedCount: 0))
        }
        let reason: CollectedEntity.Reason =
            switch omission {
            case .notMeant: .notMeant
            case .lackedBy(let names): .lackedBy(names.map(\.rawValue))
            case .unread(let names): .unread(names.map(\.rawValue))
            }
        return CollectedEntity(
            definition: reading.definition, snapshots: snapshots, reason: reason)
    }

    /// What could not be read and has no snapshot whose certificate would say so.
    private func failures(_ reading: EntityReading) -> [AuditReport.Failure] {
        reading.failures.filter { failure in
            failure.role.map { reading.snapshots[$0] == nil } ?? true
        }.map { failure in
            AuditReport.Failure(
                entity: reading.definition.title,
                source: failure.role.map { source($0).title } ?? "", message: failure.message)
        }
    }

    func source(_ role: SourceRole) -> ReportedSource {
        let settings = configuration.sourcesByRole.first { $0.role == role }?.source
        return ReportedSource(
            title: settings?.shownTitle ?? role.rawValue, kind: settings?.kind.title ?? "")
    }

    private func reported(_ stored: StoredFinding, finishedAt: Date) -> ReportedFinding {
        var finding = reported(
            stored.finding, state: stored.state, firstRun: stored.firstRun,
            firstSeenAt: stored.firstSeenAt, finishedAt: finishedAt)
        finding.owner = stored.ownerName
        finding.number = stored.number
        return finding
    }

    private func reported(
        _ finding: Finding, state: FindingState, firstRun: RunID, firstSeenAt: Date,
        finishedAt: Date
    ) -> ReportedFinding {
        ReportedFinding(
            finding, state: state, firstSeenRun: firstRun,
            firstSeenOn: day(of: firstSeenAt, configuration.company.timeZone),
            daysOpen: max(0, Int(finishedAt.timeIntervalSince(firstSeenAt) / 86_400)),
            leftAddresses: finding.leftIDs.map { address(.left, $0, finding.entity) },
            rightAddresses: finding.rightIDs.map { address(.right, $0, finding.entity) })
    }

    func address(_ side: Side, _ id: RecordID, _ entity: EntityName) -> String? {
        sources.first { $0.role.side == side }?.source.webAddress(of: id, entity: entity)
    }

    private func day(of instant: Date, _ zone: TimeZone) -> CalendarDate {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = calendar.dateComponents([.year, .month, .day], from: instant)
        let first = CalendarDate(
            year: parts.year ?? 1970, month: parts.month ?? 1, day: parts.day ?? 1)
        // A calendar gives days that exist; the fallback only satisfies the type.
        return first ?? CalendarDate.epoch
    }
}
