@testable import RecordLinkage
import TestSupport
import Testing

@Suite("Text tables")
struct TextTableTests {
    @Test("number texts by their first appearance, as a dictionary would")
    func twin() {
        var random = SeededNumbers(seed: 1)
        var table = TextTable()
        var (numbers, texts) = ([[UInt8]: UInt32](), [[UInt8]]())
        for _ in 0..<20_000 {
            let text = (0..<random.below(4)).map { _ in UInt8(random.below(40)) }
            if numbers[text] == nil {
                numbers[text] = UInt32(texts.count)
                texts.append(text)
            }
            #expect(table.intern(text) == numbers[text])
        }
        #expect(table.count == texts.count)
        for (number, text) in texts.enumerated() {
            #expect(Array(table[UInt32(number)]) == text)
        }
        let frozen = FrozenTable(table)
        #expect(frozen.count == texts.count)
        for (number, text) in texts.enumerated() {
            #expect(Array(frozen[UInt32(number)]) == text)
            #expect(frozen.length(UInt32(number)) == text.count)
        }
    }

    @Test("give every text of a merged table its number here")
    func merge() {
        var (first, second) = (TextTable(), TextTable())
        for text in ["a", "b", "c"] { _ = first.intern(Array(text.utf8)) }
        for text in ["c", "x", "a", ""] { _ = second.intern(Array(text.utf8)) }
        #expect(first.merge(second) == [2, 3, 0, 4])
        #expect(first.count == 5)
    }

    @Test("tell apart texts that differ in length, order or zero bytes only")
    func alike() {
        let texts: [[UInt8]] = [
            [], [0], [0, 0], [0, 0, 0], [1, 0], [0, 1], [1], [255], [1, 1],
        ]
        var table = TextTable()
        #expect(texts.map { table.intern($0) } == Array(0..<UInt32(texts.count)))
    }

    @Test("hash the same in every process and version: stored seeds depend on it")
    func stable() {
        #expect(StableHash.of("sverka".utf8) == StableHash.of(Array("sverka".utf8)[...]))
        #expect(StableHash.of(1, 2) != StableHash.of(2, 1))
        let hashes = Set((0..<100_000 as Range<UInt64>).map { StableHash.of(1, $0) })
        #expect(hashes.count == 100_000)
    }

    @Test("work is joined in the order of its chunks, whatever the threads", arguments: 1...5)
    func parallel(threads: Int) {
        for count in [0, 1, 9, 10, 11, 1_000] {
            let parts = Parallel.map(count: count, chunk: 10, threads: threads) { Array($0) }
            #expect(parts.flatMap { $0 } == Array(0..<count))
            #expect(parts.allSatisfy { $0.count <= 10 })
        }
    }
}
