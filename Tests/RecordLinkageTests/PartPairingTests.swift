import TestSupport
import Testing

@testable import RecordLinkage

@Suite("Which duplicates go with which")
struct PartPairingTests {
    @Test("what is chosen is the best of all choices: ids before rules before the model")
    func bruteForce() {
        var random = SeededNumbers(seed: 12)
        var (assigned, refused, several) = (0, 0, 0)
        for _ in 0..<1_500 {
            let graph = Graph(&random)
            let pairing = PartPairing(
                graph.edges.shuffled(using: &random), boundary: graph.lefts, part: graph.part,
                least: graph.least
            ) { !graph.refused.contains(Pair($0, $1)) }
            var (total, rights) = (Total(), Set<Int32>())
            for (left, right) in pairing.rightOf.enumerated() where right >= 0 {
                let pair = Pair(Int32(left), right)
                let isFree = rights.insert(right).inserted
                #expect(isFree && !graph.refused.contains(pair))
                guard let candidate = graph.candidates[pair] else {
                    Issue.record("\(pair) is no candidate")
                    continue
                }
                total.add(candidate, least: graph.least)
                assigned += 1
            }
            #expect(total == graph.best)
            refused += graph.candidates.keys.count { graph.refused.contains($0) }
            several += graph.edges.count - graph.candidates.count
        }
        // All kinds of graphs were among them.
        #expect(assigned > 1_000 && refused > 200 && several > 200)
    }

    @Test("what a person decided is linked, whatever else is left")
    func forced() {
        let edges: [(UInt32, UInt32, Float, UInt8)] = [
            (0, 2, 1, 3), (0, 3, 60, 2), (1, 2, 60, 2), (1, 3, 0, 0),
        ]
        let pairing = PartPairing(
            edges.map { Agglomeration.Edge(first: $0.0, second: $0.1, bits: $0.2, rank: $0.3) },
            boundary: 2, part: [0, 1, 2, 3], least: 0
        ) { _, _ in true }
        #expect(pairing.rightOf == [2, 3, -1, -1])
    }

    private struct Pair: Hashable {
        var left: Int32
        var right: Int32

        init(_ left: Int32, _ right: Int32) { (self.left, self.right) = (left, right) }
    }

    /// What a choice is worth: first by how many ids it has, then rules, then evidence.
    private struct Total: Comparable {
        var explicit = 0
        var rules = 0
        /// In 64ths of a bit, and one for each pair.
        var evidence = 0

        mutating func add(_ candidate: PartPairing.Candidate, least: Float) {
            if candidate.rank == 2 { explicit += 1 }
            if candidate.rank == 1 { rules += 1 }
            evidence += Int((max(0, candidate.bits - least) * 64).rounded()) + 1
        }

        static func < (left: Total, right: Total) -> Bool {
            (left.explicit, left.rules, left.evidence)
                < (right.explicit, right.rules, right.evidence)
        }
    }

    /// A few records a side, some of them duplicates, with edges of all kinds.
    private struct Graph {
        let lefts: Int
        let least: Float
        /// The part of each record.
        private(set) var part: [Int32] = []
        private(set) var edges: [Agglomeration.Edge] = []
        /// The strongest of the edges between two parts.
        private(set) var candidates: [Pair: PartPairing.Candidate] = [:]
        private(set) var refused: Set<Pair> = []

        init(_ random: inout SeededNumbers) {
            lefts = 1 + random.below(5)
            let rights = 1 + random.below(5)
            least = Float(random.below(3)) - 1
            for record in 0..<lefts + rights {
                let first = record < lefts ? 0 : lefts
                let isDuplicate = record > first && random.happens(0.3)
                part.append(
                    isDuplicate ? part[first + random.below(record - first)] : Int32(record))
            }
            let share = random.one(of: [0.2, 0.5, 0.9])
            for left in 0..<lefts {
                for right in lefts..<lefts + rights where random.happens(share) {
                    let edge = Agglomeration.Edge(
                        first: UInt32(left), second: UInt32(right),
                        bits: least + Float(random.below(400) - 40) / 64,
                        rank: UInt8(random.one(of: [0, 0, 0, 1, 2])))
                    edges.append(edge)
                    let pair = Pair(part[left], part[right])
                    var candidate =
                        candidates[pair] ?? PartPairing.Candidate(bits: edge.bits, rank: 0)
                    candidate.bits = max(candidate.bits, edge.bits)
                    candidate.rank = max(candidate.rank, edge.rank)
                    candidates[pair] = candidate
                    if random.happens(0.15) { refused.insert(pair) }
                }
            }
        }

        /// The most that any choice is worth, all of them tried.
        var best: Total {
            let lefts = Set(candidates.keys.map(\.left)).sorted()
            func best(_ place: Int, _ taken: Set<Int32>, _ sum: Total) -> Total {
                guard place < lefts.count else { return sum }
                var most = best(place + 1, taken, sum)
                for (pair, candidate) in candidates
                where pair.left == lefts[place] && !taken.contains(pair.right)
                    && !refused.contains(pair)
                {
                    var more = sum
                    more.add(candidate, least: least)
                    most = max(most, best(place + 1, taken.union([pair.right]), more))
                }
                return most
            }
            return best(0, [], Total())
        }
    }
}
