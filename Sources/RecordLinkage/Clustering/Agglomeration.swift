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
    /// The leaders, when that was, of groups that others were not let into, as they would be too varied.
    private var varied: Set<Int32> = []

    /// The evidence about larger groups is that of this many members.
    static let mostHeard = 24
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
        for edge in Self.strongestFirst(edges) {
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

    /// Decided edges first, then by their bits; equal ones by their records.
    static func strongestFirst(_ edges: [Edge]) -> [Edge] {
        // Candidates come in the order of their records.
        let isInOrder = zip(edges, edges.dropFirst()).allSatisfy {
            ($0.first, $0.second) < ($1.first, $1.second)
        }
        let edges =
            isInOrder ? edges : edges.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
        precondition(edges.count < 1 << 30, "a place among the edges has 30 bits")
        // What goes first is the lowest: rank and bits upside down, above the place.
        var keys = edges.indices.map { place in
            UInt64(3 - edges[place].rank) << 62 | UInt64(~ascending(edges[place].bits)) << 30
                | UInt64(place)
        }
        RadixSort.sort(&keys, bits: 30, 64)
        return keys.map { edges[Int($0 & (1 << 30 - 1))] }
    }

    /// A number whose order is that of the bits.
    private static func ascending(_ bits: Float) -> UInt32 {
        // Both zeros are one.
        let pattern = (bits + 0).bitPattern
        return pattern >> 31 == 0 ? pattern | 1 << 31 : ~pattern
    }

    /// The groups of two or more, each sorted, in the order of their first members.
    var groups: [[Int]] {
        var groups: [[Int]] = []
        var numbers = [Int32](repeating: -1, count: leader.count)
        for record in leader.indices {
            let own = Int(leader[record])
            guard sizes[own] > 1 else { continue }
            if numbers[own] < 0 {
                numbers[own] = Int32(groups.count)
                groups.append([])
                groups[groups.count - 1].reserveCapacity(Int(sizes[own]))
            }
            groups[Int(numbers[own])].append(record)
        }
        return groups
    }

    /// How many groups others were not let into; some may have joined later.
    var variedGroups: Int { Set(varied.map { leader[Int($0)] }).count }

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
        if size > Self.mostHeard, !hearMore(into, from, signature) {
            varied.insert(into)
            return
        }
        // Whom others join is as sure to be one with them as they are with it.
        if sizes[Int(into)] == 1 { joinBits[Int(into)] = bits }
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
