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
    /// Why they are, or might be, held to be the same thing.
    public var reason: LinkReason
    /// How probable it is that they are the same thing, 0 to 1.
    public var probability: Double
    /// The match weight in bits.
    public var weightBits: Double
    /// Why a person should look.
    public var doubt: Doubt

    /// Makes a pair.
    public init(
        left: RecordID, right: RecordID, reason: LinkReason, probability: Double,
        weightBits: Double, doubt: Doubt
    ) {
        self.left = left
        self.right = right
        self.reason = reason
        self.probability = probability
        self.weightBits = weightBits
        self.doubt = doubt
    }
}

extension ReviewPair {
    /// So many pairs of one doubt are kept of a night: more than people look at in a month.
    public static let mostOfDoubt = 5_000

    /// Whether a pair is more worth a look than another one of the same doubt: links that are the
    /// least sure, and the likeliest of those that are none.
    fileprivate func comesBefore(_ other: ReviewPair) -> Bool {
        if probability != other.probability {
            return (probability > other.probability) == (doubt == .justMissed)
        }
        return (left, right) < (other.left, other.right)
    }
}

extension [ReviewPair] {
    /// The pairs that are most worth a look.
    ///
    /// - Parameter most: How many of each doubt there may be.
    /// - Returns: Pairs by doubt; of one doubt the least sure links first, or the likeliest of misses,
    ///   and of equal ones those of the first ids. The order that they had does not matter.
    public func mostWorthALook(_ most: Int = ReviewPair.mostOfDoubt) -> [ReviewPair] {
        ReviewPair.Doubt.allCases.flatMap { doubt in
            filter { $0.doubt == doubt }.sorted { $0.comesBefore($1) }.prefix(most)
        }
    }
}
