import TestSupport
import Testing

@testable import RecordLinkage

@Suite("What follows from verdicts")
struct VerdictClosureTests {
    private func closure(_ verdicts: (Int, Int, Bool)...) -> VerdictClosure { closure(verdicts) }

    private func closure(_ verdicts: [(Int, Int, Bool)]) -> VerdictClosure {
        VerdictClosure(
            verdicts.map { VerdictClosure.Verdict(first: $0.0, second: $0.1, isSame: $0.2) })
    }

    private func pair(_ first: Int, _ second: Int) -> UInt64 { KeyDecisions.pair(first, second) }

    @Test("same as A, and A differs from B: not B")
    func different() {
        let closure = closure((1, 2, true), (2, 3, false))
        #expect(closure.pairs == [pair(1, 2): true, pair(2, 3): false, pair(1, 3): false])
        #expect(closure.implied == [pair(1, 3)])
    }

    @Test("same as A, and A same as C: same as C; what differs from one differs from all")
    func same() {
        let closure = closure((1, 2, true), (3, 4, true), (1, 4, true), (9, 3, false))
        #expect(closure.pairs.filter { $0.value }.count == 6)
        for record in 1...4 { #expect(closure.pairs[pair(record, 9)] == false) }
    }

    @Test("two that differ from a third may be the same")
    func noConclusion() {
        #expect(closure((1, 3, false), (2, 3, false)).pairs[pair(1, 2)] == nil)
    }

    @Test("twins are the records of one side that are the same thing, whatever says so")
    func twins() {
        // 0, 1 and 2 are left records; that 0 and 1 are one follows from their counterpart.
        let closure = closure((0, 5, true), (1, 5, true), (6, 7, true), (2, 6, false))
        #expect(closure.twins(boundary: 3) == [0: [0, 1], 1: [0, 1], 6: [6, 7], 7: [6, 7]])
    }

    @Test("of two verdicts about one pair the later counts, and none contradicts")
    func later() {
        let closure = closure((1, 2, true), (2, 1, false))
        #expect(closure.pairs == [pair(1, 2): false])
        #expect(closure.contradicted.isEmpty)
    }

    @Test("a verdict that contradicts later ones is named and not followed")
    func contradiction() {
        let closure = closure((1, 2, true), (2, 3, true), (1, 3, false))
        #expect(closure.pairs == [pair(2, 3): true, pair(1, 3): false, pair(1, 2): false])
        #expect(closure.contradicted == [0])
    }

    @Test("of a hundred that are the same not all pairs follow, which is counted")
    func unconcluded() {
        let chain = (0..<99).map { ($0, $0 + 1, true) }
        let closure = closure(chain + [(200, 201, true)])
        #expect(closure.unconcluded == 1)
        #expect(closure.implied.isEmpty && closure.pairs.count == 100)
        #expect(self.closure([(200, 201, true)]).unconcluded == 0)
    }

    @Test("agrees with drawing one conclusion after another on random verdicts")
    func reference() {
        var random = SeededNumbers(seed: 8)
        for _ in 0..<400 {
            let count = 3 + random.below(8)
            let verdicts = (0..<random.below(14)).map { _ in
                let first = random.below(count)
                return (first, (first + 1 + random.below(count - 1)) % count, random.happens(0.6))
            }
            let closure = closure(verdicts)
            var known: [[Bool?]] = .init(
                repeating: .init(repeating: nil, count: count), count: count)
            for (place, verdict) in verdicts.enumerated().reversed() {
                let (a, b, isSame) = verdict
                if let before = known[a][b] {
                    // Of a pair about which a later verdict was followed, this one is history.
                    let isHistory = verdicts.indices.contains {
                        $0 > place && pair(verdicts[$0].0, verdicts[$0].1) == pair(a, b)
                            && !closure.contradicted.contains($0)
                    }
                    if !isHistory {
                        #expect(closure.contradicted.contains(place) == (before != isSame))
                    }
                    continue
                }
                known[a][b] = isSame
                known[b][a] = isSame
                conclude(&known)
            }
            for a in 0..<count {
                for b in a + 1..<count { #expect(closure.pairs[pair(a, b)] == known[a][b]) }
            }
        }
    }

    /// Same and same is same, same and different is different, until nothing follows any more.
    private func conclude(_ known: inout [[Bool?]]) {
        var isChanged = true
        while isChanged {
            isChanged = false
            for a in known.indices {
                for b in known.indices where b != a && known[a][b] == true {
                    for c in known.indices where c != a && c != b {
                        guard known[a][c] == nil, let other = known[b][c] else { continue }
                        known[a][c] = other
                        known[c][a] = other
                        isChanged = true
                    }
                }
            }
        }
    }
}
