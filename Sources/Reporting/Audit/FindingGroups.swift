internal import Records

/// The findings that stand, grouped by entity, kind and field: one cause often makes many of them.
struct FindingGroups: Sendable {
    /// What the findings of a group have in common.
    struct Key: Hashable, Sendable {
        var entity: EntityName
        var kind: Finding.Kind
        var field: FieldName?
    }

    /// One group.
    struct Group: Sendable {
        var key: Key
        var count = 0
        var newCount = 0
        var errorCount = 0
        /// Money at stake by currency, in minor units.
        var atStake: [String: Int64] = [:]
    }

    /// The groups, the largest first.
    let groups: [Group]
    /// The places of the findings in the report: group after group, in each the gravest first.
    let order: [Int]

    init(_ report: AuditReport) {
        var groups: [Key: Group] = [:]
        for reported in report.findings where reported.stands {
            let key = Key(reported.finding)
            var group = groups[key] ?? Group(key: key)
            group.count += 1
            if reported.state != .open { group.newCount += 1 }
            if reported.finding.severity == .error { group.errorCount += 1 }
            if let money = reported.finding.atStake {
                group.atStake[money.currency, default: 0] += money.minorUnits
            }
            groups[key] = group
        }
        let sorted = groups.values.sorted(by: Self.comesBefore)
        self.groups = sorted
        let ranks = Dictionary(
            uniqueKeysWithValues: sorted.enumerated().map { ($0.element.key, $0.offset) })
        let findings = report.findings
        let rank = findings.map { ranks[Key($0.finding)] ?? 0 }
        order = findings.indices.filter { findings[$0].stands }.sorted { one, other in
            rank[one] == rank[other]
                ? ReportedFinding.comesBefore(findings[one], findings[other])
                : rank[one] < rank[other]
        }
    }

    /// The order is total, so that equal reports give equal bytes.
    private static func comesBefore(_ one: Group, _ other: Group) -> Bool {
        if one.count != other.count { return one.count > other.count }
        if one.errorCount != other.errorCount { return one.errorCount > other.errorCount }
        let (a, b) = (one.key, other.key)
        if a.entity != b.entity { return a.entity.rawValue < b.entity.rawValue }
        if a.kind != b.kind { return a.kind.rank < b.kind.rank }
        return (a.field?.rawValue ?? "") < (b.field?.rawValue ?? "")
    }
}

extension FindingGroups.Key {
    init(_ finding: Finding) {
        self.init(entity: finding.entity, kind: finding.kind, field: finding.field)
    }
}
