@testable import RecordLinkage
import Testing

@Suite("Joining records into things")
struct AgglomerationTests {
    private typealias Evidence = Agglomeration.Evidence

    /// Evidence about every pair of a few records; pairs that are not given speak against.
    private struct Graph {
        var count: Int
        var bits: [[Double?]]

        init(_ count: Int, _ pairs: [(Int, Int, Double?)]) {
            self.count = count
            bits = .init(repeating: .init(repeating: -8, count: count), count: count)
            for (first, second, value) in pairs {
                bits[first][second] = value
                bits[second][first] = value
            }
        }

        var edges: [Agglomeration.Edge] {
            var edges: [Agglomeration.Edge] = []
            for first in 0..<count {
                for second in first + 1..<count {
                    guard let bits = bits[first][second], bits >= 0 else { continue }
                    edges.append(
                        Agglomeration.Edge(
                            first: UInt32(first), second: UInt32(second), bits: Float(bits), rank: 0
                        ))
                }
            }
            return edges
        }

        func groups(
            _ edges: [Agglomeration.Edge]? = nil,
            isAllowed: ([Int32], [Int32]) -> Bool = { _, _ in true }
        ) -> [[Int]] {
            var agglomeration = Agglomeration(count: count)
            agglomeration.join(edges ?? self.edges, least: 0, isAllowed: isAllowed) {
                first, second, _ in
                bits[first][second].map(Evidence.bits) ?? .apart
            }
            return agglomeration.groups
        }
    }

    @Test("records with nothing in common stay alone")
    func alone() {
        #expect(Graph(0, []).groups().isEmpty)
        #expect(Graph(1, []).groups().isEmpty)
        #expect(Graph(5, []).groups().isEmpty)
    }

    @Test("records that all speak for each other are one thing")
    func clique() {
        let all = (0..<6).flatMap { a in (a + 1..<6).map { (a, $0, Double?(3)) } }
        #expect(Graph(6, all).groups() == [[0, 1, 2, 3, 4, 5]])
    }

    @Test("a chain of bridges does not join its ends")
    func chain() {
        let chain = (0..<9).map { ($0, $0 + 1, Double?(3)) }
        let groups = Graph(10, chain).groups()
        #expect(groups.allSatisfy { $0.count == 2 })
        #expect(groups.count >= 3)
    }

    @Test("a bridge goes to the side that it fits better")
    func bridge() {
        let graph = Graph(3, [(0, 1, 9), (1, 2, 4), (0, 2, -20)])
        #expect(graph.groups() == [[0, 1]])
    }

    @Test("two members that are known to be apart are never joined through a third")
    func apart() {
        let graph = Graph(3, [(0, 1, 25), (1, 2, 25), (0, 2, nil)])
        #expect(graph.groups().count == 1)
        #expect(graph.groups().allSatisfy { $0.count == 2 })
    }

    @Test("what a person decided goes before what weighs more")
    func rank() {
        let graph = Graph(3, [(0, 1, 20), (1, 2, 1), (0, 2, nil)])
        var edges = graph.edges
        #expect(graph.groups(edges) == [[0, 1]])
        for index in edges.indices where edges[index].first == 1 { edges[index].rank = 3 }
        #expect(graph.groups(edges) == [[1, 2]])
    }

    @Test("the order of the edges does not matter, and no two apart are ever together")
    func random() {
        var random = SeededNumbers(seed: 1)
        for _ in 0..<200 {
            let graph = Self.graph(2 + random.below(9), &random)
            let groups = graph.groups()
            #expect(graph.groups(graph.edges.shuffled(using: &random)) == groups)
            #expect(Set(groups.joined()).count == groups.joined().count)
            for group in groups {
                #expect(group == group.sorted())
                for first in group {
                    for second in group where first != second {
                        #expect(graph.bits[first][second] != nil)
                    }
                }
            }
        }
    }

    @Test("one to one, no two records would both rather have each other")
    func stableMatching() {
        var random = SeededNumbers(seed: 2)
        for _ in 0..<200 {
            let (left, right) = (1 + random.below(5), 1 + random.below(5))
            let graph = Self.bipartite(left, right, &random)
            let groups = graph.groups { first, second in
                let members = first + second
                return members.count { $0 < Int32(left) } <= 1
                    && members.count { $0 >= Int32(left) } <= 1
            }
            let weight = graph.bits
            #expect(groups.allSatisfy { $0.count == 2 && $0[0] < left && $0[1] >= left })
            var own = [Double](repeating: 0, count: graph.count)
            for group in groups {
                own[group[0]] = weight[group[0]][group[1]] ?? 0
                own[group[1]] = own[group[0]]
            }
            for a in 0..<left {
                for b in left..<graph.count {
                    guard let bits = weight[a][b], bits >= 0 else { continue }
                    #expect(bits <= max(own[a], own[b]))
                }
            }
            // Strongest first gives at least half of what the best of all assignments gives.
            let sum = groups.reduce(0) { $0 + own[$1[0]] }
            #expect(2 * sum >= Self.best(graph, left: left) - 1e-9)
        }
    }

    /// The greatest sum of any one-to-one assignment, by trying all.
    private static func best(_ graph: Graph, left: Int) -> Double {
        func go(_ a: Int, _ taken: Set<Int>) -> Double {
            guard a < left else { return 0 }
            var best = go(a + 1, taken)
            for b in left..<graph.count where !taken.contains(b) {
                guard let bits = graph.bits[a][b], bits > 0 else { continue }
                best = max(best, bits + go(a + 1, taken.union([b])))
            }
            return best
        }
        return go(0, [])
    }

    private static func graph(_ count: Int, _ random: inout SeededNumbers) -> Graph {
        var pairs: [(Int, Int, Double?)] = []
        for first in 0..<count {
            for second in first + 1..<count {
                let bits = Double(random.below(30)) - 12
                pairs.append((first, second, random.happens(0.1) ? nil : bits))
            }
        }
        return Graph(count, pairs)
    }

    private static func bipartite(
        _ left: Int, _ right: Int, _ random: inout SeededNumbers
    ) -> Graph {
        var pairs: [(Int, Int, Double?)] = []
        for a in 0..<left {
            for b in left..<left + right { pairs.append((a, b, Double(random.below(20)) - 6)) }
        }
        return Graph(left + right, pairs)
    }
}
