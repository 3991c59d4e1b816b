@testable import RecordLinkage
import TestSupport
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
            _ edges: [Agglomeration.Edge]? = nil, signature: (Int) -> UInt64 = { _ in 0 }
        ) -> [[Int]] {
            var agglomeration = Agglomeration(count: count)
            agglomeration.join(edges ?? self.edges, least: 0, signature: signature) {
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

    @Test("whom others join is as sure to belong to them as the first of them")
    func firstMember() {
        var agglomeration = Agglomeration(count: 4)
        let edges = [(0, 1, 5), (0, 2, 4)].map {
            Agglomeration.Edge(
                first: UInt32($0.0), second: UInt32($0.1), bits: Float($0.2), rank: 0)
        }
        agglomeration.join(edges, least: 0, signature: { _ in 0 }) { _, _, _ in .bits(3) }
        #expect(agglomeration.groups == [[0, 1, 2]])
        #expect(agglomeration.joinBits == [5, 5, 3, .infinity])
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

    @Test("in a large group, too, no two are together that a key or a person sets apart")
    func largeGroups() {
        let all = (0..<40).flatMap { a in
            (a + 1..<40).map { b in (a, b, (a, b) == (30, 39) ? nil : Double?(9)) }
        }
        let graph = Graph(40, all)
        let groups = graph.groups { $0 == 30 || $0 == 39 ? UInt64($0) : 0 }
        #expect(groups == [Array(0..<39)])
    }

    @Test("what is too varied for one thing does not become one")
    func varied() {
        let all = (0..<300).flatMap { a in (a + 1..<300).map { (a, $0, Double?(3)) } }
        let graph = Graph(300, all)
        #expect(graph.groups().map(\.count) == [300])
        let groups = graph.groups { UInt64($0) }
        #expect(groups.allSatisfy { $0.count <= 224 })
        #expect(groups.joined().count == 300)
        var agglomeration = Agglomeration(count: 300)
        agglomeration.join(graph.edges, least: 0, signature: { UInt64($0) }) { _, _, _ in .bits(3) }
        #expect(agglomeration.variedGroups == 1)
    }

    @Test("groups that were too varied for others, and joined later, are one")
    func variedAndJoined() {
        // Two groups of the same 224 kinds each refuse one of another kind.
        func star(_ center: Int, _ others: Range<Int>, _ bits: Float) -> [Agglomeration.Edge] {
            others.map {
                Agglomeration.Edge(
                    first: UInt32(center), second: UInt32($0), bits: bits, rank: 0)
            }
        }
        let edges =
            star(0, 1..<224, 9) + star(224, 225..<448, 9) + star(0, 448..<449, 5)
            + star(224, 449..<450, 5) + star(0, 224..<225, 1)
        var agglomeration = Agglomeration(count: 450)
        agglomeration.join(edges, least: 0, signature: { UInt64($0 < 448 ? $0 % 224 : $0) }) {
            _, _, _ in .bits(3)
        }
        #expect(agglomeration.groups == [Array(0..<448)])
        #expect(agglomeration.variedGroups == 1)
    }

    @Test("small groups are those of average linkage as it is written down")
    func slowTwin() {
        var random = SeededNumbers(seed: 2)
        for _ in 0..<300 {
            let graph = Self.graph(2 + random.below(14), &random)
            #expect(graph.groups() == Self.averageLinkage(graph))
        }
    }

    /// Along the edges, the strongest first: two groups join where no two members are apart and the mean
    /// of all pairs between them is not below nought.
    private static func averageLinkage(_ graph: Graph) -> [[Int]] {
        var groups = (0..<graph.count).map { Set([$0]) }
        let edges = graph.edges.sorted {
            ($1.bits, $0.first, $0.second) < ($0.bits, $1.first, $1.second)
        }
        for edge in edges {
            guard let a = groups.first(where: { $0.contains(Int(edge.first)) }),
                let b = groups.first(where: { $0.contains(Int(edge.second)) }), a != b
            else { continue }
            let between = a.flatMap { first in b.map { graph.bits[first][$0] } }
            guard !between.contains(nil),
                between.compactMap({ $0 }).reduce(0, +) / Double(between.count) >= 0
            else { continue }
            groups.removeAll { $0 == a || $0 == b }
            groups.append(a.union(b))
        }
        return groups.filter { $0.count > 1 }.map { $0.sorted() }.sorted { $0[0] < $1[0] }
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
}
