/// Which duplicates of the left side go with which of the right one, the best as a whole.
///
/// A *part* is what a thing has on one side: one record, or its duplicates. Parts are named after
/// their first records. Where a part fits one other only, and that one only it, there is nothing to
/// weigh; what is left falls into components, each of which is assigned by itself.
struct PartPairing {
    /// What is known about a pair of parts that have a candidate pair between them.
    struct Candidate {
        /// Of the strongest pair between them, in bits.
        var bits: Float
        /// Of the strongest decision between them: 3 a person's, 2 an explicit id's, 1 a rule's.
        var rank: UInt8
    }

    /// By part: the right part of a left one, −1 for none.
    private(set) var rightOf: [Int32]
    /// By left part: right ones that would give the same total; −1 stands for none.
    private(set) var ties: [Int32: [Int32]] = [:]
    /// What was weighed.
    private(set) var statistics = AssignmentStatistics()

    private let least: Float

    /// Larger components are assigned the strongest first; their sums would not fit a number.
    static let mostParts = 1 << 15
    /// So many steps are taken for a component, beside sixty for each of its edges.
    private static let mostSteps = 4_000_000

    /// Pairs parts.
    ///
    /// - Parameters:
    ///   - edges: Pairs of records across the sides with evidence for them.
    ///   - boundary: The number of the first right record.
    ///   - part: The part of each record.
    ///   - least: The least evidence of a link, in bits.
    ///   - isAllowed: Whether a left and a right part may be one thing, all members heard.
    init(
        _ edges: [Agglomeration.Edge], boundary: Int, part: [Int32], least: Float,
        isAllowed: (Int32, Int32) -> Bool
    ) {
        self.least = least
        rightOf = [Int32](repeating: -1, count: part.count)
        var contested: [(pair: UInt64, candidate: Candidate)] = []
        let only = Self.onlyPartners(edges, boundary: boundary, part: part)
        // Large parts have many pairs between them, and take long to hear.
        var refused: Set<Int32> = []
        for edge in edges where Int(edge.first) < boundary && Int(edge.second) >= boundary {
            let (left, right) = (part[Int(edge.first)], part[Int(edge.second)])
            if only[Int(left)] == right, only[Int(right)] == left {
                guard rightOf[Int(left)] < 0, !refused.contains(left) else { continue }
                if isAllowed(left, right) {
                    rightOf[Int(left)] = right
                } else {
                    refused.insert(left)
                }
            } else {
                contested.append(
                    (
                        UInt64(left) << 32 | UInt64(right),
                        Candidate(bits: edge.bits, rank: edge.rank)
                    ))
            }
        }
        assign(Self.merged(contested), isAllowed)
    }

    private static let several: Int32 = -2

    /// The only part that a part fits; ``several`` where there are more, −1 where none.
    private static func onlyPartners(
        _ edges: [Agglomeration.Edge], boundary: Int, part: [Int32]
    ) -> [Int32] {
        var only = [Int32](repeating: -1, count: part.count)
        for edge in edges where Int(edge.first) < boundary && Int(edge.second) >= boundary {
            let (left, right) = (part[Int(edge.first)], part[Int(edge.second)])
            for (own, other) in [(left, right), (right, left)] where only[Int(own)] != other {
                only[Int(own)] = only[Int(own)] == -1 ? other : several
            }
        }
        return only
    }

    /// Each pair of parts once, in order.
    private static func merged(
        _ found: [(pair: UInt64, candidate: Candidate)]
    ) -> [(pair: UInt64, candidate: Candidate)] {
        var merged: [(pair: UInt64, candidate: Candidate)] = []
        for item in found.sorted(by: { $0.pair < $1.pair }) {
            guard merged.last?.pair == item.pair else {
                merged.append(item)
                continue
            }
            let last = merged.count - 1
            merged[last].candidate.bits = max(merged[last].candidate.bits, item.candidate.bits)
            merged[last].candidate.rank = max(merged[last].candidate.rank, item.candidate.rank)
        }
        return merged
    }

    // MARK: Assigning

    private mutating func assign(
        _ found: [(pair: UInt64, candidate: Candidate)], _ isAllowed: (Int32, Int32) -> Bool
    ) {
        var isForced = Set<Int32>()
        for (pair, candidate) in found where candidate.rank == 3 {
            let (left, right) = (Int32(pair >> 32), Int32(pair & 0xFFFF_FFFF))
            rightOf[Int(left)] = right
            isForced.formUnion([left, right])
        }
        var open: [(left: Int32, right: Int32, candidate: Candidate)] = []
        for (pair, candidate) in found {
            let (left, right) = (Int32(pair >> 32), Int32(pair & 0xFFFF_FFFF))
            guard !isForced.contains(left), !isForced.contains(right), isAllowed(left, right) else {
                continue
            }
            open.append((left, right, candidate))
        }
        for component in Self.components(open.map { ($0.left, $0.right) }) {
            solve(component.map { open[$0] })
        }
    }

    /// The places of pairs that hang together, in order.
    private static func components(_ pairs: [(Int32, Int32)]) -> [[Int]] {
        var parent: [Int32: Int32] = [:]
        func root(_ part: Int32) -> Int32 {
            var root = part
            while let next = parent[root], next != root { root = next }
            var place = part
            while let next = parent[place], next != root {
                parent[place] = root
                place = next
            }
            return root
        }
        for (left, right) in pairs {
            let (a, b) = (root(left), root(right))
            parent[a] = min(a, b)
            parent[b] = min(a, b)
        }
        var (components, numbers) = ([[Int]](), [Int32: Int]())
        for (place, pair) in pairs.enumerated() {
            let top = root(pair.0)
            let number = numbers[top] ?? components.count
            if number == components.count {
                numbers[top] = number
                components.append([])
            }
            components[number].append(place)
        }
        return components
    }

    private mutating func solve(_ pairs: [(left: Int32, right: Int32, candidate: Candidate)]) {
        let lefts = Set(pairs.map(\.left)).sorted()
        let rights = Set(pairs.map(\.right)).sorted()
        let leftPlace = Dictionary(uniqueKeysWithValues: lefts.enumerated().map { ($1, $0) })
        let rightPlace = Dictionary(uniqueKeysWithValues: rights.enumerated().map { ($1, $0) })
        let edges = pairs.map { pair in
            Assignment.Edge(
                left: Int32(leftPlace[pair.left] ?? 0), right: Int32(rightPlace[pair.right] ?? 0),
                weight: weight(pair.candidate))
        }
        let isTooLarge = max(lefts.count, rights.count) > Self.mostParts
        let assignment = Assignment(
            leftCount: lefts.count, rightCount: rights.count, edges: edges,
            mostSteps: isTooLarge ? -1 : Self.mostSteps + 60 * edges.count)
        statistics.components += 1
        statistics.largestComponent = max(statistics.largestComponent, lefts.count + rights.count)
        if !assignment.isBest { statistics.unresolvedComponents += 1 }
        for (place, right) in assignment.rightOfLeft.enumerated() where right >= 0 {
            rightOf[Int(lefts[place])] = rights[Int(right)]
        }
        for (place, choices) in assignment.ties() {
            ties[lefts[place]] = choices.map { $0 < 0 ? -1 : rights[$0] }
        }
        statistics.ties = ties.count
    }

    /// Explicit ids before rules before the model; within each, the evidence in 64ths of a bit.
    ///
    /// Of ``mostParts`` pairs, all of the lower kinds together never outweigh one of a higher kind.
    private func weight(_ candidate: Candidate) -> Int64 {
        let bits = max(0, min(400, candidate.bits - least))
        let tier: Int64 = candidate.rank == 2 ? 1 << 47 : candidate.rank == 1 ? 1 << 31 : 0
        return tier + Int64((bits * 64).rounded()) + 1
    }
}

/// What was weighed to link things one to one.
public struct AssignmentStatistics: Hashable, Sendable, Codable {
    /// Where several records contended for several: parts of the graph that hang together.
    public var components = 0
    /// The things of the largest one.
    public var largestComponent = 0
    /// Components too large to find the best as a whole: the strongest pairs were taken first.
    public var unresolvedComponents = 0
    /// Links that others would replace as well, all for review: the choice is by order only.
    public var ties = 0
}
