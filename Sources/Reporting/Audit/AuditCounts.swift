public import Records

/// How many findings stand, and what happened to them since the run before.
public struct AuditCounts: Hashable, Sendable {
    /// Standing findings by kind.
    public var byKind: [Finding.Kind: Int]
    /// Standing findings by severity.
    public var bySeverity: [Finding.Severity: Int]
    /// Standing findings by the side where they are to be mended; both sides stand under `nil`.
    public var bySide: [Side?: Int]
    /// Minutes of work for the standing findings by kind, where entities differ in what one finding
    /// takes; empty when the cost model says it for all.
    public var minutesByKind: [Finding.Kind: Int]
    /// Found for the first time.
    public var newCount: Int
    /// Resolved earlier and found again.
    public var reopenedCount: Int
    /// Found before and no longer found.
    public var resolvedCount: Int
    /// A person decided to live with them; not among the standing ones.
    public var acceptedCount: Int

    /// Makes counts.
    public init(
        byKind: [Finding.Kind: Int] = [:], bySeverity: [Finding.Severity: Int] = [:],
        bySide: [Side?: Int] = [:], minutesByKind: [Finding.Kind: Int] = [:], newCount: Int = 0,
        reopenedCount: Int = 0, resolvedCount: Int = 0, acceptedCount: Int = 0
    ) {
        self.byKind = byKind
        self.bySeverity = bySeverity
        self.bySide = bySide
        self.minutesByKind = minutesByKind
        self.newCount = newCount
        self.reopenedCount = reopenedCount
        self.resolvedCount = resolvedCount
        self.acceptedCount = acceptedCount
    }

    /// Counts findings that stand.
    ///
    /// - Parameters:
    ///   - findings: The findings; those that do not stand are left out.
    ///   - resolvedCount: Findings of the run before that are no longer found.
    ///   - acceptedCount: Findings that a person decided to live with.
    public init(
        counting findings: [ReportedFinding], resolvedCount: Int = 0, acceptedCount: Int = 0
    ) {
        self.init(resolvedCount: resolvedCount, acceptedCount: acceptedCount)
        for finding in findings where finding.stands {
            byKind[finding.finding.kind, default: 0] += 1
            bySeverity[finding.finding.severity, default: 0] += 1
            bySide[finding.finding.side, default: 0] += 1
            if finding.state == .new { newCount += 1 }
            if finding.state == .reopened { reopenedCount += 1 }
        }
    }

    /// All standing findings.
    public var total: Int { byKind.values.reduce(0, +) }
}
