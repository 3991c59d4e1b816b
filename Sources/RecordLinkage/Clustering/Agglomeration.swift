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

    /// The leader of each record's group, itself a member.
    private(set) var leader: [Int32]
    /// Each record's neighbour in the ring of its group.
    private var next: [Int32]
    private var sizes: [Int32]
    /// Of groups larger than ``mostHeard``, by leader: the members that are heard.
    private var heard: [Int32: [Int32]] = [:]
    /// How far the evidence spoke when a record joined its group, in bits.
    private(set) var joinBits: [Float]

    /// The evidence about larger groups is that of this many members.
    private static let mostHeard = 24
    /// A group never has members of more different keys than this beside them.
    private static let mostSignatures = 200

    init(count: Int) {
        leader = (0..<Int32(count)).map { $0 }
        next = leader
        sizes = [Int32](repeating: 1, count: count)
        joinBits = [Float](repeating: .infinity, count: count)
    }

    /// Joins along the edges.
    ///
    /// - Parameters:
    ///   - edges: In any order; ties are broken by the records' numbers.
    ///   - least: The least average evidence, in bits.
    ///   - signature: Equal for records that no key and no person can tell apart, so that of a large
    ///     group one of each kind is asked whether it is apart.
    ///   - evidence: The evidence about a pair of records, when groups are to join along an edge of
    ///     this rank.
    mutating func join(
        _ edges: [Edge], least: Double, signature: (Int) -> UInt64,
        evidence: (Int, Int, UInt8) -> Evidence
    ) {
        let sorted = edges.sorted {
            if $0.rank != $1.rank { return $0.rank > $1.rank }
            if $0.bits != $1.bits { return $0.bits > $1.bits }
            return ($0.first, $0.second) < ($1.first, $1.second)
        }
        for edge in sorted {
            let (a, b) = (leader[Int(edge.first)], leader[Int(edge.second)])
            guard a != b else { continue }
            var mean = Double(edge.bits)
            if sizes[Int(a)] > 1 || sizes[Int(b)] > 1 {
                guard let all = hear(a, b, { evidence($0, $1, edge.rank) }), all >= least else {
                    continue
                }
                mean = all
            }
            merge(a, b, Float(mean), signature)
        }
    }

    /// The groups of two or more, each sorted, in the order of their first members.
    var groups: [[Int]] {
        var groups: [[Int]] = []
        var isTaken = [Bool](repeating: false, count: leader.count)
        for record in leader.indices {
            let own = leader[record]
            guard sizes[Int(own)] > 1, !isTaken[Int(own)] else { continue }
            isTaken[Int(own)] = true
            groups.append(members(own).map(Int.init).sorted())
        }
        return groups
    }

    private func members(_ leader: Int32) -> [Int32] {
        var members = [leader]
        var record = next[Int(leader)]
        while record != leader {
            members.append(record)
            record = next[Int(record)]
        }
        return members
    }

    /// What the members say together; `nil` when two of them are apart.
    private func hear(_ a: Int32, _ b: Int32, _ evidence: (Int, Int) -> Evidence) -> Double? {
        let (firsts, seconds) = (heard[a] ?? members(a), heard[b] ?? members(b))
        var (sum, count) = (0.0, 0.0)
        for (i, first) in firsts.enumerated() {
            for (j, second) in seconds.enumerated() {
                switch evidence(Int(first), Int(second)) {
                case .apart: return nil
                case .bits(let bits):
                    guard i < Self.mostHeard, j < Self.mostHeard else { continue }
                    sum += bits
                    count += 1
                }
            }
        }
        return sum / count
    }

    private mutating func merge(
        _ a: Int32, _ b: Int32, _ bits: Float, _ signature: (Int) -> UInt64
    ) {
        let (into, from) = sizes[Int(a)] >= sizes[Int(b)] ? (a, b) : (b, a)
        let size = sizes[Int(into)] + sizes[Int(from)]
        if size > Self.mostHeard, !hearMore(into, from, signature) { return }
        var record = from
        repeat {
            leader[Int(record)] = into
            joinBits[Int(record)] = min(joinBits[Int(record)], bits)
            record = next[Int(record)]
        } while record != from
        next.swapAt(Int(into), Int(from))
        sizes[Int(into)] = size
    }

    /// Chooses whom a large group is heard through; `false` when it would be too varied for a thing.
    private mutating func hearMore(
        _ into: Int32, _ from: Int32, _ signature: (Int) -> UInt64
    ) -> Bool {
        var chosen = heard[into] ?? members(into)
        var known = Set(chosen.map { signature(Int($0)) })
        for record in heard[from] ?? members(from) {
            let isNew = known.insert(signature(Int(record))).inserted
            if isNew || chosen.count < Self.mostHeard { chosen.append(record) }
        }
        guard chosen.count <= Self.mostHeard + Self.mostSignatures else { return false }
        heard[into] = chosen
        heard[from] = nil
        return true
    }
}
