internal import Foundation
import Records

/// Texts of all records as weighed pieces of words, and each record's nearest ones.
///
/// A text is the bag of its words and of their runs of three and four letters, so that typing
/// errors, endings and articles written together or apart change little. A piece weighs
/// (1 + ln count) · ln(texts / texts with it), and similarity is the cosine: the vector space model
/// of G. Salton and C. Buckley, "Term-weighting approaches in automatic text retrieval",
/// Information Processing & Management 24 (1988), pp. 513–523.
struct SimilarText: Sendable {
    /// Where the pieces of each record begin; one more than records.
    private let starts: Frozen<UInt32>
    /// Numbers of pieces that are not frequent, sorted within each record.
    private let pieces: Frozen<UInt32>
    /// Their weights, as parts of a vector of length one.
    private let weights: Frozen<Float>
    /// The nearest records of the other side, or of the only one: pairs, in order.
    let pairs: [UInt64]
    /// Texts of more words than are read.
    let longTextCount: Int
    /// Records of which some pieces were not looked up.
    let cutSearchCount: Int
    /// For each record the one that it is assigned to by similarity; ``TextTable/none`` for none.
    let partner: Frozen<UInt32>

    /// Pieces in more texts than this do not lead from one to another.
    private static let mostTexts = 300
    /// So many nearest records are kept.
    private static let mostNearest = 10
    /// So many entries of the index are read for one record, rarest pieces first.
    static let mostEntries = 20_000

    init(records: RecordList, fields: [Int], readsLatinAsRussian: Bool, threads: Int) {
        let read = Parallel.map(count: records.count, chunk: 1024, threads: threads) { range in
            range.map { Self.bag(records, $0, fields, readsLatinAsRussian) }
        }.flatMap { $0 }
        let bags = read.map(\.pieces)
        longTextCount = read.count(where: \.isCut)
        var numbers: [UInt64: UInt32] = [:]
        var textCounts: [UInt32] = []
        for bag in bags {
            for (hash, _) in bag {
                let number = numbers[hash] ?? UInt32(textCounts.count)
                if Int(number) == textCounts.count {
                    numbers[hash] = number
                    textCounts.append(0)
                }
                textCounts[Int(number)] += 1
            }
        }
        var (starts, pieces, weights) = ([UInt32](arrayLiteral: 0), [UInt32](), [Float]())
        let texts = Double(max(1, bags.count { !$0.isEmpty }))
        for bag in bags {
            var own: [(piece: UInt32, weight: Double)] = []
            var length = 0.0
            for (hash, count) in bag {
                guard let number = numbers[hash] else { continue }
                let share = texts / Double(textCounts[Int(number)])
                let weight = (1 + log(Double(count))) * log(max(1, share))
                length += weight * weight
                if textCounts[Int(number)] <= Self.mostTexts { own.append((number, weight)) }
            }
            own.sort { $0.piece < $1.piece }
            let scale = length > 0 ? 1 / length.squareRoot() : 0
            for (piece, weight) in own {
                pieces.append(piece)
                weights.append(Float(weight * scale))
            }
            starts.append(UInt32(pieces.count))
        }
        let vectors = Vectors(
            starts: Frozen(starts), pieces: Frozen(pieces), weights: Frozen(weights),
            textCounts: Frozen(textCounts))
        (self.starts, self.pieces, self.weights) = (
            vectors.starts, vectors.pieces, vectors.weights
        )
        let near = vectors.nearest(records, threads: threads)
        cutSearchCount = near.count(where: \.isCut)
        let nearest = near.flatMap(\.near)
        pairs = Set(nearest.map(\.pair)).sorted()
        partner = Frozen(Self.assign(nearest, records))
    }

    /// How similar two texts are, 0 to 1.
    ///
    /// - Complexity: O(pieces of both).
    func similarity(_ first: Int, _ second: Int) -> Float {
        var (i, j) = (Int(starts[first]), Int(starts[second]))
        let (endI, endJ) = (Int(starts[first + 1]), Int(starts[second + 1]))
        var sum: Float = 0
        while i < endI, j < endJ {
            let (a, b) = (pieces[i], pieces[j])
            if a == b {
                sum += weights[i] * weights[j]
                i += 1
                j += 1
            } else if a < b {
                i += 1
            } else {
                j += 1
            }
        }
        return min(1, sum)
    }

    /// Whether a record has a text at all.
    func isEmpty(_ record: Int) -> Bool { starts[record] == starts[record + 1] }

    // MARK: Reading

    /// The pieces of a record's text with their counts, by hash.
    private static func bag(
        _ records: RecordList, _ record: Int, _ fields: [Int], _ readsLatinAsRussian: Bool
    ) -> (pieces: [(UInt64, UInt32)], isCut: Bool) {
        var isCut = false
        var hashes: [UInt64] = []
        var letters: [UInt8] = []
        for field in fields {
            records.forEachText(record, field) { text in
                let words = FoldedText(text).words
                if words.count > mostWords { isCut = true }
                for word in words.prefix(mostWords) {
                    letters.removeAll(keepingCapacity: true)
                    letters.append(0)
                    SoundKey.append(
                        word.letters, readsLatinAsRussian: readsLatinAsRussian, to: &letters)
                    guard letters.count > 1, letters.count < 64 else { continue }
                    letters.append(0)
                    hashes.append(StableHash.of(letters, seed: 1))
                    for length in 3...4 where letters.count >= length {
                        for start in 0...letters.count - length {
                            hashes.append(StableHash.of(letters[start..<start + length]))
                        }
                    }
                }
            }
        }
        hashes.sort()
        var bag: [(UInt64, UInt32)] = []
        for hash in hashes {
            if bag.last?.0 == hash {
                bag[bag.count - 1].1 += 1
            } else {
                bag.append((hash, 1))
            }
        }
        return (bag, isCut)
    }

    /// Longer texts are read to this word.
    static let mostWords = 200

    // MARK: Assigning

    /// Pairs records one to one so that all pairs together are the most similar; within one side
    /// those that are each other's nearest.
    private static func assign(_ near: [Near], _ records: RecordList) -> [UInt32] {
        guard records.rightCount > 0 else { return nearestOfEachOther(near, records) }
        let boundary = records.leftCount
        let edges = near.map { candidate in
            Assignment.Edge(
                left: Int32(candidate.pair >> 32),
                right: Int32(Int(candidate.pair & 0xFFFF_FFFF) - boundary),
                weight: Int64(candidate.similarity * 1_048_576) + 1)
        }
        let assignment = Assignment(
            leftCount: boundary, rightCount: records.rightCount, edges: edges,
            mostSteps: mostSteps + 60 * edges.count)
        let none = TextTable.none
        return assignment.rightOfLeft.map { $0 < 0 ? none : UInt32(Int($0) + boundary) }
            + assignment.leftOfRight.map { $0 < 0 ? none : UInt32($0) }
    }

    /// The most similar are paired first where so many steps have not found the best as a whole.
    private static let mostSteps = 4_000_000

    private static func nearestOfEachOther(_ near: [Near], _ records: RecordList) -> [UInt32] {
        var partner = [UInt32](repeating: TextTable.none, count: records.count)
        var seen = [Bool](repeating: false, count: records.count)
        let sorted = near.sorted {
            $0.similarity != $1.similarity ? $0.similarity > $1.similarity : $0.pair < $1.pair
        }
        for candidate in sorted {
            let (first, second) = (Int(candidate.pair >> 32), Int(candidate.pair & 0xFFFF_FFFF))
            if partner[first] == UInt32(second) { continue }
            if !seen[first], !seen[second] {
                partner[first] = UInt32(second)
                partner[second] = UInt32(first)
            }
            seen[first] = true
            seen[second] = true
        }
        return partner
    }

    fileprivate struct Near: Sendable {
        var pair: UInt64
        var similarity: Float
    }

    /// The vectors while the index stands.
    private struct Vectors: Sendable {
        let starts: Frozen<UInt32>
        let pieces: Frozen<UInt32>
        let weights: Frozen<Float>
        let textCounts: Frozen<UInt32>

        /// The nearest of each record that asks, and whether not all of its pieces were looked up.
        func nearest(
            _ records: RecordList, threads: Int
        ) -> [(near: [Near], isCut: Bool)] {
            let isSingle = records.rightCount == 0
            let indexed = isSingle ? 0..<records.count : records.leftCount..<records.count
            let asking = isSingle ? records.count : records.leftCount
            // The index: for each piece the records that have it.
            var places = [Int](repeating: 0, count: textCounts.count + 1)
            for record in indexed {
                for place in range(record) { places[Int(pieces[place]) + 1] += 1 }
            }
            for piece in 0..<textCounts.count { places[piece + 1] += places[piece] }
            let ends = places
            var entries = [(record: UInt32, weight: Float)](
                repeating: (0, 0), count: places[textCounts.count])
            for record in indexed {
                for place in range(record) {
                    let piece = Int(pieces[place])
                    entries[places[piece]] = (UInt32(record), weights[place])
                    places[piece] += 1
                }
            }
            let index = (starts: ends, entries: entries)
            return Parallel.map(count: asking, chunk: 256, threads: threads) { range in
                var sums = [Float](repeating: 0, count: records.count)
                return range.map { nearest(to: $0, index, &sums, isSingle: isSingle) }
            }.flatMap { $0 }
        }

        private func range(_ record: Int) -> Range<Int> {
            Int(starts[record])..<Int(starts[record + 1])
        }

        private func nearest(
            to record: Int, _ index: (starts: [Int], entries: [(record: UInt32, weight: Float)]),
            _ sums: inout [Float], isSingle: Bool
        ) -> (near: [Near], isCut: Bool) {
            var touched: [UInt32] = []
            var read = 0
            let rarest = range(record).sorted {
                (textCounts[Int(pieces[$0])], $0) < (textCounts[Int(pieces[$1])], $1)
            }
            for place in rarest {
                let piece = Int(pieces[place])
                let own = index.starts[piece]..<index.starts[piece + 1]
                read += own.count
                if read > SimilarText.mostEntries { break }
                for entry in index.entries[own] where entry.record != record {
                    if sums[Int(entry.record)] == 0 { touched.append(entry.record) }
                    sums[Int(entry.record)] += weights[place] * entry.weight
                }
            }
            touched.sort {
                (sums[Int($0)], $1) > (sums[Int($1)], $0)
            }
            let near = touched.prefix(SimilarText.mostNearest).map { other in
                Near(
                    pair: KeyDecisions.pair(record, Int(other)), similarity: sums[Int(other)])
            }
            for other in touched { sums[Int(other)] = 0 }
            return (near, read > SimilarText.mostEntries)
        }
    }
}

/// Compares free texts by the pieces of their words, and by whether each is the other's choice
/// among all texts.
struct SimilarTextComparison: PreparedComparison {
    let name: String
    let text: SimilarText
    let thresholds: [Float]
    let levels: [LevelScheme]
    private let records: RecordList
    private let fields: [Int]

    init(
        name: String, text: SimilarText, thresholds: [Double], records: RecordList, fields: [Int]
    ) {
        self.name = name
        self.text = text
        self.records = records
        self.fields = fields
        let thresholds = thresholds.isEmpty ? [0.7, 0.5, 0.35, 0.2] : thresholds
        self.thresholds = thresholds.map(Float.init)
        var levels: [LevelScheme] = []
        for (first, share) in [("chosen", 0.85), ("alike", 0.13)] {
            var rest = share
            for threshold in thresholds {
                levels.append(
                    LevelScheme("\(first), \(threshold)", "≈", expected: rest * 0.5))
                rest *= 0.5
            }
            levels.append(
                LevelScheme(
                    first == "chosen" ? "chosen, little" : "different",
                    first == "chosen" ? "≈" : "≠", expected: rest))
        }
        self.levels = levels
    }

    func compare(_ first: Int, _ second: Int, _ scratch: Scratch) -> Outcome {
        guard !text.isEmpty(first), !text.isEmpty(second) else { return .missing }
        let similarity = text.similarity(first, second)
        let level = thresholds.firstIndex { similarity >= $0 } ?? thresholds.count
        let isChosen = text.partner[first] == UInt32(second)
        return Outcome(level: UInt8(isChosen ? level : level + thresholds.count + 1))
    }

    func normalizedText(_ record: Int) -> String {
        fields.flatMap { records.texts(record, $0) }.joined(separator: " | ")
    }
}
