import Foundation
import Operations
import Records

/// What a run came to, in a few lines on standard output.
struct OutcomeText {
    private let outcome: JobOutcome

    init(_ outcome: JobOutcome) { self.outcome = outcome }

    func print() {
        Swift.print("run \(outcome.run.rawValue)")
        for entity in outcome.entities {
            let left = entity.recordCounts[.left] ?? 0
            let right = entity.recordCounts[.right] ?? 0
            let written = (entity.writtenCounts[.left] ?? 0) + (entity.writtenCounts[.right] ?? 0)
            Swift.print(
                "\(entity.entity): \(left) + \(right) records, \(entity.linkCount) pairs, "
                    + "\(entity.findings.count) findings; \(written) record rows written")
            for kind in Finding.Kind.allCases {
                let count = entity.findings.count { $0.kind == kind }
                if count > 0 { Swift.print("  \(TextTable.padded(kind.rawValue, 12)) \(count)") }
            }
        }
        for entity in outcome.collected {
            let counts = entity.counts.map { "\($0.source) \($0.records)" }
            let written = entity.counts.map(\.written).reduce(0, +)
            Swift.print(
                "\(entity.entity): "
                    + (counts.isEmpty ? "not read" : counts.joined(separator: ", ") + " records")
                    + "; \(written) record rows written; not compared: \(entity.reason)")
        }
        for file in outcome.files { Swift.print("file: \(file.path)") }
        if outcome.sentCount > 0 { Swift.print("mails sent: \(outcome.sentCount)") }
        for message in outcome.unsent { Swift.print("NOT SENT: \(message)") }
        for message in outcome.incomplete { Swift.print("INCOMPLETE: \(message)") }
    }
}
