internal import Foundation

/// How much the rivals of a pair change its odds.
///
/// Weights know a pair by itself. That a record has at most one counterpart says more: what another
/// surely has cannot be one's own, and what nobody else wants is likelier than it looks, as most
/// records have a counterpart. Pairs across the sides are a matching in which each pair contributes
/// its odds as a factor; the probability of a pair in it is found by passing messages, which is exact
/// where pairs form no circles.
///
/// Source: B. Huang and T. Jebara, *Approximating the permanent with belief propagation*, 2009,
/// <https://arxiv.org/abs/0908.1769>.
struct Competition: Sendable {
    /// What is known of the two sides, all from the model.
    struct Sides: Sendable {
        var leftRecords: Double
        var rightRecords: Double
        /// How many matches there are, by the model.
        var matches: Double
        /// How much likelier a further left record is a duplicate of one that has its counterpart
        /// than the counterpart of a right record, 0 to 1; the same for the right.
        var leftDuplicates: Double
        var rightDuplicates: Double

        init(_ model: FittedModel, hasDuplicates: Bool) {
            leftRecords = Double(max(1, model.leftRecords))
            rightRecords = Double(max(1, model.rightRecords))
            matches = model.prior * leftRecords * rightRecords
            func duplicates(_ prior: Double) -> Double {
                hasDuplicates ? min(1, prior / model.prior) : 0
            }
            leftDuplicates = duplicates(model.leftPrior)
            rightDuplicates = duplicates(model.rightPrior)
        }

        /// The share of records that have no counterpart among the candidates.
        func alone(matches: Double) -> Alone {
            func share(_ records: Double) -> Double { 1 - Self.seen * min(1, matches / records) }
            return Alone(left: share(leftRecords), right: share(rightRecords))
        }

        /// Of the counterparts that there are, so many are among the candidates, more or less: one
        /// that is not leaves its record alone.
        private static let seen = 0.95
        /// The most that there being nothing else for both its records adds to a pair, in bits.
        static let mostAloneBits = Float(-2 * log2(1 - seen))
    }

    /// The shares of records that have no counterpart among the candidates, 0 to 1.
    struct Alone: Hashable, Sendable, Codable {
        var left: Double
        var right: Double

        /// How much likelier a pair is when nothing else is left for both its records, in bits.
        var bits: Float { Float(-log2(left * right)) }

        /// Rivals that are so much less likely than the least that anybody sees, in bits, are left out:
        /// all of them together change next to nothing, and hang together what has nothing in common.
        static let marginBits: Float = 1

        /// The least evidence of a rival.
        func leastRival(leastSeen: Float) -> Float { leastSeen - (bits + Self.marginBits) }
    }

    /// Pairs of a left and a right part, in order.
    private var pairs: [UInt64] = []
    private var shifts: [Float] = []
    /// Where the pairs of each left part stand; `nil` when there are none.
    private var places: PairPlaces?
    /// How much likelier a pair is when nothing else is left for both its records, in bits.
    var aloneBits: Float { alone.bits }
    /// Who has no counterpart.
    private(set) var alone = Alone(left: 1, right: 1)

    private static let rounds = 4

    /// No pair has rivals.
    init() {}

    /// Weighs rivals.
    ///
    /// - Parameters:
    ///   - edges: Pairs of records across the sides, in any order.
    ///   - part: The part of each record: its duplicates are no rivals of it.
    ///   - sides: What is known of the sides.
    ///   - known: How many have no counterpart, where it is known; counted otherwise.
    ///   - leastSeen: The least evidence of a pair that anybody is to see, in bits.
    ///   - threads: How many threads may work.
    init(
        _ edges: [Agglomeration.Edge], part: [Int32], _ sides: Sides, known: Alone? = nil,
        leastSeen: Float = -.infinity, threads: Int = 1
    ) {
        var found = edges.map { edge in
            (
                pair: Self.pair(part[Int(edge.first)], part[Int(edge.second)]),
                bits: edge.bits
            )
        }
        found.sort { $0.pair != $1.pair ? $0.pair < $1.pair : $0.bits > $1.bits }
        var bits: [Float] = []
        for (pair, own) in found where pairs.last != pair {
            pairs.append(pair)
            bits.append(own)
        }
        alone = known ?? counted(bits, sides, records: part.count, threads: threads)
        let leastRival = alone.leastRival(leastSeen: leastSeen)
        let kept = bits.indices.filter { bits[$0] >= leastRival }
        pairs = kept.map { pairs[$0] }
        places = PairPlaces(pairs, records: part.count)
        let free = messages(
            odds(kept.map { bits[$0] }), records: part.count, threads: threads)
        // A record that has its counterpart can have a duplicate of that as well.
        func factor(_ free: Double, _ duplicates: Double) -> Double {
            free + (1 - free) * duplicates
        }
        let duplicates = (
            left: sides.leftDuplicates * alone.right, right: sides.rightDuplicates * alone.left
        )
        let aloneBits = aloneBits
        shifts = pairs.indices.map { place in
            let product =
                factor(free.left[place], duplicates.right)
                * factor(free.right[place], duplicates.left)
            return aloneBits + Float(log2(max(1e-12, product)))
        }
    }

    /// Counts who has no counterpart: the better rivals are weighed, the better that is known.
    private func counted(
        _ bits: [Float], _ sides: Sides, records: Int, threads: Int
    ) -> Alone {
        var (matches, weighed) = (sides.matches, Competition())
        weighed.pairs = pairs
        for count in 1...Self.counts {
            weighed.alone = sides.alone(matches: matches)
            if count == Self.counts { break }
            let odds = weighed.odds(bits)
            let free = weighed.messages(odds, records: records, threads: threads)
            matches = odds.indices.reduce(0) { sum, place in
                let own = odds[place] * free.left[place] * free.right[place]
                return sum + own / (1 + own)
            }
        }
        return weighed.alone
    }

    private func odds(_ bits: [Float]) -> [Double] {
        let aloneBits = aloneBits
        return bits.map { exp2(Double(min(Self.mostBits, $0 + aloneBits))) }
    }

    private static let counts = 3
    private static let mostBits: Float = 40

    private static func pair(_ left: Int32, _ right: Int32) -> UInt64 {
        UInt64(left) << 32 | UInt64(right)
    }

    /// How free the left part of each pair is of its other pairs, and the right one, 0 to 1.
    private func messages(
        _ odds: [Double], records: Int, threads: Int
    ) -> (left: [Double], right: [Double]) {
        var (left, right) = (
            [Double](repeating: 1, count: odds.count), [Double](repeating: 1, count: odds.count)
        )
        for _ in 0..<Self.rounds {
            // Neither side reads what the other writes in a round.
            let (lastLeft, lastRight) = (left, right)
            let sides = Parallel.map(count: 2, chunk: 1, threads: threads) { range in
                range.lowerBound == 0
                    ? freed(by: lastRight, odds, records: records, shift: 32)
                    : freed(by: lastLeft, odds, records: records, shift: 0)
            }
            (left, right) = (sides[0], sides[1])
        }
        return (left, right)
    }

    private func freed(
        by other: [Double], _ odds: [Double], records: Int, shift: UInt64
    ) -> [Double] {
        var sums = [Double](repeating: 0, count: records)
        for (place, pair) in pairs.enumerated() {
            sums[Int(pair >> shift & 0xFFFF_FFFF)] += odds[place] * other[place]
        }
        return pairs.indices.map { place in
            let rivals =
                sums[Int(pairs[place] >> shift & 0xFFFF_FFFF)] - odds[place] * other[place]
            return 1 / (1 + max(0, rivals))
        }
    }

    /// What the rivals of a pair of parts add to its log odds, in bits; 0 where it is no candidate.
    func bits(_ first: Int32, _ second: Int32) -> Float {
        // Left records have the lower numbers.
        let pair = Self.pair(min(first, second), max(first, second))
        return places?.place(of: pair, in: pairs).map { shifts[$0] } ?? 0
    }
}
