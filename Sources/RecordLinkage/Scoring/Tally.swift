import Foundation

/// What stands on each level of one comparison, by how probably the pairs match.
struct Tallies: Sendable {
    /// All candidate pairs.
    var all: Tally
    /// Those whose names agree.
    var given: Tally
    /// Random pairs that do not match.
    var random: [Double]

    init(_ levels: Int) {
        all = Tally(levels)
        given = Tally(levels)
        random = .init(repeating: 0, count: levels)
    }

    /// Counts candidate pairs, each as so many.
    ///
    /// Pairs are first summed by their cell, of which there are few.
    mutating func add(
        _ cells: [UInt16], _ width: Int, _ comparison: Int, _ beliefs: Estimation.Beliefs,
        _ context: NameContext, times: Double
    ) {
        let levels = random.count
        let cellCount = levels << 8
        let root = context.root
        var (match, other) = (
            [Double](repeating: 0, count: 2 * cellCount),
            [Double](repeating: 0, count: 2 * cellCount)
        )
        var counts = [Int](repeating: 0, count: 2 * cellCount)
        for (index, place) in beliefs.places.enumerated() {
            let start = Int(place) * width
            let cell = Int(cells[start + comparison])
            guard cell < cellCount else { continue }
            let isGiven = root.map { context.isGiven(cells[start + $0]) } ?? false
            let sum = isGiven ? cell + cellCount : cell
            match[sum] += beliefs.matching[index]
            other[sum] += beliefs.others[index]
            counts[sum] += 1
        }
        for sum in counts.indices where counts[sum] > 0 {
            let cell = UInt16(sum % cellCount)
            let (matching, others) = (times * match[sum], times * other[sum])
            let count = Int((times * Double(counts[sum])).rounded())
            all.add(cell, matching, others, count)
            if sum >= cellCount { given.add(cell, matching, others, count) }
        }
    }

    /// Counts random pairs.
    mutating func add(
        random cells: [UInt16], _ width: Int, _ comparison: Int, _ probabilities: [Double]
    ) {
        let levels = random.count
        var place = comparison
        for probability in probabilities {
            let level = Int(cells[place] >> 8)
            place += width
            if level < levels { random[level] += probability }
        }
    }
}

/// Sums over candidate pairs, by level.
struct Tally: Sendable {
    /// Matches expected.
    var match: [Double]
    /// Others expected.
    var other: [Double]
    /// Matches, each times the probability of its coincidence.
    var surprise: [Double]
    /// Pairs.
    var count: [Int]
    /// Matches and others by level and whole bits of information.
    private var binMatch: [Double]
    private var binOther: [Double]

    private static let bins = 32

    init(_ levels: Int) {
        match = .init(repeating: 0, count: levels)
        other = match
        surprise = match
        count = .init(repeating: 0, count: levels)
        binMatch = .init(repeating: 0, count: levels * Self.bins)
        binOther = binMatch
    }

    mutating func add(_ cell: UInt16, _ matching: Double, _ others: Double, _ pairs: Int) {
        let (level, information) = (Int(cell >> 8), Int(cell & 0xFF))
        match[level] += matching
        other[level] += others
        count[level] += pairs
        guard information != 255 else { return }
        surprise[level] += matching * Self.surprises[information]
        binMatch[level * Self.bins + information / 8] += matching
        binOther[level * Self.bins + information / 8] += others
    }

    /// The probability of a coincidence by its information.
    private static let surprises: [Double] = (0..<256).map { exp2(-Double($0) / 8) }

    /// So many pairs in a bin outweigh theory.
    private static let enoughPairs = 30.0

    /// How far the data depart from theory, by whole bits of information.
    ///
    /// Theory takes an agreement to be as improbable among non-matches as its value is rare. The
    /// data know better where values are shared for reasons: branches, chains, a name in fashion.
    func corrections(
        _ level: Int, _ scheme: LevelScheme, _ learnt: FittedModel.Level, matches: Double,
        others: Double
    ) -> [Double] {
        guard surprise[level] > 0, matches > 0 else { return [] }
        return (0..<Self.bins).map { bin in
            let (match, other) = (
                binMatch[level * Self.bins + bin], binOther[level * Self.bins + bin]
            )
            guard match + other > 0 else { return 0 }
            let bits = WeightTable.formula(learnt, scheme, bits: Double(bin) + 0.5)
            // Odds of the bin by theory and by count, the latter shrunk to the former.
            let expected = match / matches * exp2(-bits) * others
            let share = (match + other) / (match + other + Self.enoughPairs)
            let counted = share * other + (1 - share) * expected
            guard match > 0.5 else { return 0 }
            return min(6, max(-6, log2(max(expected, 1e-9) / max(counted, 1e-9))))
        }
    }
}
