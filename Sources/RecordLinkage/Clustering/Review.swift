internal import Foundation
internal import Records

extension LinkageResult {
    /// Draws the line between links that stand by themselves and those that a person should see, the
    /// likeliest misses included.
    init(_ decisions: Decisions, model: FittedModel, zones: DecisionZones) {
        self.init(
            links: decisions.links, leftClusters: decisions.leftGroups.map(\.cluster),
            rightClusters: decisions.rightGroups.map(\.cluster), model: model,
            statistics: decisions.statistics)
        let (probabilities, kinds) = (links.probabilities, links.kinds)
        matchThreshold = zones.matchThreshold(
            of: zip(probabilities, kinds).compactMap { $1.isOfModel ? $0 : nil })
        // Both by their records' numbers, which is the order of their ids.
        var missed = decisions.missed[...]
        for place in links.indices {
            let isTied = decisions.isTied[place]
            let isUnsure = kinds[place].isOfModel && probabilities[place] < matchThreshold
            guard isUnsure || isTied, kinds[place] != .verdict else { continue }
            let link = links[place]
            while let next = missed.first, next.number < decisions.linked[place] {
                review.append(next.pair)
                missed.removeFirst()
            }
            review.append(
                ReviewPair(
                    left: link.left, right: link.right, reason: link.reason,
                    probability: link.probability, weightBits: link.weightBits,
                    doubt: isTied ? .tied : .unsure))
        }
        statistics.linksToReview = review.count { $0.doubt != .justMissed }
        // Of all links: a run that decided some of them again counted only those.
        statistics.assignment.ties = review.count { $0.doubt == .tied }
        review += missed.map(\.pair)
    }
}

extension LinkageSolution {
    /// Pairs that are no links but likely enough to be, one of their records without a counterpart.
    func missed(
        _ grouping: Grouping, _ edges: [Agglomeration.Edge], least: Float
    ) -> [Decisions.Missed] {
        let records = prepared.records
        let boundary = records.leftCount
        var linked = [Bool](repeating: false, count: records.count)
        for bundle in grouping.bundles {
            for record in bundle.left { linked[record] = true }
            for record in bundle.right { linked[record] = true }
        }
        let isLinked = linked
        let missed = Parallel.map(
            count: edges.count, chunk: 1 << 15, threads: options.threads
        ) { range in
            let scratch = Scratch()
            var text: [UInt8] = []
            return edges[range].compactMap { edge -> Decisions.Missed? in
                let (first, second) = (Int(edge.first), Int(edge.second))
                // What one of them lost to a likelier counterpart of both is decided.
                guard first < boundary, second >= boundary, !isLinked[first] || !isLinked[second]
                else { return nil }
                let verdict = judge(first, second, scratch)
                let bits = verdict.bits + grouping.competitionBits(first, second, verdict)
                guard bits >= least else { return nil }
                let pair = ReviewPair(
                    left: records[first].id, right: records[second].id,
                    reason: reason(first, second, verdict, scratch, &text),
                    probability: Self.probability(bits), weightBits: Double(verdict.weight),
                    doubt: .justMissed)
                return Decisions.Missed(
                    number: UInt64(edge.first) << 32 | UInt64(edge.second), pair: pair)
            }
        }
        return missed.flatMap { $0 }.sorted { $0.number < $1.number }
    }
}
