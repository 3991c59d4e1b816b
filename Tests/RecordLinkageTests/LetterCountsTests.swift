@testable import RecordLinkage
import TestSupport
import Testing

@Suite("Counted letters")
struct LetterCountsTests {
    @Test("never rule out texts that are so few errors apart", arguments: [1, 2, 3, 5])
    func neverTooStrict(errors: Int) {
        var random = SeededNumbers(seed: UInt64(errors))
        for _ in 0..<4_000 {
            let letters = 1 + random.below(60)
            let text = (0..<random.below(40)).map { _ in UInt8(1 + random.below(letters)) }
            var changed = text
            for _ in 0..<random.below(errors + 1) { Self.change(&changed, &random, letters) }
            #expect(counts(text).mayBe(within: errors, of: counts(changed)))
        }
    }

    @Test("rule out most numbers that are more than an error apart")
    func strictEnough() {
        var random = SeededNumbers(seed: 7)
        func number() -> [UInt8] { (0..<10).map { _ in UInt8(48 + random.below(10)) } }
        let passed = (0..<2_000).count { _ in
            counts(number()).mayBe(within: 1, of: counts(number()))
        }
        #expect(passed < 100)
    }

    /// One insertion, deletion, substitution or swap of neighbours.
    private static func change(
        _ text: inout [UInt8], _ random: inout SeededNumbers, _ letters: Int
    ) {
        let place = random.below(text.count + 1)
        let letter = UInt8(1 + random.below(letters))
        switch random.below(4) {
        case 0: text.insert(letter, at: place)
        case 1 where place < text.count: text.remove(at: place)
        case 2 where place < text.count: text[place] = letter
        case 3 where place + 1 < text.count: text.swapAt(place, place + 1)
        default: break
        }
    }

    private func counts(_ text: [UInt8]) -> LetterCounts {
        text.withUnsafeBufferPointer(LetterCounts.init)
    }
}
