internal import Records

/// Which records are the same thing.
struct Grouping {
    /// Left and right records that are one thing, each pair of a left and a right one a link.
    struct Bundle: Sendable {
        var left: [Int]
        var right: [Int]
    }

    var bundles: [Bundle] = []
    /// Duplicates on the left, by first member.
    var leftClusters: [[Int]] = []
    /// Duplicates on the right, by first member.
    var rightClusters: [[Int]] = []
    /// How far the evidence spoke when a record joined its duplicates, in bits.
    var joinBits: [Float] = []
    /// By left record: right ones that would fit as well; −1 stands for none.
    var ties: [Int32: [Int32]] = [:]
    var statistics = AssignmentStatistics()
    /// Groups of duplicates that others were not let into.
    var variedGroups = 0
    /// The part of each record: its duplicates of the same side, named after the first.
    var part: [Int32] = []
    /// What rivals change.
    var competition = Competition()

    /// How likely two records of one part are the same thing, 0 to 1.
    func duplicates(_ first: Int, _ second: Int) -> Double {
        first == second
            ? 1 : LinkageSolution.probability(min(joinBits[first], joinBits[second]))
    }

    /// What rivals add to the log odds of a pair, in bits; nothing where more than the model decided.
    func competitionBits(
        _ first: Int, _ second: Int, _ verdict: LinkageSolution.Verdict
    ) -> Float {
        switch verdict.decision {
        case .rule, nil: competition.bits(part[first], part[second])
        case .verdict, .explicit, .distinct: 0
        }
    }
}

extension LinkageSolution {
    /// Joins duplicates, then links things across the sides as the policy says.
    ///
    /// - Parameters:
    ///   - edges: Pairs with evidence for them.
    ///   - least: The least evidence of a link, in bits.
    /// - Returns: Which records are one thing.
    func group(_ edges: [Agglomeration.Edge], least: Float) -> Grouping {
        let boundary = prepared.records.leftCount
        let hasOneSide = prepared.records.isSingle
        let policy = hasOneSide ? .oneToOne : definition.assignment
        var agglomeration = Agglomeration(count: prepared.records.count)
        let scratch = Scratch()
        agglomeration.join(
            edges.filter { $0.bits >= least && joins($0, policy, hasOneSide: hasOneSide) },
            least: Double(least),
            signature: keys.signature
        ) { first, second, rank in hear(first, second, rank, scratch) }
        var grouping = Grouping()
        grouping.joinBits = agglomeration.joinBits
        grouping.variedGroups = agglomeration.variedGroups
        var parts = Parts(records: prepared.records.count, keys)
        for group in agglomeration.groups {
            let left = group.filter { $0 < boundary }
            let right = group.filter { $0 >= boundary }
            if left.count > 1 { grouping.leftClusters.append(left) }
            if right.count > 1 { grouping.rightClusters.append(right) }
            parts.add(left)
            parts.add(right)
        }
        grouping.part = parts.part
        var cross = edges.filter { Int($0.first) < boundary && Int($0.second) >= boundary }
        guard policy == .oneToOne else {
            cross = cross.filter { $0.rank >= Self.explicitRank || $0.bits >= least }
            grouping.bundles = bundles(cross, parts, policy, least, scratch)
            return grouping
        }
        let competition =
            sides.map {
                Competition(
                    cross, part: parts.part, $0, known: alone, leastSeen: leastSeen,
                    threads: options.threads)
            } ?? Competition()
        let pairing = PartPairing(
            cross.compactMap { contender($0, competition, parts, least) }, boundary: boundary,
            part: parts.part, least: least
        ) { left, right in
            agglomeration.leader[Int(left)] == agglomeration.leader[Int(right)]
                || mayBeOne(
                    parts.voices(left), parts.voices(right), least - competition.aloneBits, scratch)
        }
        for (left, right) in pairing.rightOf.enumerated() where right >= 0 {
            grouping.bundles.append(
                Grouping.Bundle(left: parts[Int32(left)], right: parts[right]))
        }
        grouping.ties = pairing.ties
        grouping.statistics = pairing.statistics
        grouping.competition = competition
        return grouping
    }

    /// Two that fit equally well have half each, but for what speaks for neither: one is linked.
    static let halfBits: Float = 0.1

    /// A pair that may be linked, its rivals considered, with its odds where nothing else is left.
    private func contender(
        _ edge: Agglomeration.Edge, _ competition: Competition, _ parts: Parts, _ least: Float
    ) -> Agglomeration.Edge? {
        let bits =
            edge.bits
            + competition.bits(parts.part[Int(edge.first)], parts.part[Int(edge.second)])
        guard edge.rank > 0 || bits >= least - Self.halfBits else { return nil }
        var contender = edge
        contender.bits += competition.aloneBits
        return contender
    }

    /// Links where a thing may have several counterparts.
    private func bundles(
        _ cross: [Agglomeration.Edge], _ parts: Parts, _ policy: AssignmentPolicy, _ least: Float,
        _ scratch: Scratch
    ) -> [Grouping.Bundle] {
        switch policy {
        case .oneToMany, .manyToOne:
            strongest(cross, parts, policy, least, scratch).map { one, many in
                let many = parts[many]
                return policy == .oneToMany
                    ? Grouping.Bundle(left: one, right: many)
                    : Grouping.Bundle(left: many, right: one)
            }
        case .oneToOne, .manyToMany:
            cross.map { Grouping.Bundle(left: [Int($0.first)], right: [Int($0.second)]) }
        }
    }

    /// Whether a pair may make records one thing before the sides are linked.
    private func joins(
        _ edge: Agglomeration.Edge, _ policy: AssignmentPolicy, hasOneSide: Bool
    ) -> Bool {
        let boundary = prepared.records.leftCount
        let (isLeft, isRight) = (Int(edge.second) < boundary, Int(edge.first) >= boundary)
        // Duplicates by a person's word are duplicates under any policy.
        if edge.rank == 3, isLeft || isRight { return true }
        switch policy {
        case .oneToOne: return hasOneSide || !options.isOneToOne || edge.rank == 3
        // Several counterparts of one thing are no duplicates of each other.
        case .oneToMany: return isLeft
        case .manyToOne: return isRight
        case .manyToMany: return false
        }
    }

    private func hear(
        _ first: Int, _ second: Int, _ rank: UInt8, _ scratch: Scratch
    ) -> Agglomeration.Evidence {
        let verdict = judge(first, second, scratch)
        if case .verdict = verdict.decision { return heard(first, second, verdict, rank) }
        var best = heard(first, second, verdict, rank)
        // What people say is one thing is so in all its records: who fits one of them fits it.
        guard keys.twins[first] != nil || keys.twins[second] != nil else { return best }
        for one in keys.twins[first] ?? [first] {
            for other in keys.twins[second] ?? [second]
            where one != other && (one, other) != (first, second) {
                guard
                    case .bits(let bits) = heard(one, other, judge(one, other, scratch), rank)
                else { continue }
                if case .bits(let most) = best, most >= bits { continue }
                best = .bits(bits)
            }
        }
        return best
    }

    /// What a pair says by itself.
    private func heard(
        _ first: Int, _ second: Int, _ verdict: Verdict, _ rank: UInt8
    ) -> Agglomeration.Evidence {
        switch verdict.decision {
        case .verdict(false), .distinct: return .apart
        default: break
        }
        if rank == Self.explicitRank, isDoubleClaim(first, second, verdict) { return .apart }
        return .bits(Double(max(-Self.mostBits, min(Self.mostBits, verdict.bits))))
    }

    /// Whether two parts, heard through their ``Parts/voices(_:)``, are on balance one thing, and no
    /// two of their records are known to be two.
    private func mayBeOne(
        _ left: [Int], _ right: [Int], _ least: Float, _ scratch: Scratch
    ) -> Bool {
        if left.count == 1, right.count == 1 { return true }
        var (sum, count) = (0.0, 0.0)
        for (i, first) in left.enumerated() {
            for (j, second) in right.enumerated() {
                switch hear(first, second, 0, scratch) {
                case .apart: return false
                case .bits(let bits):
                    guard i < Agglomeration.mostHeard, j < Agglomeration.mostHeard else { continue }
                    sum += bits
                    count += 1
                }
            }
        }
        return sum / count >= Double(least)
    }

    /// For each part of the side that may have many, the thing of the other side that it fits best.
    ///
    /// Such a part is one record, unless a person says that several are one. What a person or an id says
    /// holds whatever else speaks against it: where the other's duplicates speak against it, for that
    /// record alone.
    private func strongest(
        _ cross: [Agglomeration.Edge], _ parts: Parts, _ policy: AssignmentPolicy, _ least: Float,
        _ scratch: Scratch
    ) -> [(one: [Int], many: Int32)] {
        var best: [Int32: [Int]] = [:]
        let sorted = cross.sorted {
            if $0.rank != $1.rank { return $0.rank > $1.rank }
            if $0.bits != $1.bits { return $0.bits > $1.bits }
            return ($0.first, $0.second) < ($1.first, $1.second)
        }
        for edge in sorted {
            let (own, other) =
                policy == .oneToMany
                ? (parts.part[Int(edge.second)], edge.first)
                : (parts.part[Int(edge.first)], edge.second)
            guard best[own] == nil else { continue }
            let part = parts.part[Int(other)]
            if mayBeOne(parts.voices(part), parts.voices(own), least, scratch) {
                best[own] = parts[part]
            } else if edge.rank >= Self.explicitRank {
                best[own] = [Int(other)]
            }
        }
        return best.map { ($1, $0) }.sorted { ($0.one[0], $0.many) < ($1.one[0], $1.many) }
    }
}
