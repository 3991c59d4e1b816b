internal import Foundation
internal import Records

extension LinkageSolution {
    /// Decides: joins records into things and writes links and clusters.
    func result() -> LinkageResult {
        var statistics = LinkageStatistics()
        statistics.leftRecords = prepared.records.leftCount
        statistics.rightRecords = prepared.records.rightCount
        statistics.blocking = candidates.statistics
        statistics.scoredPairs = candidates.pairs.count
        let least = Float(log2(options.threshold / (1 - options.threshold)))
        var agglomeration = Agglomeration(count: prepared.records.count)
        let edges = edges(least: least, &statistics)
        let scratch = Scratch()
        agglomeration.join(
            edges, least: Double(least), isAllowed: isAllowed
        ) { first, second, rank in
            let verdict = judge(first, second, scratch)
            switch verdict.decision {
            case .verdict(false), .distinct: return .apart
            default: break
            }
            if rank == Self.explicitRank, isDoubleClaim(first, second, verdict) { return .apart }
            return .bits(Double(max(-Self.mostBits, min(Self.mostBits, verdict.bits))))
        }
        var (links, leftClusters, rightClusters) = ([Link](), [Cluster](), [Cluster]())
        let (groups, joinBits) = (agglomeration.groups, agglomeration.joinBits)
        for part in Parallel.map(
            count: groups.count, chunk: 1024, threads: options.threads,
            { decided(groups[$0], joinBits) })
        {
            links += part.links
            leftClusters += part.leftClusters
            rightClusters += part.rightClusters
        }
        links.sort { ($0.left, $0.right) < ($1.left, $1.right) }
        leftClusters.sort { $0.members[0].id < $1.members[0].id }
        rightClusters.sort { $0.members[0].id < $1.members[0].id }
        for link in links { statistics.linksByReason[link.reason.kind, default: 0] += 1 }
        return LinkageResult(
            links: links, leftClusters: leftClusters, rightClusters: rightClusters, model: model,
            statistics: statistics)
    }

    /// The rank of an edge that an explicit id decided.
    private static let explicitRank: UInt8 = 2

    private struct Decided: Sendable {
        var links: [Link] = []
        var leftClusters: [Cluster] = []
        var rightClusters: [Cluster] = []
    }

    /// Links and clusters of some groups.
    private func decided(_ groups: ArraySlice<[Int]>, _ joinBits: [Float]) -> Decided {
        let boundary = prepared.records.leftCount
        let scratch = Scratch()
        var decided = Decided()
        for group in groups {
            let left = group.filter { $0 < boundary }
            let right = group.filter { $0 >= boundary }
            decided.links += links(left, right, joinBits, scratch)
            if left.count > 1 { decided.leftClusters.append(cluster(left, joinBits, scratch)) }
            if right.count > 1 { decided.rightClusters.append(cluster(right, joinBits, scratch)) }
        }
        return decided
    }

    /// One record of each side at most, when the sources are said to have no duplicates.
    private func isAllowed(_ first: [Int32], _ second: [Int32]) -> Bool {
        guard options.isOneToOne else { return true }
        let boundary = Int32(prepared.records.leftCount)
        let left = first.count { $0 < boundary } + second.count { $0 < boundary }
        let right = first.count + second.count - left
        return left <= 1 && right <= 1
    }

    private func edges(
        least: Float, _ statistics: inout LinkageStatistics
    ) -> [Agglomeration.Edge] {
        struct Part: Sendable {
            var edges: [Agglomeration.Edge] = []
            var decided = 0
            var distinct = 0
        }
        let width = prepared.comparisons.count
        let parts = Parallel.map(
            count: candidates.pairs.count, chunk: 32768, threads: options.threads
        ) { range in
            var part = Part()
            vectors.cells.withUnsafeBufferPointer { cells in
                for index in range {
                    let pair = candidates.pairs[index]
                    let (first, second) = (Int(pair >> 32), Int(pair & 0xFFFF_FFFF))
                    let verdict = judge(first, second, cells[index * width..<(index + 1) * width])
                    var rank: UInt8 = 0
                    switch verdict.decision {
                    case .verdict(true): rank = 3
                    case .explicit: rank = Self.explicitRank
                    case .rule: rank = 1
                    case .distinct, .verdict(false): part.distinct += 1
                    case nil: break
                    }
                    if rank > 0 { part.decided += 1 }
                    guard verdict.bits >= least else { continue }
                    part.edges.append(
                        Agglomeration.Edge(
                            first: UInt32(first), second: UInt32(second), bits: verdict.bits,
                            rank: rank))
                }
            }
            return part
        }
        statistics.decidedPairs = parts.reduce(0) { $0 + $1.decided }
        statistics.distinctPairs = parts.reduce(0) { $0 + $1.distinct }
        return parts.flatMap(\.edges)
    }

    private func links(
        _ left: [Int], _ right: [Int], _ joinBits: [Float], _ scratch: Scratch
    ) -> [Link] {
        guard !left.isEmpty, !right.isEmpty else { return [] }
        var judged: [(left: Int, right: Int, verdict: Verdict)] = []
        for first in left {
            for second in right { judged.append((first, second, judge(first, second, scratch))) }
        }
        let best = judged.indices.max { a, b in
            let (x, y) = (judged[a], judged[b])
            if x.verdict.rank != y.verdict.rank { return x.verdict.rank < y.verdict.rank }
            if x.verdict.bits != y.verdict.bits { return x.verdict.bits < y.verdict.bits }
            return a > b
        }
        return judged.indices.map { index in
            let (first, second, verdict) = judged[index]
            let isAssigned = index == best
            let bits =
                isAssigned
                ? verdict.bits : max(verdict.bits, min(joinBits[first], joinBits[second]))
            return Link(
                left: prepared.records[first].id, right: prepared.records[second].id,
                reason: isAssigned || verdict.rank >= 2
                    ? reason(first, second, verdict, scratch)
                    : LinkReason(.cluster, detail: evidence(first, second, scratch)),
                probability: verdict.rank >= 2 ? 1 : Self.probability(bits),
                weightBits: Double(verdict.weight), isAssigned: isAssigned)
        }
    }

    private func cluster(_ records: [Int], _ joinBits: [Float], _ scratch: Scratch) -> Cluster {
        var strongest = [Float](repeating: -.infinity, count: records.count)
        var (best, bestPair) = (-Float.infinity, (0, 1))
        for first in records.indices.prefix(40) {
            for second in records.indices.prefix(40) where first < second {
                let bits = judge(records[first], records[second], scratch).bits
                strongest[first] = max(strongest[first], bits)
                strongest[second] = max(strongest[second], bits)
                if bits > best { (best, bestPair) = (bits, (first, second)) }
            }
        }
        let members = records.indices.map { index in
            // Two duplicates may be known through the other side only.
            let bits = max(strongest[index], min(joinBits[records[index]], Self.mostBits))
            return Cluster.Member(
                id: prepared.records[records[index]].id, probability: Self.probability(bits))
        }
        let (first, second) = (records[bestPair.0], records[bestPair.1])
        let verdict = judge(first, second, scratch)
        return Cluster(members: members, reason: reason(first, second, verdict, scratch))
    }

    private func reason(
        _ first: Int, _ second: Int, _ verdict: Verdict, _ scratch: Scratch
    ) -> LinkReason {
        switch verdict.decision {
        case .verdict: LinkReason(.verdict, detail: "")
        case .explicit(let field): LinkReason(.explicitID, detail: field)
        case .rule(let index): LinkReason(.rule, detail: keys.ruleName(index))
        default: LinkReason(.model, detail: evidence(first, second, scratch))
        }
    }

    /// `name ≈ +9.1; phone = +11.3; kpp ≠ −2.0`, the strongest first.
    private func evidence(_ first: Int, _ second: Int, _ scratch: Scratch) -> String {
        var cells: [UInt16] = []
        prepared.appendVector(min(first, second), max(first, second), scratch, to: &cells)
        var parts: [(bits: Float, text: String)] = []
        for (index, cell) in cells.enumerated() where cell >> 8 != 255 {
            let bits = cells.withUnsafeBufferPointer { weights.weight(index, in: $0[...]) }
            let comparison = prepared.comparisons[index]
            let sign = comparison.levels[Int(cell >> 8)].sign
            parts.append((bits, "\(comparison.name) \(sign) \(Self.signed(bits))"))
        }
        return parts.sorted { abs($0.bits) > abs($1.bits) }.map(\.text).joined(separator: "; ")
    }

    /// One place after the point, with a sign.
    static func signed(_ bits: Float) -> String {
        let tenths = Int((abs(bits) * 10).rounded())
        return "\(bits < 0 ? "−" : "+")\(tenths / 10).\(tenths % 10)"
    }
}

extension LinkageSolution.Verdict {
    /// Decisions of persons before explicit ids before rules before the model.
    var rank: Int {
        switch decision {
        case .verdict(true): 3
        case .explicit: 2
        case .rule: 1
        default: 0
        }
    }
}
