public import Records

/// A pair that a person should look at: a weak link, one of two as good, or one that just missed.
public struct DoubtfulPair: Hashable, Sendable {
    /// One of the two records.
    public struct Record: Hashable, Sendable {
        /// The record.
        public var id: RecordID
        /// What a person recognises it by.
        public var title: String
        /// The address that opens it; `nil` when there is none.
        public var address: String?

        /// Makes a record.
        public init(id: RecordID, title: String, address: String?) {
            self.id = id
            self.title = title
            self.address = address
        }
    }

    /// The left record.
    public var left: Record
    /// The right record.
    public var right: Record
    /// Why a person should look.
    public var doubt: ReviewPair.Doubt
    /// How probable it is that they are the same thing, 0 to 1.
    public var probability: Double
    /// What decided, or speaks for and against.
    public var reason: LinkReason

    /// Makes a pair.
    public init(
        left: Record, right: Record, doubt: ReviewPair.Doubt, probability: Double,
        reason: LinkReason
    ) {
        self.left = left
        self.right = right
        self.doubt = doubt
        self.probability = probability
        self.reason = reason
    }
}

/// Errors of one kind that were put into an entity on purpose, to see whether they are found.
public struct PlantedErrors: Hashable, Sendable {
    /// The entity.
    public var entity: EntityName
    /// The kind of finding that answers them.
    public var kind: Finding.Kind
    /// How many were planted.
    public var planted: Int
    /// How many of them were found.
    public var found: Int

    /// Makes a count.
    public init(entity: EntityName, kind: Finding.Kind, planted: Int, found: Int) {
        self.entity = entity
        self.kind = kind
        self.planted = planted
        self.found = found
    }
}
