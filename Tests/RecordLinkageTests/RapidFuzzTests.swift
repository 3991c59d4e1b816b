@testable import RecordLinkage
import Foundation
import TestSupport
import Testing

/// Against an implementation that is not ours: `rapidfuzz` of PyPI, which `scripts/test` installs.
@Suite("Distances against rapidfuzz", .enabled(if: ExternalTool.pythonHas("rapidfuzz")))
struct RapidFuzzTests {
    private static let letters: [String] =
        ["а", "б", "в", "я", "ё", "a", "b", "z", "1", "0", " ", "ß", "é", "花", "🌼", "\u{301}"]

    /// Random Unicode texts, each followed by one with a few errors.
    private func pairs(_ count: Int, seed: UInt64) -> [(String, String)] {
        var random = SeededNumbers(seed: seed)
        return (0..<count).map { _ in
            let left = (0..<random.below(16)).map { _ in random.one(of: Self.letters) }
            var right = left
            for _ in 0..<random.below(5) {
                let place = random.below(right.count + 1)
                switch random.below(3) {
                case 0: right.insert(random.one(of: Self.letters), at: place)
                case 1: if place < right.count { right.remove(at: place) }
                default: if place + 1 < right.count { right.swapAt(place, place + 1) }
                }
            }
            return (left.joined(), right.joined())
        }
    }

    /// What the other implementation says, of the bytes of the texts.
    private func reference(_ pairs: [(String, String)], _ measure: String) throws -> [Double] {
        let folder = try TemporaryFolder()
        let text = try JSONEncoder().encode(pairs.map { [Array($0.0.utf8), Array($0.1.utf8)] })
        let file = try folder.write(String(decoding: text, as: UTF8.self), to: "pairs.json")
        let script = """
            import json, sys
            from rapidfuzz import distance
            f = distance.\(measure)
            print(json.dumps([float(f(bytes(a), bytes(b))) for a, b in json.load(open(sys.argv[1]))]))
            """
        let python = try #require(ExternalTool.python)
        let outcome = try ExternalTool.run(python, ["-c", script, file.path])
        return try JSONDecoder().decode([Double].self, from: outcome.output)
    }

    @Test("the edit distance is its OSA distance", arguments: [1, 2, 3] as [UInt64])
    func editDistance(seed: UInt64) throws {
        let pairs = pairs(2_000, seed: seed)
        let expected = try reference(pairs, "OSA.distance")
        let distance = EditDistance()
        for (pair, expected) in zip(pairs, expected) {
            let (a, b) = (Array(pair.0.utf8), Array(pair.1.utf8))
            // Longer ones are cut, which is tested elsewhere.
            guard a.count <= EditDistance.longest, b.count <= EditDistance.longest else { continue }
            let found = a.withUnsafeBufferPointer { a in
                b.withUnsafeBufferPointer { distance.distance(a, $0) }
            }
            if Double(found) != expected { Issue.record("\(pair): \(found), not \(expected)") }
        }
    }

    @Test("Jaro similarity is its, and what a common start adds", arguments: [6, 7] as [UInt64])
    func jaro(seed: UInt64) throws {
        let pairs = pairs(2_000, seed: seed)
        let expected = try reference(pairs, "Jaro.similarity")
        let distance = EditDistance()
        var dissimilar = 0
        for (pair, jaro) in zip(pairs, expected) where !pair.0.isEmpty || !pair.1.isEmpty {
            let (a, b) = (Array(pair.0.utf8), Array(pair.1.utf8))
            guard a.count <= EditDistance.longest, b.count <= EditDistance.longest else { continue }
            let found = a.withUnsafeBufferPointer { a in
                b.withUnsafeBufferPointer { distance.jaroWinkler(a, $0) }
            }
            let common = zip(a.prefix(4), b).prefix(while: { $0 == $1 }).count
            let wanted = jaro + Double(common) * 0.1 * (1 - jaro)
            if abs(found - wanted) > 1e-6 { Issue.record("\(pair): \(found), not \(wanted)") }
            if jaro <= 0.7 { dissimilar += 1 }
        }
        #expect(dissimilar > 100)
    }

    @Test("Jaro–Winkler similarity is its", arguments: [4, 5] as [UInt64])
    func jaroWinkler(seed: UInt64) throws {
        let pairs = pairs(2_000, seed: seed)
        let expected = try reference(pairs, "JaroWinkler.similarity")
        let distance = EditDistance()
        for (pair, expected) in zip(pairs, expected) {
            let (a, b) = (Array(pair.0.utf8), Array(pair.1.utf8))
            guard a.count <= EditDistance.longest, b.count <= EditDistance.longest else { continue }
            let found = a.withUnsafeBufferPointer { a in
                b.withUnsafeBufferPointer { distance.jaroWinkler(a, $0) }
            }
            // rapidfuzz adds for the common beginning only above a Jaro similarity of 0.7.
            if expected > 0.7, abs(found - expected) > 1e-6 {
                Issue.record("\(pair): \(found), not \(expected)")
            }
        }
    }
}
