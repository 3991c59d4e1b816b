@testable import RecordLinkage
import TestSupport
import Testing

@Suite("Keys with one error")
struct DeletionsTests {
    @Test("any one error leaves two texts a key in common")
    func oneError() {
        var random = SeededNumbers(seed: 1)
        for _ in 0..<800 {
            let text = (0..<4 + random.below(37)).map { _ in UInt8(1 + random.below(5)) }
            for changed in Self.oneError(from: text, &random) where (4...40).contains(changed.count)
            {
                #expect(!keys(text).isDisjoint(with: keys(changed)))
            }
        }
    }

    @Test("a key in common is a text in common with at most one letter left out, and no chance")
    func apart() {
        var random = SeededNumbers(seed: 2)
        for _ in 0..<800 {
            let left = (0..<10).map { _ in UInt8(1 + random.below(10)) }
            let right = (0..<10).map { _ in UInt8(1 + random.below(10)) }
            let shares = !keys(left).isDisjoint(with: keys(right))
            #expect(shares == !Self.deletions(left).isDisjoint(with: Self.deletions(right)))
        }
    }

    @Test("a text has at most one key more than letters, and short or long ones have none")
    func count() {
        #expect(keys([1, 2, 3]).isEmpty)
        #expect(keys([UInt8](repeating: 1, count: 41)).isEmpty)
        #expect(keys([1, 2, 3, 4]).count == 5)
        #expect(keys([7, 7, 7, 7]).count == 2)
    }

    private func keys(_ text: [UInt8]) -> Set<UInt64> {
        var keys: [UInt64] = []
        text.withUnsafeBufferPointer { Deletions.append(of: $0, to: &keys) }
        return Set(keys)
    }

    /// The text and every text with one letter left out.
    private static func deletions(_ text: [UInt8]) -> Set<[UInt8]> {
        Set([text] + text.indices.map { Array(text[..<$0] + text[($0 + 1)...]) })
    }

    private static func oneError(
        from text: [UInt8], _ random: inout SeededNumbers
    ) -> [[UInt8]] {
        let place = random.below(text.count - 1)
        var (lost, added, changed, swapped) = (text, text, text, text)
        lost.remove(at: place)
        added.insert(9, at: place)
        changed[place] = 9
        swapped.swapAt(place, place + 1)
        return [text, lost, added, changed, swapped]
    }
}
