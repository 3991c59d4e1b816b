import TestSupport
import Testing

@testable import RecordLinkage

@Suite("Marks, a bit each")
struct BitsTests {
    @Test(
        "are those that were set, on any number of threads",
        arguments: [0, 1, 63, 64, 65, 70_001])
    func marks(count: Int) {
        var random = SeededNumbers(seed: UInt64(count))
        let isMarked = (0..<count).map { _ in random.below(3) == 0 }
        var bits = Bits(count: count)
        for item in 0..<count where isMarked[item] { bits.mark(item) }
        #expect((0..<count).map { bits[$0] } == isMarked)
        for threads in [1, 4] {
            let others = Bits(count: count, threads: threads) { isMarked[$0] }
            #expect((0..<count).map { others[$0] } == isMarked)
        }
    }
}
