@testable import RecordLinkage
import TestSupport
import Testing

@Suite("The strongest pairs of each record")
struct StrongestPairsTests {
    @Test(
        "are those that sorting finds, on any number of threads",
        arguments: (1 as UInt64)...12, [false, true])
    func slowTwin(seed: UInt64, leavesOutWeak: Bool) {
        var random = SeededNumbers(seed: seed)
        let records = 60
        let boundary = seed % 4 == 0 ? records : 25
        var proposed: [UInt64: UInt8] = [:]
        for _ in 0..<1_500 {
            let (a, b) = (random.below(records), random.below(records))
            guard a != b else { continue }
            proposed[KeyDecisions.pair(a, b)] = UInt8(1 + random.below(seed % 2 == 0 ? 4 : 255))
        }
        let merged = Self.merged(proposed, records: records)
        let (across, within) = boundary == records ? (0, 16) : (4, 2)
        let strongest = StrongestPairs(
            boundary: boundary, records: records, across: across, within: within,
            leavesOutWeak: leavesOutWeak)
        let expected = Self.kept(
            proposed, records, boundary, across, within, leavesOutWeak: leavesOutWeak)
        for threads in [1, 2, 5] {
            let least = strongest.leastStrengths(merged, threads: threads)
            #expect(strongest.kept(of: merged, least: least, threads: threads) == expected)
            var asked = Bits(count: records)
            for record in 0..<records where record % 3 == 0 { asked.mark(record) }
            let some = strongest.leastStrengths(merged, of: asked, threads: threads)
            #expect(some == least.indices.map { asked[$0 / 2] ? least[$0] : 0 })
        }
        #expect(expected.count < proposed.count)
    }

    @Test("a record whose strongest are too many of one strength is counted")
    func tied() {
        // The first record has thirteen of one strength; the second one as many, and a stronger one.
        var proposed: [UInt64: UInt8] = [:]
        for right in 2..<15 {
            proposed[KeyDecisions.pair(0, right)] = 9
            proposed[KeyDecisions.pair(1, right)] = 9
        }
        proposed[KeyDecisions.pair(1, 15)] = 12
        let merged = Self.merged(proposed, records: 16)
        let strongest = StrongestPairs(boundary: 2, records: 16, across: 4, within: 1)
        for threads in [1, 2, 5] {
            #expect(strongest.strengths(merged, threads: threads).tiedRecords == 1)
        }
    }

    /// The pairs as the rules would have proposed them.
    private static func merged(_ proposed: [UInt64: UInt8], records: Int) -> MergedPairs {
        let layout = PairLayout(recordCount: records)
        var entries: [UInt64] = []
        for (pair, strength) in proposed {
            var rest = UInt64(strength)
            while rest > 0 {
                entries.append(layout.entry(pair >> 32, pair & 0xFFFF_FFFF, min(31, rest)))
                rest -= min(31, rest)
            }
        }
        return MergedPairs(
            [Dealt(entries, by: layout.bucketShift, count: layout.bucketCount)], layout, threads: 2)
    }

    private static func kept(
        _ proposed: [UInt64: UInt8], _ records: Int, _ boundary: Int, _ across: Int, _ within: Int,
        leavesOutWeak: Bool
    ) -> [UInt64] {
        func isWithin(_ pair: UInt64) -> Bool {
            (Int(pair >> 32) < boundary) == (Int(pair & 0xFFFF_FFFF) < boundary)
        }
        func least(_ record: UInt64, isWithin wanted: Bool) -> Int {
            let most = wanted ? within : across
            let own = proposed.filter { pair, _ in
                (pair >> 32 == record || pair & 0xFFFF_FFFF == record) && isWithin(pair) == wanted
            }.map { Int($0.value) }.sorted(by: >)
            guard most > 0 else { return 0 }
            let half = leavesOutWeak ? (own.first ?? 0) / 2 : 0
            guard own.count > most else { return half }
            let weakest = own[most - 1]
            let areMany = own.count { $0 == weakest } > 3 * most && weakest < 255
            return max(half, areMany ? weakest + 1 : weakest)
        }
        return proposed.keys.sorted().filter { pair in
            let wanted = isWithin(pair)
            let strength = Int(proposed[pair] ?? 0)
            return strength >= least(pair >> 32, isWithin: wanted)
                || strength >= least(pair & 0xFFFF_FFFF, isWithin: wanted)
        }
    }
}
