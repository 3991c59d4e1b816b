/// How many counterparts a thing of one side may have on the other.
public enum AssignmentPolicy: String, Hashable, Sendable, Codable, CaseIterable {
    /// One thing, one counterpart; several records of one side that fit are duplicates.
    case oneToOne = "one_to_one"
    /// A left thing may have several right ones, each of its own: an order and its shipments.
    case oneToMany = "one_to_many"
    /// A right thing may have several left ones.
    case manyToOne = "many_to_one"
    /// Any number on both sides: payments that settle parts of several invoices.
    case manyToMany = "many_to_many"
}

/// How sure a link must be to stand without a person's look.
///
/// Three zones: *match*, *review* and *non-match*. Links below the match zone stand, and are shown
/// for review beside the likeliest pairs that just missed.
public struct DecisionZones: Hashable, Sendable {
    /// The share of right links, among those that nobody looks at, that is aimed for; 0 to 1.
    public var targetPrecision: Double
    /// Pairs of less than this probability are not worth a look; 0 to 1.
    public var leastReview: Double

    /// Makes zones; the standard ones let one link in a thousand be wrong.
    public init(targetPrecision: Double = 0.999, leastReview: Double = 0.1) {
        self.targetPrecision = targetPrecision
        self.leastReview = leastReview
    }
}

extension DecisionZones {
    /// The probability from which on links that the model decided stand by themselves.
    ///
    /// They are the longest run of links, the surest first, of which so many are expected to be right as
    /// is aimed for: the mean of their probabilities is the precision to expect of them. What ids and
    /// keys decide is left out (``LinkReason/Kind/isOfModel``): where that is nearly all, any doubt
    /// about the rest would pass for one in a thousand.
    ///
    /// - Parameter probabilities: Of all links that the model decided, in any order.
    /// - Returns: 0 where all stand, 1 where hardly any do.
    public func matchThreshold(of probabilities: [Double]) -> Double {
        let sorted = probabilities.sorted(by: >)
        var (sum, kept) = (0.0, 0)
        for (index, probability) in sorted.enumerated() {
            sum += probability
            // Equal probabilities stay together.
            let isLast = index + 1 == sorted.count || sorted[index + 1] < probability
            if isLast, sum >= targetPrecision * Double(index + 1) { kept = index + 1 }
        }
        return kept == sorted.count ? 0 : kept == 0 ? 1 : sorted[kept - 1]
    }
}
