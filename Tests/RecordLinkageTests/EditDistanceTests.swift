@testable import RecordLinkage
import TestSupport
import Testing

@Suite("Edit distance")
struct EditDistanceTests {
    @Test(
        "counts insertions, deletions, substitutions and swaps of neighbours",
        arguments: [
            ("", "", 0), ("а", "", 2), ("ab", "ab", 0), ("ab", "ba", 1), ("abc", "ac", 1),
            ("abc", "abxc", 1), ("abc", "axc", 1), ("ca", "abc", 3), ("kitten", "sitting", 3),
            ("abcd", "badc", 2), ("7707083893", "7707038893", 1),
        ])
    func known(left: String, right: String, distance: Int) {
        #expect(fast(Array(left.utf8), Array(right.utf8)) == distance)
        #expect(slow(Array(left.utf8), Array(right.utf8)) == distance)
    }

    @Test("is that of the classical table for short random texts of any bytes")
    func shortTexts() {
        var random = SeededNumbers(seed: 1)
        let distance = EditDistance()
        for _ in 0..<6_000 {
            // Few letters make many swaps; all 256 make sure that no byte is special.
            let letters = random.one(of: [2, 3, 5, 256])
            let left = text(random.below(12), letters, &random)
            let right = text(random.below(12), letters, &random)
            let found = left.withUnsafeBufferPointer { a in
                right.withUnsafeBufferPointer { distance.distance(a, $0) }
            }
            if found != slow(left, right) { Issue.record("\(left) \(right)") }
        }
    }

    @Test("is that of the classical table for long texts with a few errors")
    func longTexts() {
        var random = SeededNumbers(seed: 2)
        for _ in 0..<150 {
            let left = text(40 + random.below(19), 6, &random)
            var right = left
            for _ in 0..<random.below(6) { right = withError(right, &random) }
            #expect(fast(left, right) == slow(left, right))
        }
    }

    @Test("of more than 64 letters only the first 64 count")
    func cut() {
        var random = SeededNumbers(seed: 3)
        for length in [63, 64, 65, 1_000] {
            let left = text(length, 5, &random)
            let right = text(length + random.below(3), 5, &random)
            #expect(fast(left, right) == slow(Array(left.prefix(64)), Array(right.prefix(64))))
        }
    }

    @Test("near the diagonal is that of the classical table, as far as it is asked for")
    func banded() {
        var random = SeededNumbers(seed: 6)
        // The same for all pairs: what one leaves there must not matter to the next.
        var rows = BandedEditDistance.Rows()
        for round in 0..<600 {
            let left = text(random.below(90), random.one(of: [2, 4, 30]), &random)
            var right = left
            for _ in 0..<random.below(9) { right = withError(right, &random) }
            let middle = right.count / 2
            if round % 3 == 0, middle > 0 { right.swapAt(middle - 1, middle) }
            if round % 50 == 0 { right = text(left.count, 30, &random) }
            let (most, distance) = (random.below(8), slow(left, right))
            let found = left.withUnsafeBufferPointer { a in
                right.withUnsafeBufferPointer {
                    BandedEditDistance.distance(a, $0, most: most, &rows)
                }
            }
            #expect(found == (distance <= most ? distance : nil))
        }
    }

    @Test("counts for texts of more than 64 letters where typing errors are compared")
    func longTypingErrors() {
        let words = (0..<12).map { "слово\($0)буква" }.joined(separator: " ")
        let others = [words.replacing("слово7", with: "стово7"), String(words.reversed())]
        let comparison = TextComparison(
            name: "t", column: textColumn([words] + others), measure: .typingErrors,
            thresholds: [], usesTermFrequency: true)
        #expect(comparison.compare(0, 1, Scratch()).level == 1)
        #expect(comparison.compare(0, 2, Scratch()).level == 4)
    }

    @Test("of Unicode texts counts bytes, one way as the other")
    func unicode() {
        let texts = ["Ромашка", "ромашка", "Romaška", "花🌼", "e\u{301}", "\u{0}", ""]
        for left in texts {
            for right in texts {
                let (a, b) = (Array(left.utf8), Array(right.utf8))
                #expect(fast(a, b) == slow(a, b))
                #expect(fast(a, b) == fast(b, a))
            }
        }
    }

    @Test("one instance gives the same again: nothing is left of the pair before")
    func reuse() {
        var random = SeededNumbers(seed: 4)
        let distance = EditDistance()
        for _ in 0..<500 {
            let (left, right) = (text(10, 4, &random), text(11, 4, &random))
            left.withUnsafeBufferPointer { a in
                right.withUnsafeBufferPointer { b in
                    _ = distance.jaroWinkler(a, b)
                    #expect(distance.distance(a, b) == fast(left, right))
                    #expect(distance.jaroWinkler(a, b) == fastJaro(left, right))
                }
            }
        }
    }

    @Test(
        "Jaro–Winkler gives the published values",
        arguments: [
            ("MARTHA", "MARHTA", 0.961), ("DIXON", "DICKSONX", 0.813),
            ("JELLYFISH", "SMELLYFISH", 0.896),
            ("DWAYNE", "DUANE", 0.84), ("ABC", "XYZ", 0), ("ABC", "ABC", 1), ("", "", 1),
            ("A", "", 0),
        ])
    func jaroWinkler(left: String, right: String, similarity: Double) {
        #expect(abs(fastJaro(Array(left.utf8), Array(right.utf8)) - similarity) < 0.001)
    }

    @Test("Jaro–Winkler is that of the plain definition for random texts")
    func jaroTwin() {
        var random = SeededNumbers(seed: 5)
        for _ in 0..<3_000 {
            let letters = random.one(of: [2, 4, 26])
            let left = text(random.below(66), letters, &random)
            let right =
                random.happens(0.5)
                ? withError(left, &random) : text(random.below(20), letters, &random)
            let found = fastJaro(left, right)
            #expect(abs(found - slowJaro(Array(left.prefix(64)), Array(right.prefix(64)))) < 1e-12)
            #expect(found >= 0 && found <= 1)
        }
    }

    // MARK: The routine and its slow twins

    private func fast(_ left: [UInt8], _ right: [UInt8]) -> Int {
        left.withUnsafeBufferPointer { a in
            right.withUnsafeBufferPointer { EditDistance().distance(a, $0) }
        }
    }

    private func fastJaro(_ left: [UInt8], _ right: [UInt8]) -> Double {
        left.withUnsafeBufferPointer { a in
            right.withUnsafeBufferPointer { EditDistance().jaroWinkler(a, $0) }
        }
    }

    /// Optimal string alignment by the whole table.
    private func slow(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var table = [[Int]](repeating: Array(0...b.count), count: a.count + 1)
        for i in 0...a.count { table[i][0] = i }
        guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
        for i in 1...a.count {
            for j in 1...b.count {
                var least = min(table[i - 1][j], table[i][j - 1]) + 1
                least = min(least, table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    least = min(least, table[i - 2][j - 2] + 1)
                }
                table[i][j] = least
            }
        }
        return table[a.count][b.count]
    }

    /// Jaro–Winkler as its definition reads: each letter of the second text takes the first free
    /// equal letter of the first within reach.
    private func slowJaro(_ a: [UInt8], _ b: [UInt8]) -> Double {
        guard !a.isEmpty, !b.isEmpty else { return a.isEmpty && b.isEmpty ? 1 : 0 }
        let reach = max(0, max(a.count, b.count) / 2 - 1)
        var (takenA, takenB) = ([Int](), [Int]())
        for j in b.indices {
            let free = a.indices.first {
                abs($0 - j) <= reach && a[$0] == b[j] && !takenA.contains($0)
            }
            guard let free else { continue }
            takenA.append(free)
            takenB.append(j)
        }
        guard !takenA.isEmpty else { return 0 }
        let m = Double(takenA.count)
        let moved = zip(takenA.sorted(), takenB).count { a[$0] != b[$1] }
        let jaro = (m / Double(a.count) + m / Double(b.count) + (m - Double(moved / 2)) / m) / 3
        let prefix = zip(a.prefix(4), b).prefix { $0 == $1 }.count
        return jaro + Double(prefix) * 0.1 * (1 - jaro)
    }

    private func text(_ length: Int, _ letters: Int, _ random: inout SeededNumbers) -> [UInt8] {
        (0..<length).map { _ in UInt8(random.below(letters)) }
    }

    private func withError(_ text: [UInt8], _ random: inout SeededNumbers) -> [UInt8] {
        var text = text
        guard text.count > 1 else { return text + [1] }
        let place = random.below(text.count - 1)
        switch random.below(4) {
        case 0: text.remove(at: place)
        case 1: text.insert(UInt8(random.below(6)), at: place)
        case 2: text[place] = UInt8(random.below(6))
        default: text.swapAt(place, place + 1)
        }
        return text
    }
}
