internal import Foundation
internal import Records

extension LinkageSolution {
    /// Decides: joins records into things and writes links and clusters.
    ///
    /// - Returns: The result, and which records it holds to be one thing.
    func decide() -> (result: LinkageResult, grouping: Grouping) {
        let decisions = decisions()
        return (
            LinkageResult(decisions, model: model, zones: definition.zones), decisions.grouping
        )
    }

    /// What is decided, before the line between links that stand and those for review is drawn.
    func decisions() -> Decisions {
        var decisions = Decisions()
        decisions.statistics.leftRecords = prepared.records.leftCount
        decisions.statistics.rightRecords = prepared.records.rightCount
        decisions.statistics.blocking = candidates.statistics
        decisions.statistics.scoredPairs = candidates.pairs.count
        decisions.statistics.tiedRecords = candidates.tiedRecords
        decisions.statistics.contradictedVerdicts = keys.contradicted
        decisions.statistics.unconcludedVerdicts = keys.unconcluded
        decisions.statistics.unknownVerdicts = keys.unknownVerdicts
        decisions.statistics.commonValues = keys.commonValues
        decisions.statistics.appliedLimits = prepared.columns.appliedLimits
        decisions.statistics.learning = learning
        let least = Float(log2(options.threshold / (1 - options.threshold)))
        let leastReview = Float(
            log2(definition.zones.leastReview / (1 - definition.zones.leastReview)))
        let edges = edges(least: leastEvidence, &decisions.statistics)
        let grouping = group(edges, least: least)
        decisions.statistics.assignment = grouping.statistics
        decisions.statistics.variedGroups = grouping.variedGroups
        let drafts = drafts(of: grouping.bundles)
        decisions.links = LinkList(links(drafts, grouping))
        decisions.linked = drafts.pairs.map { UInt64($0.left) << 32 | UInt64($0.right) }
        decisions.isTied = drafts.pairs.map {
            // Ties are those of a part, which is linked by any of its records.
            $0.isAssigned && grouping.ties[grouping.part[Int($0.left)]] != nil
        }
        decisions.leftGroups = clusters(grouping.leftClusters, grouping.joinBits)
        decisions.rightGroups = clusters(grouping.rightClusters, grouping.joinBits)
        decisions.missed = missed(grouping, edges, least: leastReview)
        decisions.grouping = grouping
        let across =
            sides == nil ? leastSeen : grouping.competition.alone.leastRival(leastSeen: leastSeen)
        decisions.components = Components(prepared.records.count)
        for edge in edges where isEvidence(edge, across: across, within: least) {
            decisions.components.join(edge.first, edge.second)
        }
        return decisions
    }

    /// The least evidence of a pair across the sides that anybody is to see, in bits.
    var leastSeen: Float {
        let least = Float(log2(options.threshold / (1 - options.threshold)))
        let leastReview = definition.zones.leastReview
        return min(least - Self.halfBits, Float(log2(leastReview / (1 - leastReview))))
    }

    /// The least evidence that counts: rivals change what the evidence of a pair is worth.
    private var leastEvidence: Float {
        guard sides != nil else { return leastSeen }
        // How far is not known before they are weighed; a little further for what rounding takes.
        return alone?.leastRival(leastSeen: leastSeen)
            ?? leastSeen - Competition.Sides.mostAloneBits - Competition.Alone.marginBits - 0.01
    }

    /// The pairs by which records hang together: what is decided about some of them depends on them all.
    func evidence() -> [Agglomeration.Edge] {
        var statistics = LinkageStatistics()
        let least = Float(log2(options.threshold / (1 - options.threshold)))
        return edges(least: leastEvidence, &statistics).filter {
            isEvidence($0, across: leastEvidence, within: least)
        }
    }

    private func isEvidence(_ edge: Agglomeration.Edge, across: Float, within: Float) -> Bool {
        let boundary = UInt32(prepared.records.leftCount)
        let crosses = edge.first < boundary && edge.second >= boundary
        return edge.rank > 0 || edge.bits >= (crosses ? across : within)
    }

    /// The rank of an edge that an explicit id decided.
    static let explicitRank: UInt8 = 2

    /// Clusters by their first members: records are in the order of their ids.
    private func clusters(_ groups: [[Int]], _ joinBits: [Float]) -> [Decisions.Grouped] {
        let groups = groups.sorted { $0[0] < $1[0] }
        return Parallel.map(count: groups.count, chunk: 1024, threads: options.threads) { range in
            let scratch = Scratch()
            return groups[range].map { group in
                Decisions.Grouped(
                    members: group.map { UInt32($0) }, cluster: cluster(group, joinBits, scratch))
            }
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
                    case .distinct, .verdict(false):
                        // Never an edge, however little is asked of one.
                        part.distinct += 1
                        continue
                    case nil: break
                    }
                    if rank > 0 { part.decided += 1 }
                    guard rank >= Self.explicitRank || verdict.bits >= least else { continue }
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
