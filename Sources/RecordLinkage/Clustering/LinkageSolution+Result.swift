internal import Foundation
internal import Records

extension LinkageSolution {
    /// Decides: joins records into things and writes links and clusters.
    ///
    /// - Returns: The result, and which records it holds to be one thing.
    func decide() -> (result: LinkageResult, grouping: Grouping) {
        var statistics = LinkageStatistics()
        statistics.leftRecords = prepared.records.leftCount
        statistics.rightRecords = prepared.records.rightCount
        statistics.blocking = candidates.statistics
        statistics.scoredPairs = candidates.pairs.count
        statistics.contradictedVerdicts = keys.contradicted
        statistics.learning = learning
        let least = Float(log2(options.threshold / (1 - options.threshold)))
        let leastReview = Float(
            log2(definition.zones.leastReview / (1 - definition.zones.leastReview)))
        let most = sides == nil ? 0 : Competition.Sides.mostAloneBits
        let edges = edges(least: min(least, leastReview) - most, &statistics)
        let grouping = group(edges, least: least)
        statistics.assignment = grouping.statistics
        var links: [Link] = []
        for part in Parallel.map(
            count: grouping.bundles.count, chunk: 1024, threads: options.threads,
            { linked(grouping.bundles[$0], grouping) })
        {
            links += part
        }
        links.sort { ($0.left, $0.right) < ($1.left, $1.right) }
        for link in links { statistics.linksByReason[link.reason.kind, default: 0] += 1 }
        var result = LinkageResult(
            links: links, leftClusters: clusters(grouping.leftClusters, grouping.joinBits),
            rightClusters: clusters(grouping.rightClusters, grouping.joinBits), model: model,
            statistics: statistics)
        let review = Review(links, grouping, edges, self, least: leastReview)
        result.matchThreshold = review.matchThreshold
        result.review = review.pairs
        result.statistics.linksToReview = review.pairs.count { $0.doubt != .justMissed }
        return (result, grouping)
    }

    /// The rank of an edge that an explicit id decided.
    static let explicitRank: UInt8 = 2

    /// Links of some things.
    private func linked(
        _ bundles: ArraySlice<Grouping.Bundle>, _ grouping: Grouping
    ) -> [Link] {
        let scratch = Scratch()
        return bundles.flatMap { links($0.left, $0.right, grouping, scratch) }
    }

    private func clusters(_ groups: [[Int]], _ joinBits: [Float]) -> [Cluster] {
        Parallel.map(count: groups.count, chunk: 1024, threads: options.threads) { range in
            let scratch = Scratch()
            return groups[range].map { cluster($0, joinBits, scratch) }
        }.flatMap { $0 }.sorted { $0.members[0].id < $1.members[0].id }
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

    private typealias Judged = (left: Int, right: Int, verdict: Verdict)

    /// The pair of a thing by which it is linked.
    func assigned(_ left: [Int], _ right: [Int], _ scratch: Scratch) -> (Int, Int) {
        let judged = judged(left, right, scratch)
        return Self.best(judged).map { (judged[$0].left, judged[$0].right) } ?? (-1, -1)
    }

    private func judged(_ left: [Int], _ right: [Int], _ scratch: Scratch) -> [Judged] {
        left.flatMap { first in right.map { (first, $0, judge(first, $0, scratch)) } }
    }

    private static func best(_ judged: [Judged]) -> Int? {
        judged.indices.max { a, b in
            let (x, y) = (judged[a], judged[b])
            if x.verdict.rank != y.verdict.rank { return x.verdict.rank < y.verdict.rank }
            if x.verdict.bits != y.verdict.bits { return x.verdict.bits < y.verdict.bits }
            return a > b
        }
    }

    private func links(
        _ left: [Int], _ right: [Int], _ grouping: Grouping, _ scratch: Scratch
    ) -> [Link] {
        let joinBits = grouping.joinBits
        let judged = judged(left, right, scratch)
        let best = Self.best(judged)
        func own(_ index: Int) -> Double {
            let (first, second, verdict) = judged[index]
            guard verdict.rank < 2 else { return 1 }
            return Self.probability(
                verdict.bits + grouping.competitionBits(first, second, verdict))
        }
        let assigned = best.map(own) ?? 0
        return judged.indices.map { index in
            let (first, second, verdict) = judged[index]
            let isAssigned = index == best
            // What follows is as sure as the link that it follows and the duplicates together.
            let followed =
                isAssigned
                ? 0 : assigned * Self.probability(min(joinBits[first], joinBits[second]))
            return Link(
                left: prepared.records[first].id, right: prepared.records[second].id,
                reason: isAssigned || verdict.rank >= 2
                    ? reason(first, second, verdict, scratch)
                    : LinkReason(.cluster, detail: evidence(first, second, scratch)),
                probability: max(own(index), followed), weightBits: Double(verdict.weight),
                isAssigned: isAssigned)
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
