import TestSupport
import Testing

@testable import RecordLinkage

@Suite("How many records have a value")
struct KeyOwnersTests {
    @Test("is counted of the values that are asked for, as a dictionary would", arguments: 1...4)
    func slowTwin(seed: Int) {
        var random = SeededNumbers(seed: UInt64(seed))
        let values = (0..<5_000).map { _ in random.next() }
        // Some differ in the bits of the filter only, or in those of the slot only.
        let alike = values.prefix(500).flatMap { [$0 ^ 1 << 50, $0 ^ 1 << 3, $0 ^ 1 << 30] }
        let wanted = Array(values.prefix(seed == 1 ? 1 : 1_500) + alike.prefix(200))
        var owners = KeyOwners(of: wanted)
        var expected = Dictionary(
            wanted.map { ($0, KeyOwners.Count()) }, uniquingKeysWith: { first, _ in first })
        let all = values + alike
        for _ in 0..<20_000 {
            let (hash, isLeft) = (random.one(of: all), random.below(2) == 0)
            owners.add(hash, isLeft: isLeft)
            if isLeft { expected[hash]?.left += 1 } else { expected[hash]?.right += 1 }
        }
        for hash in all {
            #expect(owners.counts(hash) == (expected[hash] != nil))
            #expect(owners.count(of: hash) == expected[hash] ?? KeyOwners.Count())
        }
    }

    @Test("of no values there are none")
    func empty() {
        var owners = KeyOwners(of: [UInt64]())
        owners.add(77, isLeft: true)
        #expect(!owners.counts(77) && owners.count(of: 77) == KeyOwners.Count())
    }
}
