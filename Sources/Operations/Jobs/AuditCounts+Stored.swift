internal import Records
internal import Reporting
internal import Storage

extension AuditCounts {
    /// Takes what the database counted of an entity.
    init(_ counts: [FindingCount], of definition: EntityDefinition) {
        self.init()
        add(counts, of: definition)
    }

    /// Adds what the database counted of an entity.
    mutating func add(_ counts: [FindingCount], of definition: EntityDefinition) {
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
