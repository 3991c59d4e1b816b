@testable import RecordLinkage
import TestSupport
import Testing

@Suite("Places of pairs")
struct PairPlacesTests {
    @Test("are those in the list, and none for other pairs", arguments: (1 as UInt64)...4)
    func slowTwin(seed: UInt64) {
        var random = SeededNumbers(seed: seed)
        let records = 40
        var chosen: Set<UInt64> = []
        for _ in 0..<200 {
            let (a, b) = (random.below(records), random.below(records))
            if a != b { chosen.insert(KeyDecisions.pair(a, b)) }
        }
        let pairs = chosen.sorted()
        let places = PairPlaces(pairs, records: records)
        for first in 0..<records {
            for second in (first + 1)..<records {
                let pair = KeyDecisions.pair(first, second)
                #expect(places.place(of: pair, in: pairs) == pairs.firstIndex(of: pair))
            }
        }
    }

    @Test("of no pairs there are none")
    func empty() {
        #expect(PairPlaces([], records: 3).place(of: KeyDecisions.pair(0, 2), in: []) == nil)
    }
}
