public import Records

/// A pair that was linked by evidence alone, weak enough for a person to look at it.
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
    /// How probable it is that they are the same thing, 0 to 1.
    public var probability: Double
    /// What speaks for and against.
    public var evidence: String

    /// Makes a pair.
    public init(left: Record, right: Record, probability: Double, evidence: String) {
        self.left = left
        self.right = right
        self.probability = probability
        self.evidence = evidence
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
