/// Records joined into things, strongest evidence first, all members heard.
///
/// Two groups join when the evidence between all their members, for and against, is on balance
/// for it (average linkage), and no pair of them is known to be two things. A chain of weak pairs
/// therefore does not join its ends, as following pairs one by one would.
struct Agglomeration {
    /// The evidence about a pair: log odds in bits, or that it is known to be two things.
    enum Evidence {
        case bits(Double)
        case apart
    }

    /// A pair that would join.
    struct Edge {
        var first: UInt32
        var second: UInt32
        var bits: Float
        /// Whether a key or a person decided it: goes before all others.
        var rank: UInt8
    }

    private var group: [Int32]
    private var members: [[Int32]]
    /// How far the evidence spoke when a record joined its group, in bits.
    private(set) var joinBits: [Float]
    /// Larger groups are heard through this many members.
    private static let mostHeard = 24

    init(count: Int) {
        group = (0..<Int32(count)).map { $0 }
        members = (0..<Int32(count)).map { [$0] }
        joinBits = [Float](repeating: .infinity, count: count)
    }

    /// Joins along the edges.
    ///
    /// - Parameters:
    ///   - edges: In any order; ties are broken by the records' numbers.
    ///   - least: The least average evidence, in bits.
    ///   - isAllowed: Whether two groups may be one at all, given their members.
    ///   - evidence: The evidence about a pair of records, when groups are to join along an edge of
    ///     this rank.
    mutating func join(
        _ edges: [Edge], least: Double, isAllowed: ([Int32], [Int32]) -> Bool,
        evidence: (Int, Int, UInt8) -> Evidence
    ) {
        let sorted = edges.sorted {
            if $0.rank != $1.rank { return $0.rank > $1.rank }
            if $0.bits != $1.bits { return $0.bits > $1.bits }
            return ($0.first, $0.second) < ($1.first, $1.second)
        }
        for edge in sorted {
            let (a, b) = (group[Int(edge.first)], group[Int(edge.second)])
            guard a != b, isAllowed(members[Int(a)], members[Int(b)]) else { continue }
            var mean = Double(edge.bits)
            if members[Int(a)].count > 1 || members[Int(b)].count > 1 {
                guard let heard = hear(a, b, { evidence($0, $1, edge.rank) }), heard >= least else {
                    continue
                }
                mean = heard
            }
            merge(a, b, Float(mean))
        }
    }

    /// The groups of two or more, each sorted, in the order of their first members.
    var groups: [[Int]] {
        members.filter { $0.count > 1 }.map { $0.map(Int.init).sorted() }
            .sorted { $0[0] < $1[0] }
    }

    private func hear(_ a: Int32, _ b: Int32, _ evidence: (Int, Int) -> Evidence) -> Double? {
        var (sum, count) = (0.0, 0.0)
        for first in members[Int(a)].prefix(Self.mostHeard) {
            for second in members[Int(b)].prefix(Self.mostHeard) {
                switch evidence(Int(first), Int(second)) {
                case .apart: return nil
                case .bits(let bits): sum += bits
                }
                count += 1
            }
        }
        return sum / count
    }

    private mutating func merge(_ a: Int32, _ b: Int32, _ bits: Float) {
        let (into, from) =
            members[Int(a)].count >= members[Int(b)].count ? (Int(a), Int(b)) : (Int(b), Int(a))
        let moved = members[from]
        members[from] = []
        for record in moved {
            group[Int(record)] = Int32(into)
            joinBits[Int(record)] = min(joinBits[Int(record)], bits)
        }
        members[into].append(contentsOf: moved)
    }
}
