public import Records

/// Settings of a run that do not belong to an entity.
public struct LinkageOptions: Hashable, Sendable, Codable {
    /// Pairs of at least this probability are held to be the same thing.
    ///
    /// One half gives about the best F1 where probabilities are right: the best threshold is half
    /// the F1 that it gives.
    public var threshold = 0.5
    /// Whether each record may have one counterpart only, for sources without duplicates.
    public var isOneToOne = false
    /// How many threads may work; the result does not depend on it.
    public var threads = 2
    /// The seed of the random pairs.
    public var seed: UInt64 = 1
    /// How many random pairs tell what non-matches look like.
    public var randomPairs = 150_000
    /// The most rounds of estimation.
    public var mostIterations = 25

    /// Makes settings, as a rule the standard ones.
    public init() {}
}

/// A person's decision about two records, on the same or on different sides.
public struct KnownPair: Hashable, Sendable {
    /// The side of the first record.
    public var firstSide: Side
    /// The first record.
    public var first: RecordID
    /// The side of the second record.
    public var secondSide: Side
    /// The second record.
    public var second: RecordID
    /// Whether they are the same thing.
    public var isSame: Bool

    /// Makes a decision about a left and a right record.
    public init(left: RecordID, right: RecordID, isSame: Bool) {
        self.init(.left, left, .right, right, isSame: isSame)
    }

    /// Makes a decision about any two records.
    public init(
        _ firstSide: Side, _ first: RecordID, _ secondSide: Side, _ second: RecordID, isSame: Bool
    ) {
        self.firstSide = firstSide
        self.first = first
        self.secondSide = secondSide
        self.second = second
        self.isSame = isSame
    }
}
