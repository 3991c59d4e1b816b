import Synchronization
import Testing

@testable import RecordLinkage

@Suite("Work of several threads")
struct ParallelTests {
    @Test("two works give both results, on one thread in order", arguments: [1, 2, 4])
    func both(threads: Int) {
        let order = Mutex<[String]>([])
        let (number, text) = Parallel.both(threads: threads) {
            order.withLock { $0.append("first") }
            return 7
        } _: {
            order.withLock { $0.append("second") }
            return "seven"
        }
        #expect(number == 7 && text == "seven")
        let done = order.withLock { $0 }
        #expect(threads == 1 ? done == ["first", "second"] : Set(done) == ["first", "second"])
    }

    @Test("two works within others, and these within others, end with the results of all")
    func nested() {
        let sums = Parallel.map(count: 400, chunk: 1, threads: 4) { range in
            let number = range.lowerBound
            let (low, high) = Parallel.both(threads: 4) {
                Parallel.map(count: 10, chunk: 1, threads: 4) { number + $0.lowerBound }
            } _: {
                let (first, second) = Parallel.both(threads: 4) {
                    number
                } _: {
                    number + 1
                }
                return first + second
            }
            return low.reduce(high, +)
        }
        #expect(sums == (0..<400).map { 12 * $0 + 46 })
    }
}
