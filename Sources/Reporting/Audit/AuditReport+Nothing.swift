internal import Foundation
internal import Records

extension AuditReport {
    /// A night in which nothing was read, to try words and letters on.
    static func nothing(_ language: ReportLanguage) -> AuditReport {
        let time = Date(timeIntervalSince1970: 0)
        let source = ReportedSource(title: "", kind: "")
        return AuditReport(
            runID: RunID(0), startedAt: time, finishedAt: time, timeZone: .gmt, language: language,
            left: source, right: source, entities: [], findings: [], counts: AuditCounts(),
            costs: CostModel(minutesByKind: [:], hourlyCost: Money(minorUnits: 0)))
    }
}
