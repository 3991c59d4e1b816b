internal import Collection
internal import Foundation
internal import Records
internal import Reporting
internal import Storage

/// Gathers what a report is rendered from: the run's audits, and their history in the database.
struct AuditReportBuilder {
    let configuration: Configuration
    let sources: [Side: any SnapshotSource]
    let run: Run
    let finishedAt: Date
    let store: Store

    func report(_ audits: [EntityAudit]) async throws -> AuditReport {
        var findings: [ReportedFinding] = []
        var counts = AuditCounts()
        var previous: AuditCounts?
        var previousRun: RunID?
        for audit in audits {
            let stored = try await store.openFindings(audit.definition.name)
            findings += stored.map {
                reported(
                    $0.finding, state: $0.state, firstRun: $0.firstRun,
                    firstSeenAt: $0.firstSeenAt)
            }
            if let comparison = try await store.comparison(run.id, audit.definition.name) {
                counts.add(comparison.counts)
                if let before = comparison.previousRun {
                    var sum = previous ?? AuditCounts()
                    sum.add(comparison.previousCounts)
                    previous = sum
                    previousRun = max(previousRun ?? before, before)
                }
            }
        }
        for finding in findings where finding.stands {
            counts.bySide[finding.finding.side, default: 0] += 1
        }
        var report = report(audits, findings: findings, counts: counts)
        report.previous = previous
        if let previousRun { report.previousRunAt = try await store.run(previousRun).startedAt }
        return report
    }

    /// A report of what was found, without what earlier runs know of it.
    func report(withoutHistory audits: [EntityAudit]) -> AuditReport {
        let findings = audits.flatMap(\.findings).map { finding in
            reported(finding, state: .open, firstRun: run.id, firstSeenAt: run.startedAt)
        }
        return report(audits, findings: findings, counts: AuditCounts(counting: findings))
    }

    private func report(
        _ audits: [EntityAudit], findings: [ReportedFinding], counts: AuditCounts
    ) -> AuditReport {
        var minutes: [Finding.Kind: Int] = [:]
        for audit in audits {
            for kind in Finding.Kind.allCases {
                minutes[kind] = audit.definition.reconciliation.rule(for: kind).minutesToFix
            }
        }
        return AuditReport(
            runID: run.id, startedAt: run.startedAt, finishedAt: finishedAt,
            timeZone: configuration.company.timeZone,
            language: ReportLanguage(rawValue: configuration.company.language) ?? .russian,
            company: configuration.company.name, left: source(.left), right: source(.right),
            entities: audits.map { entity($0, findings: findings) }, findings: findings,
            counts: counts,
            costs: CostModel(
                minutesByKind: minutes, hourlyCost: configuration.report.hourlyCost))
    }

    private func source(_ side: Side) -> ReportedSource {
        let settings = configuration.sources[side]
        let kind =
            switch settings?.kind {
            case .onecOData: "1C OData"
            case .bitrix24: "Bitrix24 REST"
            case .files: "CSV, JSON Lines"
            case nil: ""
            }
        return ReportedSource(title: settings?.name.rawValue ?? side.rawValue, kind: kind)
    }

    private func reported(
        _ finding: Finding, state: FindingState, firstRun: RunID, firstSeenAt: Date
    ) -> ReportedFinding {
        ReportedFinding(
            finding, state: state, firstSeenRun: firstRun,
            firstSeenOn: day(of: firstSeenAt, configuration.company.timeZone),
            daysOpen: max(0, Int(finishedAt.timeIntervalSince(firstSeenAt) / 86_400)),
            leftAddresses: finding.leftIDs.map {
                sources[.left]?.webAddress(of: $0, entity: finding.entity)
            },
            rightAddresses: finding.rightIDs.map {
                sources[.right]?.webAddress(of: $0, entity: finding.entity)
            })
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

    private func entity(_ audit: EntityAudit, findings: [ReportedFinding]) -> AuditedEntity {
        let shown = ["tax_id", "kpp", "phone", "email", "address"].map { FieldName($0) }
            .filter { audit.definition.index(of: $0) != nil }
        return AuditedEntity(
            definition: audit.definition, left: snapshot(.left, audit, findings),
            right: snapshot(.right, audit, findings),
            linkCounts: Dictionary(
                grouping: audit.linkage.links.filter(\.isAssigned), by: \.reason.kind
            ).mapValues(\.count),
            clusterFields: shown,
            clusters: clusters(.left, audit, shown) + clusters(.right, audit, shown),
            method: sections(audit.method))
    }

    /// Counts by two ways what became of a side's records; the report checks that they agree.
    private func snapshot(
        _ side: Side, _ audit: EntityAudit, _ findings: [ReportedFinding]
    ) -> AuditedEntity.Snapshot {
        let snapshot = audit.snapshots[side]
        let records = audit.records[side] ?? []
        let linked = Set(audit.linkage.links.map { side == .left ? $0.left : $0.right })
        let missing = Set(
            findings.filter { $0.finding.kind == .missing && $0.state != .resolved }.flatMap {
                let other = side == .left ? $0.finding.rightIDs : $0.finding.leftIDs
                return other.isEmpty
                    ? (side == .left ? $0.finding.leftIDs : $0.finding.rightIDs) : []
            })
        let excused = ExcusedRecords(side, audit)
        let notExpected = records.count {
            !linked.contains($0.id) && !missing.contains($0.id) && excused.contains($0)
        }
        return AuditedEntity.Snapshot(
            id: snapshot?.id ?? SnapshotID(0), certificate: snapshot?.certificate ?? Certificate(),
            recordCount: records.count, linkedCount: records.count { linked.contains($0.id) },
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
                        address: sources[side]?
                            .webAddress(of: member.id, entity: audit.definition.name),
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

/// Records for which no counterpart is expected, each for a reason that can be named.
private struct ExcusedRecords {
    private let side: Side
    private let deletedField: Int?
    private let isOtherSideDoubtful: Bool
    private let concerned: Set<RecordID>

    init(_ side: Side, _ audit: EntityAudit) {
        self.side = side
        deletedField = audit.definition.reconciliation.deletedField
            .flatMap { audit.definition.index(of: $0) }
        isOtherSideDoubtful = audit.snapshots[side.other]?.isCertified == false
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
        guard let deletedField else { return false }
        return record[deletedField] == .boolean(true)
    }
}

extension AuditCounts {
    /// Adds what the database counted.
    fileprivate mutating func add(_ counts: [FindingCount]) {
        for count in counts {
            switch count.state {
            case .resolved: resolvedCount += count.count
            case .accepted: acceptedCount += count.count
            case .new, .open, .reopened:
                byKind[count.kind, default: 0] += count.count
                bySeverity[count.severity, default: 0] += count.count
                if count.state == .new { newCount += count.count }
                if count.state == .reopened { reopenedCount += count.count }
            }
        }
    }
}
