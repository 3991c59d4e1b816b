import RecordLinkage
import Records
import Testing

@Suite("Limits of blocking", .timeLimit(.minutes(10)))
struct BlockingLimitTests {
    private static let fields = [
        FieldDefinition(name: FieldName("name"), type: .code, title: LocalizedText([:])),
        FieldDefinition(name: FieldName("number"), type: .code, title: LocalizedText([:])),
    ]

    private func link(
        _ left: [[String]], _ right: [[String]], largest: Int? = nil, threads: Int = 2
    ) -> LinkageResult {
        func records(_ rows: [[String]]) -> [Record] {
            rows.enumerated().map { index, row in
                Record(
                    id: RecordID("\(index)"),
                    fields: row.map { $0.isEmpty ? nil : .text($0) })
            }
        }
        let linkage = LinkageDefinition(
            comparisons: [
                ComparisonDefinition(
                    name: "name", fields: [FieldName("name")], method: .exact),
                ComparisonDefinition(
                    name: "number", fields: [FieldName("number")], method: .digits),
            ],
            blocking: [
                BlockingRule([BlockingKey(FieldName("name"))], largestBlock: largest),
                BlockingRule([BlockingKey(FieldName("number"))]),
            ])
        let entity = EntityDefinition(
            name: EntityName("thing"), title: LocalizedText([:]), fields: Self.fields,
            linkage: linkage, reconciliation: ReconciliationDefinition())
        var options = LinkageOptions()
        options.randomPairs = 20_000
        options.threads = threads
        return LinkageEngine(entity: entity, options: options).link(
            left: records(left), right: records(right))
    }

    @Test("more than 2³¹ pairs asked for are not made, and the limit applied is said")
    func tooManyPairs() throws {
        let rows = (0..<35_000).map { ["то же имя", $0 < 50 ? "n\($0)" : ""] }
        let result = link(rows, rows, largest: 1_000_000)
        let rule = try #require(result.statistics.blocking.first { $0.rule == "name" })
        #expect(rule.largestBlock == 70_000)
        #expect(rule.limit < 70_000)
        #expect(rule.skippedBlocks == 1 && rule.pairs == 0)
        // The other rule still finds its pairs.
        #expect(result.statistics.scoredPairs == 50)
    }

    @Test("everything the same everywhere ends with next to no pairs, and says so")
    func allTheSame() throws {
        let rows = (0..<20_000).map { _ in ["Ромашка", "1"] }
        let result = link(rows, rows)
        #expect(result.statistics.scoredPairs == 0 && result.links.isEmpty)
        #expect(result.statistics.blocking.allSatisfy { $0.skippedBlocks == 1 })
    }

    @Test("nothing in common at all gives no links")
    func nothingInCommon() {
        let result = link(
            (0..<300).map { ["a\($0)", ""] }, (0..<300).map { ["b\($0)", ""] })
        #expect(result.links.isEmpty && result.statistics.scoredPairs == 0)
    }

    @Test("a record keeps its strongest candidates where many share a frequent value")
    func strongest() {
        // Forty records of one name, each with its own number on both sides.
        let rows = (0..<40).map { ["Ромашка", "номер\($0)x"] }
        let result = link(rows, rows)
        #expect(result.statistics.scoredPairs < 40 * 39)
        let threaded = link(rows, rows, threads: 1)
        #expect(threaded == result)
    }
}
