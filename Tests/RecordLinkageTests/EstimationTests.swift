@testable import RecordLinkage
import Foundation
import Testing

@Suite("Estimation")
struct EstimationTests {
    @Test("finds about the shares that the data were drawn from", arguments: [1, 2] as [UInt64])
    func recovers(seed: UInt64) {
        let evidence = PlantedEvidence(count: 1_200, matches: 900, seed: seed)
        let model = evidence.fit(isBlocked: [true, true, true, false])
        #expect(model.hasConverged)
        for (planted, learnt) in zip(evidence.comparisons, model.comparisons) {
            for level in planted.m.indices {
                #expect(abs(learnt.levels[level].m - planted.m[level]) < 0.06)
                // Of a hundred draws the logarithm of the share errs by 0.14 bits, of thirty by 0.26.
                let draws = planted.u[level] * 0.95 * Double(PlantedEvidence.randomPairs)
                let error = abs(log2(learnt.levels[level].u / planted.u[level]))
                #expect(error < (draws > 100 ? 0.5 : 1), "\(planted.name) \(level)")
                if planted.m[level] * 0.95 * 900 > 100 {
                    #expect(abs(log2(learnt.levels[level].m / planted.m[level])) < 0.5)
                }
                // Rare levels are seen a few dozen times only.
                let weight = log2(planted.m[level] / planted.u[level])
                #expect(abs(learnt.levels[level].weightBits - weight) < 1.5)
            }
        }
        // Matches of little evidence stay in doubt, so that some are not counted.
        let found = model.prior * evidence.pairs.possible
        #expect(abs(found - 900) < 120)
    }

    @Test("what is too rare among random pairs is learnt from all that blocking found")
    func rare() {
        // Eight of the random pairs agree by chance, which tells within half a bit; of the candidates some
        // 270, which tell within 0.09 bits.
        let evidence = PlantedEvidence(
            count: 1_200, matches: 900, sameNumber: 0.0002, seed: 10)
        let number = evidence.fit(isBlocked: [true, true, true, false]).comparisons[1].levels[0]
        #expect(abs(log2(number.u / 0.0002)) < 0.4)
        #expect(abs(log2(number.m / 0.9)) < 0.2)
    }

    @Test("the shares of a comparison sum to one")
    func sums() {
        for comparison in PlantedEvidence(count: 200, matches: 100, seed: 3).fit().comparisons {
            #expect(abs(comparison.levels.reduce(0) { $0 + $1.m } - 1) < 1e-9)
            #expect(abs(comparison.levels.reduce(0) { $0 + $1.u } - 1) < 1e-9)
            #expect(
                comparison.levels.map(\.weightBits)
                    == comparison.levels.map(\.weightBits).sorted(by: >))
        }
    }

    @Test("finds next to no matches where there are none")
    func noMatches() {
        let evidence = PlantedEvidence(count: 800, matches: 0, seed: 4)
        let found = evidence.fit().prior * evidence.pairs.possible
        #expect(found < 40)
    }

    @Test("candidates of one record compete: of two that look the same only one is counted")
    func competition() {
        let evidence = PlantedEvidence(count: 400, matches: 300, seed: 8)
        let single = evidence.fit()
        let doubled = evidence.fit { pairs in
            // Every candidate stands twice, the second time with a neighbour of the right record.
            let cells = pairs.vectors.cells
            pairs.vectors.cells = stride(from: 0, to: cells.count, by: 4).flatMap {
                cells[$0..<$0 + 4] + cells[$0..<$0 + 4]
            }
            pairs.pairs = pairs.pairs.flatMap { [$0, ($0 & 0xFFFF_FFFF) == 799 ? $0 - 1 : $0 + 1] }
        }
        let scale = evidence.pairs.possible
        #expect(single.prior * scale > 250)
        #expect(doubled.prior * scale < 1.3 * single.prior * scale)
    }

    @Test("known pairs keep their labels, whatever speaks against them")
    func labels() throws {
        let evidence = PlantedEvidence(count: 400, matches: 300, seed: 5)
        let free = evidence.fit()
        // People say of each third match that it is none: less is found.
        let matching = evidence.pairs.pairs.indices.filter { index in
            let pair = evidence.pairs.pairs[index]
            return pair >> 32 == pair & 0xFFFF_FFFF - 400 && pair >> 32 < 300
        }
        #expect(matching.count > 290)
        let bound = evidence.fit { pairs in
            for index in matching where index % 3 == 0 { pairs.labels[index] = 0 }
        }
        let denied = matching.count { $0 % 3 == 0 }
        let difference = (free.prior - bound.prior) * evidence.pairs.possible
        #expect(abs(difference - Double(denied)) < 30)
    }

    @Test("the same pairs in another order teach the same")
    func order() {
        let evidence = PlantedEvidence(count: 300, matches: 200, seed: 6)
        let (model, turned) = (evidence.fit(), evidence.fit { $0 = $0.reversed(width: 4) })
        for (first, second) in zip(model.comparisons, turned.comparisons) {
            for (a, b) in zip(first.levels, second.levels) {
                #expect(abs(a.m - b.m) < 1e-6 && abs(a.u - b.u) < 1e-6)
            }
        }
    }

    @Test("what is no rival of a counted pair may be left out: it teaches nothing")
    func strangers() throws {
        let evidence = PlantedEvidence(count: 2_000, matches: 1_500, seed: 9)
        /// Counts the pairs of each third left record, as a sample of ids does.
        func sample(_ pairs: inout Estimation.Pairs) {
            let contending = pairs.pairs.indices.map { UInt32($0) }
            let counted = contending.filter { pairs.pairs[Int($0)] >> 32 % 3 == 0 }
            pairs.share = Double(counted.count) / Double(contending.count)
            (pairs.contending, pairs.counted) = (contending, counted)
        }
        var contending = 0
        let all = evidence.fit { sample(&$0) }
        let some = evidence.fit { pairs in
            sample(&pairs)
            pairs.leaveOutStrangers(records: 4_000)
            contending = pairs.contending?.count ?? 0
        }
        #expect(contending < evidence.pairs.pairs.count)
        // The number of matches comes from a third of them, and moves the rest as far as it differs.
        #expect(abs(log2(some.prior / all.prior)) < 0.1)
        for (first, second) in zip(all.comparisons, some.comparisons) {
            for (a, b) in zip(first.levels, second.levels) {
                #expect(abs(a.m - b.m) < 0.003 && abs(a.u - b.u) < 0.001)
            }
        }
        // Where all are counted nothing is left out, and nothing differs.
        let whole = evidence.fit { pairs in
            pairs.contending = pairs.pairs.indices.map { UInt32($0) }
            pairs.counted = pairs.contending
            pairs.leaveOutStrangers(records: 4_000)
        }
        #expect(whole.comparisons == evidence.fit().comparisons)
    }

    @Test("nothing to learn from gives a model all the same")
    func nothing() {
        let model = PlantedEvidence(count: 1, matches: 0, seed: 7).fit {
            $0.pairs = []
            $0.vectors = PairVectors(cells: [], width: 4)
        }
        for level in model.comparisons.flatMap(\.levels) {
            #expect(level.weightBits.isFinite && level.m > 0 && level.u > 0)
        }
        #expect(model.prior > 0 && model.prior <= 0.5)
    }
}

extension Estimation.Pairs {
    fileprivate func reversed(width: Int) -> Self {
        var turned = self
        turned.pairs = pairs.reversed()
        turned.vectors = PairVectors(
            cells: stride(from: vectors.cells.count - width, through: 0, by: -width)
                .flatMap { vectors.cells[$0..<$0 + width] }, width: width)
        return turned
    }
}
