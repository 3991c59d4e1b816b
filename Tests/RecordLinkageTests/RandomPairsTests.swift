import Records
import Testing

@testable import RecordLinkage

@Suite("Random pairs")
struct RandomPairsTests {
    private static let draws = 20_000

    private func records(_ left: Range<Int>, _ right: Range<Int>) -> RecordList {
        func side(_ name: String, _ range: Range<Int>) -> [Record] {
            range.map { Record(id: RecordID("\(name)\($0)"), fields: [.text("x")]) }
        }
        return RecordList(left: side("L", left), right: side("R", right))
    }

    private func draw(_ records: RecordList, seed: UInt64 = 1, threads: Int = 1) -> [UInt64] {
        RandomPairs.of(records, count: Self.draws, seed: seed, threads: threads)
    }

    /// How often each pair was drawn, by the ids.
    private func pairs(_ records: RecordList, seed: UInt64 = 1) -> [String: Int] {
        draw(records, seed: seed).reduce(into: [:]) { counts, pair in
            let (first, second) = (Int(pair >> 32), Int(pair & 0xFFFF_FFFF))
            counts["\(records[first].id)=\(records[second].id)", default: 0] += 1
        }
    }

    private func shared(_ first: [String: Int], _ second: [String: Int]) -> Int {
        first.reduce(0) { $0 + min($1.value, second[$1.key] ?? 0) }
    }

    @Test("one record more leaves ninety-nine of a hundred pairs, on whichever side")
    func oneMore() {
        let before = pairs(records(0..<1_000, 0..<1_200))
        for after in [
            records(0..<1_001, 0..<1_200), records(0..<1_000, 0..<1_201),
            records(1..<1_000, 0..<1_200), records(0..<1_000, 1..<1_200),
        ] {
            #expect(shared(before, pairs(after)) >= Self.draws * 99 / 100)
        }
        let single = pairs(records(0..<1_000, 0..<0))
        #expect(shared(single, pairs(records(0..<1_001, 0..<0))) >= Self.draws * 985 / 1000)
    }

    @Test("each record has its part, all pairs are across the sides, another seed draws others")
    func spread() {
        let records = records(0..<400, 0..<500)
        let drawn = draw(records)
        #expect(drawn.count == Self.draws)
        var counts = [Int](repeating: 0, count: records.count)
        for pair in drawn {
            let (first, second) = (Int(pair >> 32), Int(pair & 0xFFFF_FFFF))
            #expect(first < 400 && second >= 400)
            counts[first] += 1
            counts[second] += 1
        }
        // Fifty draws each on the left; on the right forty, more or less.
        #expect(counts.prefix(400).allSatisfy { $0 == 50 })
        #expect(counts.dropFirst(400).allSatisfy { $0 >= 5 && $0 <= 120 })
        let other = pairs(records, seed: 2)
        #expect(shared(pairs(records), other) < Self.draws / 2)
    }

    @Test("the same on any number of threads, and none where there is nobody to meet")
    func edges() {
        let many = records(0..<9_000, 0..<9_000)
        #expect(draw(many, threads: 4) == draw(many))
        #expect(draw(records(0..<1, 0..<0)).isEmpty)
        #expect(draw(records(0..<0, 0..<0)).isEmpty)
        #expect(draw(records(0..<0, 0..<5)).isEmpty)
        let two = draw(records(0..<2, 0..<0))
        #expect(!two.isEmpty && two.allSatisfy { $0 == 1 })
    }
}
