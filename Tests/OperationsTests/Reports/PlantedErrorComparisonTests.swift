import Foundation
import Records
import TestSupport
import Testing

@testable import Operations

@Suite("What was found of what was planted")
struct PlantedErrorComparisonTests {
    private func finding(
        _ kind: Finding.Kind, side: Side? = nil, field: String? = "phone",
        _ left: [String] = [], _ right: [String] = []
    ) -> Finding {
        Finding(
            fingerprint: FindingFingerprint("\(kind) \(field ?? "") \(left) \(right)"),
            entity: EntityName("counterparty"), kind: kind, severity: .warning, side: side,
            field: field.map { FieldName($0) }, leftIDs: left.map { RecordID($0) },
            rightIDs: right.map { RecordID($0) }, title: "", reason: "")
    }

    private func error(
        _ kind: Finding.Kind, side: Side? = nil, field: String? = "phone",
        _ left: [String] = [], _ right: [String] = [], isRequired: Bool = true
    ) -> ListedError {
        ListedError(
            kind: kind, entity: EntityName("counterparty"), field: field, side: side,
            leftIDs: left, rightIDs: right, isRequired: isRequired)
    }

    /// Planted, found, tolerated, beyond.
    private func counts(_ errors: [ListedError], _ findings: [Finding]) -> [Int] {
        let comparison = PlantedErrorComparison(planted: errors, findings: findings)
        return [
            comparison.planted, comparison.found, comparison.tolerated, comparison.beyondCount,
        ]
    }

    @Test("a finding answers an error of its kind, field, side and records")
    func answered() {
        #expect(
            counts([error(.mismatch, ["a"], ["1"])], [finding(.mismatch, ["a"], ["1"])]) == [
                1, 1, 0, 0,
            ])
        #expect(
            counts(
                [error(.missing, side: .right, field: nil, ["a"])],
                [finding(.missing, side: .right, field: nil, ["a"])]) == [1, 1, 0, 0])
        // A link that leads nowhere names the one record that there is.
        #expect(
            counts(
                [error(.brokenLink, field: nil, ["a"], ["1"])],
                [finding(.brokenLink, field: nil, [], ["1"])]) == [1, 1, 0, 0])
    }

    @Test("one of another kind, field, side or record does not, and is beyond what was planted")
    func unanswered() {
        let planted = error(.invalid, side: .right, field: "phone", ["a"], ["1"])
        for other in [
            finding(.mismatch, side: .right, ["a"], ["1"]),
            finding(.invalid, side: .right, field: "email", ["a"], ["1"]),
            finding(.invalid, side: .right, field: nil, ["a"], ["1"]),
            finding(.invalid, side: .left, ["a"], ["1"]),
            finding(.invalid, side: .right, ["b"], ["1"]),
            finding(.invalid, side: .right, ["b"], []),
        ] {
            #expect(counts([planted], [other]) == [1, 0, 0, 1], "\(other.fingerprint)")
        }
    }

    @Test("a duplicate is found where two of its records are said to be one")
    func duplicates() {
        let planted = error(.duplicate, side: .right, field: nil, [], ["1", "2"])
        #expect(
            counts([planted], [finding(.duplicate, side: .right, field: nil, [], ["1", "2", "3"])])
                == [1, 1, 0, 0])
        #expect(
            counts([planted], [finding(.duplicate, side: .right, field: nil, [], ["1", "3"])])
                == [1, 0, 0, 1])
    }

    @Test("what may be reported and need not be, counts apart")
    func tolerated() {
        #expect(
            counts(
                [error(.mismatch, ["a"], ["1"], isRequired: false)],
                [finding(.mismatch, ["a"], ["1"])])
                == [0, 0, 1, 0])
        // What answers both is an error found.
        #expect(
            counts(
                [
                    error(.mismatch, ["a"], ["1"]),
                    error(.mismatch, ["a"], ["1"], isRequired: false),
                ],
                [finding(.mismatch, ["a"], ["1"])]) == [1, 1, 0, 0])
    }

    @Test("a file that is missing or broken is named")
    func unreadable() throws {
        let folder = try TemporaryFolder()
        let broken = try folder.write("{\"kind\":", to: "broken.jsonl")
        let missing = broken.deletingLastPathComponent().appending(path: "missing.jsonl")

        for (file, what) in [(missing, "cannot be read"), (broken, "is no list")] {
            let failure = #expect(throws: ConfigurationError.self) {
                _ = try PlantedErrorFile.errors(of: file)
            }
            #expect(failure?.description.contains("\(file.path) \(what)") == true)
        }
    }
}
