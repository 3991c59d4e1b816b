import Foundation
import Operations
import Records
import Storage

/// Findings on standard output, for a person or a program.
struct FindingList {
    private let findings: [StoredFinding]
    private let time: LocalTime

    init(_ findings: [StoredFinding], time: LocalTime) {
        self.findings = findings
        self.time = time
    }

    private static let columns = [
        "number", "state", "severity", "entity", "kind", "reason", "side", "field", "title",
        "left_ids", "left_value", "right_ids", "right_value", "owner", "evidence", "first_seen",
        "fingerprint",
    ]

    private func cells(_ stored: StoredFinding) -> [String] {
        let finding = stored.finding
        return [
            String(stored.number), stored.state.rawValue, finding.severity.rawValue,
            finding.entity.rawValue, finding.kind.rawValue, finding.reason,
            finding.side?.rawValue ?? "", finding.field?.rawValue ?? "", finding.title,
            Self.list(finding.leftIDs), finding.leftValue ?? "",
            Self.list(finding.rightIDs), finding.rightValue ?? "",
            stored.ownerName, finding.evidence, time.text(stored.firstSeenAt),
            finding.fingerprint.rawValue,
        ]
    }

    private static func list(_ ids: [RecordID]) -> String {
        ids.map(\.rawValue).joined(separator: " ")
    }

    func printTable() {
        let hasOwners = findings.contains { !$0.ownerName.isEmpty }
        var table = TextTable(
            ["NO", "STATE", "KIND", "FIELD", "TITLE", "LEFT", "RIGHT", "REASON"]
                + (hasOwners ? ["OWNER"] : []))
        for stored in findings {
            let finding = stored.finding
            let owner = hasOwners ? [stored.ownerName] : []
            table.add(
                [
                    String(stored.number), stored.state.rawValue, finding.kind.rawValue,
                    finding.field?.rawValue ?? "", finding.title,
                    finding.leftValue ?? Self.list(finding.leftIDs),
                    finding.rightValue ?? Self.list(finding.rightIDs), finding.reason,
                ] + owner)
        }
        for line in table.lines { print(line) }
    }

    /// CSV as a spreadsheet opens it: what it would take for a formula is kept a text.
    func printCSV() {
        print(CSVRow(Self.columns).text)
        for stored in findings { print(CSVRow(cells(stored), isForSpreadsheet: true).text) }
    }

    func printJSON() throws {
        let objects = findings.map { stored in
            Dictionary(uniqueKeysWithValues: zip(Self.columns, cells(stored)))
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(objects), as: UTF8.self))
    }
}
