import Foundation
import Records
import TestSupport
import Testing

@testable import RecordLinkage

@Suite("Rivals of a pair")
struct CompetitionTests {
    /// A graph of left and right records, the right ones numbered after the left.
    private struct Graph {
        var lefts: Int
        var rights: Int
        var bits: [(left: Int, right: Int, bits: Float)]

        var edges: [Agglomeration.Edge] {
            bits.map {
                Agglomeration.Edge(
                    first: UInt32($0.left), second: UInt32(lefts + $0.right), bits: $0.bits,
                    rank: 0)
            }
        }

        /// Without duplicates: every record is a part.
        func competition(matches: Double) -> Competition {
            var model = FittedModel(
                comparisons: [], prior: 0.1, leftPrior: 0.1, rightPrior: 0.1, iterations: 1,
                hasConverged: true, seed: 1)
            (model.leftRecords, model.rightRecords) = (lefts, rights)
            model.prior = matches / Double(lefts * rights)
            return Competition(
                edges, part: (0..<Int32(lefts + rights)).map { $0 },
                Competition.Sides(model, hasDuplicates: false))
        }

        func probabilities(_ competition: Competition) -> [Double] {
            bits.map { edge in
                LinkageSolution.probability(
                    edge.bits + competition.bits(Int32(edge.left), Int32(lefts + edge.right)))
            }
        }

        /// The sum over all ways to match, of those with each edge by all.
        func exact(aloneBits: Float) -> [Double] {
            var (all, with) = (0.0, [Double](repeating: 0, count: bits.count))
            func go(_ place: Int, _ taken: Set<Int>, _ chosen: [Int], _ product: Double) {
                guard place < bits.count else {
                    all += product
                    for edge in chosen { with[edge] += product }
                    return
                }
                go(place + 1, taken, chosen, product)
                let (left, right) = (bits[place].left, lefts + bits[place].right)
                guard !taken.contains(left), !taken.contains(right) else { return }
                go(
                    place + 1, taken.union([left, right]), chosen + [place],
                    product * exp2(Double(bits[place].bits + aloneBits)))
            }
            go(0, [], [], 1)
            return with.map { $0 / all }
        }
    }

    @Test("on graphs without circles the probabilities are those of all ways to match")
    func trees() {
        var random = SeededNumbers(seed: 5)
        for _ in 0..<40 {
            // Each record after the first hangs on one before it.
            var graph = Graph(lefts: 4, rights: 4, bits: [])
            for place in 1..<8 {
                let other = random.below(place)
                // Even places are left records, odd ones right.
                let (left, right) =
                    place % 2 == 0 ? (place, other | 1) : (other & ~1, place)
                guard left % 2 == 0, right % 2 == 1, max(left, right) == place else { continue }
                let bits = Float(random.below(160)) / 10 - 8
                graph.bits.append((left / 2, right / 2, bits))
            }
            let competition = graph.competition(matches: 2)
            let exact = graph.exact(aloneBits: competition.aloneBits)
            for (found, expected) in zip(graph.probabilities(competition), exact) {
                #expect(abs(found - expected) < 0.05)
            }
        }
    }

    @Test("on small random graphs they are near those of all ways to match")
    func graphs() {
        var random = SeededNumbers(seed: 6)
        var (sum, count) = (0.0, 0.0)
        for _ in 0..<40 {
            var graph = Graph(lefts: 4, rights: 4, bits: [])
            for left in 0..<4 {
                for right in 0..<4 where random.happens(0.5) {
                    graph.bits.append((left, right, Float(random.below(160)) / 10 - 8))
                }
            }
            let competition = graph.competition(matches: 2)
            let exact = graph.exact(aloneBits: competition.aloneBits)
            for (found, expected) in zip(graph.probabilities(competition), exact) {
                sum += abs(found - expected)
                count += 1
            }
        }
        #expect(sum / count < 0.05)
    }

    @Test("what another surely has is not one's own, and a rival that is taken is none")
    func taken() {
        // L0 and R0 belong together; R1 would fit L0 too, and L1 only R1.
        let graph = Graph(lefts: 2, rights: 2, bits: [(0, 0, 20), (0, 1, 3), (1, 1, 1)])
        let found = graph.probabilities(graph.competition(matches: 1))
        #expect(found[0] > 0.999 && found[1] < 0.01)
        // As if L0 were not there: nobody else wants R1.
        #expect(found[2] > 0.7)
    }

    @Test("the more records have a counterpart, the likelier is a pair that nobody disputes")
    func alone() {
        let graph = Graph(
            lefts: 4, rights: 4, bits: [(0, 0, 20), (1, 1, 20), (2, 2, 20), (3, 3, 0)])
        let found = graph.probabilities(graph.competition(matches: 3))
        #expect(found[3] > 0.8)
        let rare = Graph(lefts: 400, rights: 400, bits: graph.bits)
        let alone = rare.probabilities(rare.competition(matches: 3))
        #expect(abs(alone[3] - 0.5) < 0.02)
    }

    @Test("duplicates are no rivals")
    func duplicates() {
        let graph = Graph(lefts: 1, rights: 2, bits: [(0, 0, 12), (0, 1, 10)])
        var model = FittedModel(
            comparisons: [], prior: 0.5, leftPrior: 0.1, rightPrior: 0.1, iterations: 1,
            hasConverged: true, seed: 1)
        (model.leftRecords, model.rightRecords) = (1, 2)
        let sides = Competition.Sides(model, hasDuplicates: true)
        let apart = Competition(graph.edges, part: [0, 1, 2], sides)
        let joined = Competition(graph.edges, part: [0, 1, 1], sides)
        #expect(apart.bits(0, 2) < 0 && joined.bits(0, 1) > 0)
        #expect(joined.bits(0, 2) == 0)
    }
}
