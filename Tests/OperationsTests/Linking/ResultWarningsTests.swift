import Records
import Testing

@testable import Operations
@testable import RecordLinkage

@Suite("What a person is told about how links were found")
struct ResultWarningsTests {
    /// A result about which there is nothing to say.
    private static var plain: LinkageResult {
        LinkageResult(
            links: [], leftClusters: [], rightClusters: [],
            model: FittedModel(
                comparisons: [], prior: 0.001, leftPrior: 0.001, rightPrior: 0.001, iterations: 7,
                hasConverged: true, seed: 1),
            statistics: LinkageStatistics())
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// What the warning says first.
        var text: String
        var change: @Sendable (inout LinkageResult) -> Void

        init(
            _ name: String, _ text: String,
            _ change: @escaping @Sendable (inout LinkageResult) -> Void
        ) {
            (testDescription, self.text, self.change) = (name, text, change)
        }
    }

    private static let cases = [
        Case("long texts", "name: 3 texts have more than 40 words") {
            $0.statistics.appliedLimits = [
                AppliedLimit(fields: "name", kind: .wordsOfText, count: 3, limit: 40)
            ]
        },
        Case("long searches", "name: for 3 records the search for the nearest texts was ended") {
            $0.statistics.appliedLimits = [
                AppliedLimit(fields: "name", kind: .entriesOfIndex, count: 3, limit: 20_000)
            ]
        },
        Case("large blocks", "phone: 2 values that more than 150 records share (the most: 900)") {
            $0.statistics.blocking = [
                BlockingStatistics(
                    rule: "phone", blocks: 9, skippedBlocks: 2, limit: 150, largestBlock: 900)
            ]
        },
        Case("common values", "tax_id: 1 values that very many records have (the most: 61)") {
            $0.statistics.commonValues = [
                CommonValues(field: FieldName("tax_id"), count: 1, most: 61)
            ]
        },
        Case("too few matches", "the records cannot teach a model: some 4 pairs seem to be") {
            $0.model.origin = .assumed
            $0.statistics.learning.refusal = .tooFewMatches(expected: 4)
        },
        Case("no rest", "the model did not come to rest in 7 rounds") {
            $0.model.hasConverged = false
        },
        Case("large components", "2 groups of rivals are too large to find the best assignment") {
            $0.statistics.assignment.unresolvedComponents = 2
        },
        Case("ties", "5 links could be exchanged for others at no loss") {
            $0.statistics.assignment.ties = 5
        },
        Case("varied groups", "2 groups of duplicates have so many different keys") {
            $0.statistics.variedGroups = 2
        },
        Case("unconcluded", "1 groups of verdicts are too large for all that follows from them") {
            $0.statistics.unconcludedVerdicts = 1
        },
        Case("tied candidates", "11 records have more candidates of one strength") {
            ($0.statistics.leftRecords, $0.statistics.rightRecords) = (500, 500)
            $0.statistics.tiedRecords = 11
        },
        Case("shipped weights", "the records cannot teach a model: no comparison tells pairs") {
            $0.model.origin = .reused
            $0.statistics.learning.refusal = .nothingTells
            $0.statistics.learning.usesFallback = true
        },
        Case("contradictions", "the verdict that L1 and R1 are different contradicts later") {
            $0.statistics.contradictedVerdicts = [
                KnownPair(left: RecordID("L1"), right: RecordID("R1"), isSame: false)
            ]
        },
        Case("contradictions of one side", "the verdict that 5 and 7 of the right side are the") {
            ($0.statistics.leftRecords, $0.statistics.rightRecords) = (20, 20)
            $0.statistics.contradictedVerdicts = [
                KnownPair(.right, RecordID("5"), .right, RecordID("7"), isSame: true)
            ]
        },
    ]

    @Test("each limit, and each decision that could not be followed, is told", arguments: cases)
    func warning(one: Case) {
        var result = Self.plain
        one.change(&result)
        let texts = ResultWarnings(result).texts
        #expect(texts.count == 1)
        #expect(texts.first?.hasPrefix(one.text) == true, "\(texts)")
    }

    @Test("where nothing was left out nothing is said")
    func nothing() {
        #expect(ResultWarnings(Self.plain).texts.isEmpty)
    }
}
