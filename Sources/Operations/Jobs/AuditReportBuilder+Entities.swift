internal import Reconciliation
internal import Records
internal import Reporting
internal import Storage

/// What the report needs of each entity that was compared.
extension AuditReportBuilder {
    func entity(_ audit: EntityAudit, missing findings: [Finding]) -> AuditedEntity {
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

    private func doubtfulPairs(_ audit: EntityAudit) -> [DoubtfulPair] {
        let pairs = audit.linkage.review
        guard !pairs.isEmpty else { return [] }
        let titles = RecordTitles(audit, of: Set(pairs.flatMap { [$0.left, $0.right] }))
        func record(_ side: Side, _ id: RecordID) -> DoubtfulPair.Record {
            DoubtfulPair.Record(
                id: id, title: titles[side, id],
                address: address(side, id, audit.definition.name))
        }
        return pairs.map { pair in
            DoubtfulPair(
                left: record(.left, pair.left), right: record(.right, pair.right),
                doubt: pair.doubt, probability: pair.probability, reason: pair.reason)
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
