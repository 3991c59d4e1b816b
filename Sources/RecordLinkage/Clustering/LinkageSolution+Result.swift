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
        let drafts = drafts(of: grouping.bundles)
        let links = links(drafts, grouping)
        for link in links { statistics.linksByReason[link.reason.kind, default: 0] += 1 }
        var result = LinkageResult(
            links: links, leftClusters: clusters(grouping.leftClusters, grouping.joinBits),
            rightClusters: clusters(grouping.rightClusters, grouping.joinBits), model: model,
            statistics: statistics)
        let review = Review(links, drafts, grouping, edges, self, least: leastReview)
        result.matchThreshold = review.matchThreshold
        result.review = review.pairs
        result.statistics.linksToReview = review.pairs.count { $0.doubt != .justMissed }
        return (result, grouping)
    }

    /// The rank of an edge that an explicit id decided.
    static let explicitRank: UInt8 = 2

    /// Clusters by their first members: records are in the order of their ids.
    private func clusters(_ groups: [[Int]], _ joinBits: [Float]) -> [Cluster] {
        let groups = groups.sorted { $0[0] < $1[0] }
        return Parallel.map(count: groups.count, chunk: 1024, threads: options.threads) { range in
            let scratch = Scratch()
            return groups[range].map { cluster($0, joinBits, scratch) }
        }.flatMap { $0 }
    }

    private func edges(
        least: Float, _ statistics: inout LinkageStatistics
    ) -> [Agglomeration.Edge] {
        struct Part: Sendable {
            var edges: [Agglomeration.Edge] = []
            var decided = 0
            var distinct = 0
            /// Takes what is fetched, so that it is not left out as useless.
            var fetched: UInt32 = 0
        }
        let width = prepared.comparisons.count
        let parts = Parallel.map(
            count: candidates.pairs.count, chunk: 32768, threads: options.threads
        ) { range in
            var part = Part()
            var fetched: UInt32 = 0
            vectors.cells.withUnsafeBufferPointer { cells in
                for index in range {
                    if index & 63 == 0 {
                        for pair in candidates.pairs[index..<min(index + 64, range.upperBound)] {
                            fetched &+= keys.fetch(Int(pair & 0xFFFF_FFFF))
                        }
                    }
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
            part.fetched = fetched
            return part
        }
        statistics.decidedPairs = parts.reduce(0) { $0 + $1.decided }
        statistics.distinctPairs = parts.reduce(0) { $0 + $1.distinct }
        return parts.flatMap(\.edges)
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
        var text: [UInt8] = []
        return Cluster(
            members: members, reason: reason(first, second, verdict, scratch, &text))
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
