import TestSupport
import Testing

@testable import RecordLinkage

@Suite("Two lists of pairs as one")
struct JoinedPairsTests {
    @Test("has each pair of either once, in order", arguments: (1 as UInt64)...20)
    func slowTwin(seed: UInt64) {
        var random = SeededNumbers(seed: seed)
        func list(_ count: Int) -> [UInt64] {
            Set((0..<count).map { _ in UInt64(random.below(400)) }).sorted()
        }
        for (many, few) in [(300, 5), (300, 300), (5, 300), (1, 1), (0, 4), (4, 0), (0, 0)] {
            let (pairs, known) = (list(many), list(few))
            let expected = Set(pairs + known).sorted()
            for threads in [1, 3] {
                #expect(CandidatePairs.joined(pairs, known, threads: threads) == expected)
            }
        }
    }

    @Test("is put together of stretches, and what is missing stands at the ends of these, too")
    func stretches() {
        // A stretch has 262 144 of them; all are odd, so that any even one is missing.
        let pairs = (0..<270_000 as Range<UInt64>).map { 2 * $0 + 1 }
        let border = UInt64(2 * 262_144)
        for known in [
            [0], [540_000, 540_002], [border - 2, border, border + 1, border + 2], [7],
            [0, border, 540_000], (0..<20_000).map { 27 * $0 },
        ] as [[UInt64]] {
            for threads in [1, 4] {
                let joined = CandidatePairs.joined(pairs, known, threads: threads)
                #expect(zip(joined, joined.dropFirst()).allSatisfy { $0 < $1 })
                #expect(joined.filter { $0 % 2 == 1 } == pairs)
                #expect(joined.filter { $0 % 2 == 0 } == known.filter { $0 % 2 == 0 })
            }
        }
    }

    @Test("arrays are joined in their order, empty ones among them", arguments: [1, 3])
    func arrays(threads: Int) {
        let parts: [[Int]] = [[], [1, 2], [], [3], (4..<9_000).map { $0 }, []]
        #expect(Parallel.joined(parts, threads: threads) == parts.flatMap { $0 })
        #expect(Parallel.joined([[Int]](), threads: threads) == [])
        #expect(Parallel.joined([[], [Int]()], threads: threads) == [])
    }
}
