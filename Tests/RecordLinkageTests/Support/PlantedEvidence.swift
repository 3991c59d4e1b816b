@testable import RecordLinkage
import TestSupport

/// A comparison of which only the levels matter: its cells are drawn, not compared.
struct PlantedComparison: PreparedComparison {
    var name: String
    /// The share of each level among matches.
    var m: [Double]
    /// The share of each level among other pairs.
    var u: [Double]

    var levels: [LevelScheme] {
        // What is expected beforehand is the same for all, so that nothing is given away.
        [
            LevelScheme("exact", "=", expected: 0.7), LevelScheme("similar", "≈", expected: 0.2),
            LevelScheme("different", "≠", expected: 0.1),
        ]
    }

    func compare(_ first: Int, _ second: Int, _ scratch: Scratch) -> Outcome { .missing }
    func normalizedText(_ record: Int) -> String { "" }

    /// The cell of a pair, drawn by the shares; sometimes without evidence.
    func cell(isMatch: Bool, missing: Double, _ random: inout SeededNumbers) -> UInt16 {
        if random.happens(missing) { return .max }
        var rest = Double(random.next() >> 11) / Double(1 << 53)
        let shares = isMatch ? m : u
        for (level, share) in shares.enumerated() {
            if rest < share { return UInt16(level) << 8 | 255 }
            rest -= share
        }
        return UInt16(shares.count - 1) << 8 | 255
    }
}

/// Pairs drawn from known shares of agreement: the truth that estimation has to find again.
struct PlantedEvidence {
    let comparisons: [PlantedComparison]
    let count: Int
    let matches: Int
    let pairs: Estimation.Pairs
    let random: PairVectors

    /// Draws `count` records a side of which the first `matches` are the same thing.
    ///
    /// Candidates are what blocking would propose: all pairs that agree exactly on one of the first
    /// three comparisons, matches and coincidences, each as often as among all pairs. `sameNumber` is the
    /// share of other pairs that agree on the number.
    init(
        count: Int, matches: Int, missing: Double = 0.05, sameNumber: Double = 0.001, seed: UInt64
    ) {
        (self.count, self.matches) = (count, matches)
        comparisons = [
            PlantedComparison(name: "name", m: [0.75, 0.2, 0.05], u: [0.002, 0.03, 0.968]),
            PlantedComparison(
                name: "number", m: [0.9, 0.06, 0.04],
                u: [sameNumber, 0.004, 1 - 0.004 - sameNumber]),
            PlantedComparison(name: "phone", m: [0.6, 0.1, 0.3], u: [0.004, 0.006, 0.99]),
            PlantedComparison(name: "city", m: [0.85, 0.1, 0.05], u: [0.1, 0.2, 0.7]),
        ]
        var numbers = SeededNumbers(seed: seed)
        let width = comparisons.count
        var candidates: [(pair: UInt64, cells: [UInt16])] = []
        for match in 0..<matches {
            let cells = comparisons.map { $0.cell(isMatch: true, missing: missing, &numbers) }
            guard cells.prefix(3).contains(where: { $0 >> 8 == 0 }) else { continue }
            candidates.append((UInt64(match) << 32 | UInt64(count + match), cells))
        }
        for (blocked, comparison) in comparisons.prefix(3).enumerated() {
            let coincidences = Double(count * count) * comparison.u[0] * (1 - missing)
            for _ in 0..<Int(coincidences) {
                var cells = comparisons.map { $0.cell(isMatch: false, missing: missing, &numbers) }
                cells[blocked] = 255
                let (left, right) = (numbers.below(count), numbers.below(count))
                guard left != right else { continue }
                candidates.append((UInt64(left) << 32 | UInt64(count + right), cells))
            }
        }
        candidates.sort { $0.pair < $1.pair }
        let ids = candidates.map(\.pair)
        let cells = candidates.flatMap(\.cells)
        pairs = Estimation.Pairs(
            pairs: ids, vectors: PairVectors(cells: cells, width: width), labels: [:],
            possible: Double(count) * Double(count), mostMatches: Double(count))
        var others: [UInt16] = []
        for place in 0..<Self.randomPairs * width {
            others.append(
                comparisons[place % width].cell(isMatch: false, missing: missing, &numbers))
        }
        random = PairVectors(cells: others, width: width)
    }

    /// How many random pairs there are.
    static let randomPairs = 40_000

    /// What estimation learns from it; the first three comparisons are those that are blocked on.
    func fit(
        isBlocked: [Bool] = [false, false, false, false],
        _ change: (inout Estimation.Pairs) -> Void = { _ in }
    ) -> FittedModel {
        var options = LinkageOptions()
        options.mostIterations = 50
        let estimation = Estimation(
            comparisons: comparisons, recordCount: 2 * count, options: options,
            isBlocked: isBlocked)
        var pairs = pairs
        change(&pairs)
        return estimation.fit(pairs, random: random)
    }
}
