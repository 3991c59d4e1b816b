internal import Collection
internal import Foundation
internal import Reconciliation
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
        let stored = try await store.openFindings(name)
        let titles = ReferredTitles(
            configuration, resources: ResourceFolders(overrides: configuration.overrides),
            store: store)
        return Part(
            entity: try await titles.naming(entity(audit, missing: stored.map(\.finding))),
            findings: stored,
            comparison: try await store.comparison(run.id, name))
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
        for part in parts {
            guard let comparison = part.comparison else { continue }
            report.counts.add(comparison.counts, of: part.entity.definition)
            guard let before = comparison.previousRun else { continue }
            var previous = report.previous ?? AuditCounts()
            previous.add(comparison.previousCounts, of: part.entity.definition)
            report.previous = previous
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
        for entity in report.entities {
            let name = entity.definition.name
            // A sum over fewer entities would look like an improvement.
            guard let comparison = try await store.comparison(earlier.id, name) else { return }
            counts.add(comparison.counts, of: entity.definition)
        }
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
        let compared = Set(parts.map(\.entity.definition.name))
        return PlantedErrorComparison(
            planted: errors.filter { compared.contains($0.entity) },
            findings: parts.flatMap(\.findings).map(\.finding)
        ).lines.map {
            PlantedErrors(entity: $0.entity, kind: $0.kind, planted: $0.planted, found: $0.found)
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
        for audit in audits {
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

    private func source(_ role: SourceRole) -> ReportedSource {
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

    private func address(_ side: Side, _ id: RecordID, _ entity: EntityName) -> String? {
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

    private func entity(_ audit: EntityAudit, missing findings: [Finding]) -> AuditedEntity {
        let shown = ["tax_id", "kpp", "phone", "email", "address"].map { FieldName($0) }
            .filter { audit.definition.index(of: $0) != nil }
        let missing = findings.filter { $0.kind == .missing }
        var entity = AuditedEntity(
            definition: audit.definition, left: snapshot(.left, audit, missing),
            right: snapshot(.right, audit, missing),
            linkCounts: Dictionary(
                grouping: audit.linkage.links.filter(\.isAssigned), by: \.reason.kind
            ).mapValues(\.count),
            clusterFields: shown,
            clusters: clusters(.left, audit, shown) + clusters(.right, audit, shown),
            method: sections(audit.method))
        entity.doubtfulPairs = doubtfulPairs(audit)
        return entity
    }

    /// So many links that do not stand by themselves are shown at most, the weakest first.
    private static let doubtfulPairsMax = 5_000

    private func doubtfulPairs(_ audit: EntityAudit) -> [DoubtfulPair] {
        // As of 'sverka link --review'; stored links of an unchanged night have their probabilities.
        let threshold = audit.definition.linkage.zones.matchThreshold(
            of: audit.linkage.links.map(\.probability))
        let links = audit.linkage.links.filter {
            $0.isAssigned && $0.reason.kind != .verdict && $0.probability < threshold
        }.sorted {
            ($0.probability, $0.left.rawValue, $0.right.rawValue)
                < ($1.probability, $1.left.rawValue, $1.right.rawValue)
        }.prefix(Self.doubtfulPairsMax)
        guard !links.isEmpty else { return [] }
        let titles = RecordTitles(audit, of: Set(links.flatMap { [$0.left, $0.right] }))
        func record(_ side: Side, _ id: RecordID) -> DoubtfulPair.Record {
            DoubtfulPair.Record(
                id: id, title: titles[side, id],
                address: address(side, id, audit.definition.name))
        }
        return links.map { link in
            DoubtfulPair(
                left: record(.left, link.left), right: record(.right, link.right),
                probability: link.probability, evidence: link.reason.detail)
        }
    }

    /// Counts by two ways what became of a side's records; the report checks that they agree.
    private func snapshot(
        _ side: Side, _ audit: EntityAudit, _ missing: [Finding]
    ) -> AuditedEntity.Snapshot {
        let snapshot = audit.snapshots[side]
        let records = audit.records[side] ?? []
        let linked = Set(audit.linkage.links.map { side == .left ? $0.left : $0.right })
        let missing = Set(
            missing.flatMap { finding in
                let other = side == .left ? finding.rightIDs : finding.leftIDs
                return other.isEmpty
                    ? (side == .left ? finding.leftIDs : finding.rightIDs) : []
            })
        let excused = ExcusedRecords(side, audit)
        let notExpected = records.count {
            !linked.contains($0.id) && !missing.contains($0.id) && excused.contains($0)
        }
        return AuditedEntity.Snapshot(
            id: snapshot?.id ?? SnapshotID(0), certificate: snapshot?.certificate ?? Certificate(),
            recordCount: records.count,
            // A record whose only counterpart is marked as deleted is missing all the same.
            linkedCount: records.count { linked.contains($0.id) && !missing.contains($0.id) },
            notExpectedCount: notExpected)
    }

    private func clusters(
        _ side: Side, _ audit: EntityAudit, _ fields: [FieldName]
    ) -> [ReportedCluster] {
        let clusters = side == .left ? audit.linkage.leftClusters : audit.linkage.rightClusters
        guard !clusters.isEmpty else { return [] }
        let wanted = Set(clusters.flatMap { $0.members.map(\.id) })
        var records: [RecordID: Record] = [:]
        for record in audit.records[side] ?? [] where wanted.contains(record.id) {
            records[record.id] = record
        }
        let positions = fields.compactMap { audit.definition.index(of: $0) }
        let titles = audit.definition.reconciliation.titleFields
            .compactMap { audit.definition.index(of: $0) }
        return clusters.map { cluster in
            ReportedCluster(
                side: side, reason: cluster.reason,
                members: cluster.members.map { member in
                    let record = records[member.id]
                    return ReportedCluster.Member(
                        id: member.id,
                        address: address(side, member.id, audit.definition.name),
                        title: titles.lazy.compactMap { record?[$0]?.plainText }.first
                            ?? member.id.rawValue,
                        values: positions.map { record?[$0]?.plainText },
                        probability: member.probability)
                })
        }
    }

    private func sections(_ entries: [EntityAudit.MethodEntry]) -> [MethodSection] {
        var sections: [MethodSection] = []
        for entry in entries {
            if sections.last?.title != entry.section {
                sections.append(MethodSection(title: entry.section, entries: []))
            }
            sections[sections.count - 1].entries
                .append(MethodSection.Entry(entry.name, entry.value))
        }
        return sections
    }
}

/// What people recognise records by.
private struct RecordTitles {
    private var titles: [Side: [RecordID: String]] = [:]

    init(_ audit: EntityAudit, of wanted: Set<RecordID>) {
        let fields = audit.definition.reconciliation.titleFields
            .compactMap { audit.definition.index(of: $0) }
        for (side, records) in audit.records {
            for record in records where wanted.contains(record.id) {
                titles[side, default: [:]][record.id] =
                    fields.lazy.compactMap { record[$0]?.plainText }.first
            }
        }
    }

    /// A record's title; its id where it has none.
    subscript(side: Side, id: RecordID) -> String { titles[side]?[id] ?? id.rawValue }
}

/// Records for which no counterpart is expected, each for a reason that can be named.
private struct ExcusedRecords {
    private let side: Side
    private let deletedField: Int?
    private let isOtherSideDoubtful: Bool
    private let expected: ExpectedRecords
    private let concerned: Set<RecordID>

    init(_ side: Side, _ audit: EntityAudit) {
        self.side = side
        deletedField = audit.definition.reconciliation.deletedField
            .flatMap { audit.definition.index(of: $0) }
        isOtherSideDoubtful = audit.snapshots[side.other]?.isCertified == false
        expected = ExpectedRecords(
            audit.definition, of: side.other, records: audit.records[side.other] ?? [])
        // Contested by another finding, or a duplicate of a record that is reported itself.
        var concerned: Set<RecordID> = []
        for finding in audit.findings
        where finding.kind == .conflict || finding.kind == .brokenLink {
            concerned.formUnion(side == .left ? finding.leftIDs : finding.rightIDs)
        }
        for cluster in side == .left ? audit.linkage.leftClusters : audit.linkage.rightClusters {
            concerned.formUnion(cluster.members.map(\.id))
        }
        self.concerned = concerned
    }

    func contains(_ record: Record) -> Bool {
        if isOtherSideDoubtful || concerned.contains(record.id) { return true }
        if !expected.contains(record) { return true }
        guard let deletedField else { return false }
        return record[deletedField] == .boolean(true)
    }
}

extension AuditCounts {
    /// Adds what the database counted.
    fileprivate mutating func add(_ counts: [FindingCount], of definition: EntityDefinition) {
        for count in counts {
            switch count.state {
            case .resolved: resolvedCount += count.count
            case .accepted: acceptedCount += count.count
            case .new, .open, .reopened:
                byKind[count.kind, default: 0] += count.count
                minutesByKind[count.kind, default: 0] +=
                    count.count * definition.reconciliation.rule(for: count.kind).minutesToFix
                bySeverity[count.severity, default: 0] += count.count
                if count.state == .new { newCount += count.count }
                if count.state == .reopened { reopenedCount += count.count }
            }
        }
    }
}
