internal import Reconciliation
internal import Records
internal import Storage

/// Records for which no counterpart is expected, each for a reason that can be named.
struct ExcusedRecords {
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
