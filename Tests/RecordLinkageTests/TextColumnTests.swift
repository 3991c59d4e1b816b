import Records
import TestSupport
import Testing

@testable import RecordLinkage

@Suite("A column of texts")
struct TextColumnTests {
    /// Names of a few words, many of which several records have, and some that a record has twice.
    private static let records: RecordList = {
        var random = SeededNumbers(seed: 5)
        func names() -> [String] {
            let words = (0..<1 + random.below(3)).map { _ in "слово\(random.below(9_000))" }
            let name = words.joined(separator: " ")
            return random.below(5) == 0 ? [name, name + " " + words[0]] : [name]
        }
        func side(_ count: Int) -> [Record] {
            (0..<count).map { Record(id: RecordID("\($0)"), fields: [.texts(names())]) }
        }
        return RecordList(left: side(16_000), right: side(6_000))
    }()

    private func column(threads: Int, spare: Int? = nil) -> TextColumn {
        TextColumn(
            records: Self.records, source: .init([0]), reading: .organization, threads: threads,
            spare: spare)
    }

    @Test("is the same however many threads read it and work on what was read")
    func threads() {
        let one = column(threads: 1)
        for (threads, spare) in [(1, 4), (4, 4), (3, 2)] {
            let other = column(threads: threads, spare: spare)
            #expect(other.words.all.elementsEqual(one.words.all))
            #expect(other.wordTable.hashes.all.elementsEqual(one.wordTable.hashes.all))
            #expect(other.valueTable.hashes.all.elementsEqual(one.valueTable.hashes.all))
            #expect(other.soundHashes.all.elementsEqual(one.soundHashes.all))
            #expect(other.letterHashes.all.elementsEqual(one.letterHashes.all))
            #expect(other.masks.all.elementsEqual(one.masks.all))
            #expect(other.hasShortenedWords == one.hasShortenedWords)
            for (own, known) in [
                (other.wordFrequencies, one.wordFrequencies),
                (other.valueFrequencies, one.valueFrequencies),
            ] {
                #expect(own.bits.all.elementsEqual(known.bits.all))
                #expect(own.plainBits.all.elementsEqual(known.plainBits.all))
                #expect(own.counts.all.elementsEqual(known.counts.all))
                #expect(own.isUniquePerSide.all.elementsEqual(known.isUniquePerSide.all))
                #expect(own.single == known.single)
            }
            let areAlike = zip(other.letterCounts.all, one.letterCounts.all).allSatisfy {
                $0.mayBe(within: 0, of: $1)
            }
            #expect(other.letterCounts.count == one.letterCounts.count && areAlike)
        }
        // More than a chunk of words, and of whole texts.
        #expect(one.wordTable.count > 8_192 && one.letterCounts.count > 16_384)
    }

    @Test("counts each word and whole text once a record, on each side apart")
    func counts() {
        let (column, records) = (column(threads: 2), Self.records)
        var words = [[Int]](repeating: [0, 0], count: column.wordTable.count)
        var values = [[Int]](repeating: [0, 0], count: column.valueTable.count)
        for record in 0..<records.count {
            let side = record < records.leftCount ? 0 : 1
            let own = column.variants(of: record).map { column.variants[$0] }
            for value in Set(own.map(\.value)) { values[Int(value)][side] += 1 }
            for word in Set(own.flatMap { column.words(of: $0) }) { words[Int(word)][side] += 1 }
        }
        for (counted, frequencies) in [
            (words, column.wordFrequencies), (values, column.valueFrequencies),
        ] {
            #expect(counted.map { UInt32($0[0] + $0[1]) } == Array(frequencies.counts.all))
            #expect(
                counted.map { $0[0] <= 1 && $0[1] <= 1 } == Array(frequencies.isUniquePerSide.all))
        }
    }
}
