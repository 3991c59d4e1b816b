internal import Foundation
public import Records

/// Where the line runs between links that stand by themselves and those that a person should see.
struct Review {
    /// Links of less than this probability are for review.
    private(set) var matchThreshold = 0.0
    /// What a person should look at, the least sure links and the likeliest misses included.
    private(set) var pairs: [ReviewPair] = []

    /// Sorts the decisions into zones.
    init(
        _ links: [Link], _ drafts: LinkageSolution.Drafts, _ grouping: Grouping,
        _ edges: [Agglomeration.Edge], _ solution: LinkageSolution, least: Float
    ) {
        matchThreshold = solution.definition.zones.matchThreshold(of: links.map(\.probability))
        let records = solution.prepared.records
        let boundary = records.leftCount
        for (link, draft) in zip(links, drafts.pairs) where link.reason.kind != .verdict {
            let isTied = link.isAssigned && grouping.ties[Int32(draft.left)] != nil
            guard isTied || link.probability < matchThreshold else { continue }
            pairs.append(
                ReviewPair(
                    left: link.left, right: link.right, probability: link.probability,
                    weightBits: link.weightBits, doubt: isTied ? .tied : .unsure))
        }
        var linked = [Bool](repeating: false, count: records.count)
        for bundle in grouping.bundles {
            for record in bundle.left { linked[record] = true }
            for record in bundle.right { linked[record] = true }
        }
        let isLinked = linked
        pairs += Parallel.map(
            count: edges.count, chunk: 1 << 15, threads: solution.options.threads
        ) { range in
            let scratch = Scratch()
            return edges[range].compactMap { edge -> ReviewPair? in
                let (first, second) = (Int(edge.first), Int(edge.second))
                // What one of them lost to a likelier counterpart of both is decided.
                guard first < boundary, second >= boundary, !isLinked[first] || !isLinked[second]
                else { return nil }
                let verdict = solution.judge(first, second, scratch)
                let bits = verdict.bits + grouping.competitionBits(first, second, verdict)
                guard bits >= least else { return nil }
                return ReviewPair(
                    left: records[first].id, right: records[second].id,
                    probability: LinkageSolution.probability(bits),
                    weightBits: Double(verdict.weight), doubt: .justMissed)
            }
        }.flatMap { $0 }
        pairs.sort { ($0.left, $0.right) < ($1.left, $1.right) }
    }
}

/// A pair of a left and a right record that a person should look at.
public struct ReviewPair: Hashable, Sendable {
    /// Why.
    public enum Doubt: String, Hashable, Sendable, Codable, CaseIterable {
        /// A link that is not sure enough to stand unseen.
        case unsure
        /// A link that another one would replace at no loss.
        case tied
        /// No link, but likely enough to be one; one of the two has no counterpart.
        case justMissed = "just_missed"
    }

    /// The left record.
    public var left: RecordID
    /// The right record.
    public var right: RecordID
    /// How probable it is that they are the same thing, 0 to 1.
    public var probability: Double
    /// The match weight in bits.
    public var weightBits: Double
    /// Why a person should look.
    public var doubt: Doubt
}
