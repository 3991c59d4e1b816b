@testable import RecordLinkage
import Records
import TestSupport
import Testing

@Suite("Values one error apart")
struct ValuesWithOneErrorTests {
    @Test("lead from record to record as comparing all with all does", arguments: (1 as UInt64)...6)
    func slowTwin(seed: UInt64) {
        var random = SeededNumbers(seed: seed)
        // Few letters, so that many words are near each other and many are the same.
        let letters: [Character] = ["а", "б", "в"]
        let texts = (0..<400).map { _ in
            String((0..<4 + random.below(4)).map { _ in random.one(of: letters) })
        }
        let column = textColumn(texts)
        let keys = TextKeys(column: column, transform: .oneError, mostFrequent: 0)
        let layout = PairLayout(recordCount: texts.count)
        var statistics = BlockingStatistics(rule: "name:one_error")
        let dealt = KeyBlocks([keys], layout, betweenValues: true, threads: 2)
            .pairs(limit: 1_000, mostPairs: .max, &statistics)
        let found = MergedPairs(dealt, layout, threads: 1).parts.flatMap(\.pairs)
        var expected: Set<UInt64> = []
        let neighbourhoods = texts.indices.map { record in
            var own: [UInt64] = []
            keys.keys(of: record, into: &own)
            return Set(own)
        }
        for first in texts.indices {
            for second in (first + 1)..<texts.count
            where column.variants[column.variants(of: first).lowerBound].value
                != column.variants[column.variants(of: second).lowerBound].value
                && !neighbourhoods[first].isDisjoint(with: neighbourhoods[second])
            {
                expected.insert(UInt64(first) << 32 | UInt64(second))
            }
        }
        #expect(found == expected.sorted())
        #expect(expected.count > 1_000)
    }
}
