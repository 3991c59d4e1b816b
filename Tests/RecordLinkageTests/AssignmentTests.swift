import TestSupport
import Testing

@testable import RecordLinkage

@Suite("One-to-one assignment")
struct AssignmentTests {
    private func assign(
        _ left: Int, _ right: Int, _ edges: [(Int, Int, Int)], mostSteps: Int = .max
    ) -> Assignment {
        Assignment(
            leftCount: left, rightCount: right,
            edges: edges.map {
                Assignment.Edge(left: Int32($0.0), right: Int32($0.1), weight: Int64($0.2))
            }, mostSteps: mostSteps)
    }

    @Test("two good pairs go before one that is better than either")
    func notGreedy() {
        let assignment = assign(2, 2, [(0, 0, 9), (0, 1, 8), (1, 0, 8)])
        #expect(assignment.rightOfLeft == [1, 0])
        #expect(assignment.total == 16)
        #expect(assignment.ties().isEmpty)
    }

    @Test("a pair that outweighs two others stays")
    func strong() {
        let assignment = assign(2, 2, [(0, 0, 20), (0, 1, 8), (1, 0, 8)])
        #expect(assignment.rightOfLeft == [0, -1])
        #expect(assignment.leftOfRight == [0, -1])
    }

    @Test("nothing to assign")
    func empty() {
        #expect(assign(0, 0, []).rightOfLeft.isEmpty)
        #expect(assign(2, 0, []).rightOfLeft == [-1, -1])
        #expect(assign(0, 2, []).leftOfRight == [-1, -1])
    }

    @Test("has the total of the best of all assignments, and its ties are those there are")
    func bruteForce() {
        var random = SeededNumbers(seed: 5)
        for round in 0..<600 {
            let (left, right) = (1 + random.below(5), 1 + random.below(5))
            // Few different weights, so that ties abound.
            let most = [2, 4, 30][round % 3]
            var edges: [(Int, Int, Int)] = []
            for a in 0..<left {
                for b in 0..<right where random.happens(0.6) {
                    edges.append((a, b, 1 + random.below(most)))
                }
            }
            let assignment = assign(left, right, edges.shuffled(using: &random))
            let best = Best(left, right, edges)
            #expect(assignment.isBest)
            #expect(assignment.total == best.total)
            for (a, b) in assignment.rightOfLeft.enumerated() where b >= 0 {
                #expect(assignment.leftOfRight[Int(b)] == Int32(a))
            }
            let ties = assignment.ties()
            for a in 0..<left {
                let own = Int(assignment.rightOfLeft[a])
                #expect(best.choices[a].contains(own))
                #expect(Set(ties[a] ?? []) == best.choices[a].subtracting([own]))
            }
        }
    }

    @Test("the same for edges in any order")
    func order() {
        var random = SeededNumbers(seed: 6)
        for _ in 0..<50 {
            var edges: [(Int, Int, Int)] = []
            for a in 0..<12 {
                for b in 0..<12 where random.happens(0.3) {
                    edges.append((a, b, 1 + random.below(5)))
                }
            }
            let first = assign(12, 12, edges)
            let second = assign(12, 12, edges.shuffled(using: &random))
            #expect(first.rightOfLeft == second.rightOfLeft)
            #expect(first.ties() == second.ties())
        }
    }

    @Test("a chain of changes runs through the whole graph")
    func chain() {
        // Each would rather have the one below; the last newcomer moves all of them by one.
        let count = 3000
        var edges: [(Int, Int, Int)] = []
        for a in 0..<count {
            edges.append((a, a, 1_000_001))
            edges.append((a, a + 1, 1_000_000))
        }
        edges.append((count, 0, 1_200_000))
        let assignment = assign(count + 1, count + 1, edges)
        #expect(assignment.rightOfLeft[count] == 0)
        #expect((0..<count).allSatisfy { assignment.rightOfLeft[$0] == Int32($0 + 1) })
        #expect(assignment.total == Int64(1_000_000 * count + 1_200_000))
    }

    @Test("a search that would take too long is given up, and the strongest pairs are taken first")
    func givenUp() {
        var random = SeededNumbers(seed: 7)
        var edges: [(Int, Int, Int)] = []
        for a in 0..<60 { for b in 0..<60 { edges.append((a, b, 1 + random.below(1000))) } }
        let all = assign(60, 60, edges)
        let some = assign(60, 60, edges, mostSteps: 500)
        #expect(all.isBest && !some.isBest)
        #expect(some.ties().isEmpty)
        #expect(some.total <= all.total && 2 * some.total >= all.total)
        let strongest = edges.max { ($0.2, $1.0, $1.1) < ($1.2, $0.0, $0.1) }
        #expect(strongest.map { some.rightOfLeft[$0.0] == Int32($0.1) } == true)
    }

    /// All assignments, tried one by one.
    private struct Best {
        private(set) var total: Int64 = 0
        /// By left node, the right ones (−1 for none) that it has in any of the best assignments.
        private(set) var choices: [Set<Int>]
        private let edges: [[(right: Int, weight: Int64)]]

        init(_ left: Int, _ right: Int, _ pairs: [(Int, Int, Int)]) {
            var edges = [[(right: Int, weight: Int64)]](repeating: [], count: left)
            for (a, b, weight) in pairs { edges[a].append((b, Int64(weight))) }
            self.edges = edges
            choices = .init(repeating: [], count: left)
            go(0, [], [], 0)
        }

        private mutating func go(_ a: Int, _ taken: Set<Int>, _ chosen: [Int], _ sum: Int64) {
            guard a < edges.count else {
                if sum > total {
                    total = sum
                    choices = .init(repeating: [], count: edges.count)
                }
                if sum == total { for (a, b) in chosen.enumerated() { choices[a].insert(b) } }
                return
            }
            go(a + 1, taken, chosen + [-1], sum)
            for edge in edges[a] where !taken.contains(edge.right) {
                go(a + 1, taken.union([edge.right]), chosen + [edge.right], sum + edge.weight)
            }
        }
    }
}
