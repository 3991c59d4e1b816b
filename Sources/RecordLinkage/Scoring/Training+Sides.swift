internal import Foundation
internal import Records

extension Training {
    /// How probable duplicates and relatives are within each side: the same evidence, other priors.
    func fitSidePriors(_ model: inout FittedModel) {
        let tables = Tables(
            weights: WeightTable(model, prepared.comparisons),
            relatives: RelativesTable(model.relatives))
        guard !isSingle else {
            // Duplicates of one record do not compete, as they did while levels were learnt.
            let priors = sidePriors(tables, Double(prepared.records.leftCount)) { _ in true }
            (model.prior, model.leftPrior, model.rightPrior) = (
                priors.match, priors.match, priors.match
            )
            model.relatives?.prior = priors.relatives
            model.relatives?.leftPrior = priors.relatives
            model.relatives?.rightPrior = priors.relatives
            return
        }
        let boundary = UInt64(prepared.records.leftCount)
        let left = sidePriors(tables, Double(prepared.records.leftCount)) { pair in
            pair & 0xFFFF_FFFF < boundary
        }
        let right = sidePriors(tables, Double(prepared.records.rightCount)) { pair in
            pair >> 32 >= boundary
        }
        (model.leftPrior, model.rightPrior) = (left.match, right.match)
        model.relatives?.leftPrior = left.relatives
        model.relatives?.rightPrior = right.relatives
    }

    private struct Tables: Sendable {
        var weights: WeightTable
        var relatives: RelativesTable?
    }

    /// The pairs of a side that speak for something.
    private struct Evidence: Sendable {
        /// Weight as a match, and as relatives, in bits.
        var pairs: [(match: Float, relatives: Float)] = []
        /// How many are known to be duplicates, and to be relatives.
        var duplicates = 0.0
        var related = 0.0
    }

    private func sidePriors(
        _ tables: Tables, _ count: Double, where isWithin: @Sendable (UInt64) -> Bool
    ) -> (match: Double, relatives: Double) {
        let possible = max(1, count * (count - 1) / 2)
        let parts = Parallel.map(
            count: candidates.pairs.count, chunk: 65536, threads: options.threads
        ) { evidence($0, tables, where: isWithin) }
        let pairs = parts.flatMap(\.pairs)
        let duplicates = parts.reduce(0) { $0 + $1.duplicates }
        let related = parts.reduce(0) { $0 + $1.related }
        var match = 0.02 * count / possible
        var relatives = max(0.5, related) / possible
        for _ in 0..<10 {
            let shift = Float(log2(match / (1 - match)))
            let relativesShift = Float(log2(relatives / (1 - relatives)))
            var expected = (match: duplicates, relatives: related)
            for pair in pairs {
                let odds = exp2(Double(min(60, pair.match + shift)))
                let relativesOdds =
                    tables.relatives == nil
                    ? 0 : exp2(Double(min(60, pair.relatives + relativesShift)))
                expected.match += odds / (1 + odds + relativesOdds)
                expected.relatives += relativesOdds / (1 + odds + relativesOdds)
            }
            // Never none: a source without duplicates today may have one tomorrow.
            match = min((isSingle ? 4 : 0.25) * count, max(0.5, expected.match)) / possible
            relatives = min(0.25 * possible, max(0.5, expected.relatives)) / possible
        }
        return (min(0.5, match), min(0.5, relatives))
    }

    private func evidence(
        _ range: Range<Int>, _ tables: Tables, where isWithin: (UInt64) -> Bool
    ) -> Evidence {
        var evidence = Evidence()
        let width = prepared.comparisons.count
        vectors.cells.withUnsafeBufferPointer { cells in
            for index in range {
                let pair = candidates.pairs[index]
                guard isWithin(pair) else { continue }
                let own = cells[index * width..<(index + 1) * width]
                let weight = tables.weights.weight(own)
                let (first, second) = (Int(pair >> 32), Int(pair & 0xFFFF_FFFF))
                // A pair against which all speaks adds nothing to what is expected.
                guard weight > 0 else { continue }
                let decision = keys.decision(first, second, otherWeights: { _ in [] })
                switch keys.pairClass(first, second, decision) {
                case .relatives: evidence.related += 1
                case .match: evidence.duplicates += 1
                case .apart: continue
                case .unknown:
                    let surplus = tables.relatives?.surplus(own) ?? 0
                    evidence.pairs.append((weight, weight + surplus))
                }
            }
        }
        return evidence
    }
}
