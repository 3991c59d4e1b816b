internal import Records

/// Two ways to one number, compared before a report is written.
struct ControlTotal: Hashable, Sendable {
    /// The control totals that there are.
    enum Name: String, CaseIterable {
        case findingsByKind = "findings_by_kind"
        case findingsBySeverity = "findings_by_severity"
        case findingsNew = "findings_new"
        case recordsAccountedFor = "records_accounted_for"
    }

    /// Its key in `report.yaml` and in the words.
    let name: String
    /// What it is of, for a person: an entity's and a source's name; empty for the whole report.
    let subject: String
    /// The number by the one way.
    let expected: Int
    /// The number by the other way.
    let actual: Int

    init(_ name: Name, subject: String = "", expected: Int, actual: Int) {
        self.name = name.rawValue
        self.subject = subject
        self.expected = expected
        self.actual = actual
    }

    var agrees: Bool { expected == actual }
}

extension ControlTotal {
    /// Every control total of a report.
    static func all(of report: AuditReport) -> [ControlTotal] {
        let listed = AuditCounts(counting: report.findings)
        var totals = [
            ControlTotal(
                .findingsByKind, expected: report.counts.total, actual: listed.total),
            ControlTotal(
                .findingsBySeverity,
                expected: report.counts.bySeverity.values.reduce(0, +), actual: listed.total),
            ControlTotal(
                .findingsNew, expected: report.counts.newCount, actual: listed.newCount),
        ]
        var missing: [Missing: Int] = [:]
        for reported in report.findings where reported.finding.kind == .missing {
            // Accepted ones count too: such a record has no counterpart all the same.
            guard reported.state != .resolved else { continue }
            let finding = reported.finding
            missing[Missing(entity: finding.entity, side: .left), default: 0] +=
                finding.rightIDs.isEmpty ? finding.leftIDs.count : 0
            missing[Missing(entity: finding.entity, side: .right), default: 0] +=
                finding.leftIDs.isEmpty ? finding.rightIDs.count : 0
        }
        for entity in report.entities {
            for side in Side.allCases {
                let snapshot = entity[side]
                let key = Missing(entity: entity.definition.name, side: side)
                totals.append(
                    ControlTotal(
                        .recordsAccountedFor,
                        subject: entity.definition.title[report.language.rawValue] + ", "
                            + report[side].title,
                        expected: snapshot.recordCount,
                        actual: snapshot.linkedCount + snapshot.notExpectedCount
                            + (missing[key] ?? 0)))
            }
        }
        return totals
    }

    /// Records of a side that the other lacks.
    private struct Missing: Hashable {
        let entity: EntityName
        let side: Side
    }
}
