public import Records

/// What was compared of one entity.
public struct AuditedEntity: Sendable {
    /// One side's snapshot and what became of its records.
    public struct Snapshot: Hashable, Sendable {
        /// The snapshot's number.
        public var id: SnapshotID
        /// How completely it was read.
        public var certificate: Certificate
        /// Records in the snapshot.
        public var recordCount: Int
        /// Records with at least one link to the other side.
        public var linkedCount: Int
        /// Records without a link for which a counterpart is not expected, so that none is reported
        /// missing: marked as deleted, left out by a rule, or the other side was not read whole.
        public var notExpectedCount: Int

        /// Makes a snapshot's summary.
        public init(
            id: SnapshotID, certificate: Certificate, recordCount: Int, linkedCount: Int,
            notExpectedCount: Int = 0
        ) {
            self.id = id
            self.certificate = certificate
            self.recordCount = recordCount
            self.linkedCount = linkedCount
            self.notExpectedCount = notExpectedCount
        }
    }

    /// What the entity is: names of it and its fields.
    public var definition: EntityDefinition
    /// The left snapshot.
    public var left: Snapshot
    /// The right snapshot.
    public var right: Snapshot
    /// Links by the kind of their reason.
    public var linkCounts: [LinkReason.Kind: Int]
    /// Fields shown of each member of a cluster.
    public var clusterFields: [FieldName]
    /// The duplicates inside each source.
    public var clusters: [ReportedCluster]
    /// Pairs that a person should look at, by doubt; of each those first that are most worth it.
    public var doubtfulPairs: [DoubtfulPair] = []
    /// The numbers of its findings in this run.
    public var counts = AuditCounts()
    /// Those of the run that compared it before; `nil` when none did.
    public var previous: AuditCounts?
    /// Those of the run of the same weekday a week earlier; `nil` where the report has none.
    public var weekBefore: AuditCounts?
    /// The parameters and the model, for a person who doubts.
    public var method: [MethodSection]

    /// Makes an entity's part of a report.
    public init(
        definition: EntityDefinition, left: Snapshot, right: Snapshot,
        linkCounts: [LinkReason.Kind: Int], clusterFields: [FieldName] = [],
        clusters: [ReportedCluster] = [], method: [MethodSection] = []
    ) {
        self.definition = definition
        self.left = left
        self.right = right
        self.linkCounts = linkCounts
        self.clusterFields = clusterFields
        self.clusters = clusters
        self.method = method
    }

    /// The snapshot of a side.
    public subscript(side: Side) -> Snapshot { side == .left ? left : right }
}

/// Records of one source that are the same thing, as a report shows them.
public struct ReportedCluster: Hashable, Sendable {
    /// One of the records.
    public struct Member: Hashable, Sendable {
        /// The record.
        public var id: RecordID
        /// The address that opens it; `nil` when there is none.
        public var address: String?
        /// What a person recognises it by.
        public var title: String
        /// The values of ``AuditedEntity/clusterFields``, in their order.
        public var values: [String?]
        /// How probable it is that it belongs here, 0 to 1.
        public var probability: Double

        /// Makes a member.
        public init(
            id: RecordID, address: String?, title: String, values: [String?], probability: Double
        ) {
            self.id = id
            self.address = address
            self.title = title
            self.values = values
            self.probability = probability
        }
    }

    /// The side whose records they are.
    public var side: Side
    /// Why they are held to be the same thing.
    public var reason: LinkReason
    /// Two or more records, in the order of their ids.
    public var members: [Member]

    /// Makes a cluster.
    public init(side: Side, reason: LinkReason, members: [Member]) {
        self.side = side
        self.reason = reason
        self.members = members
    }
}

/// A part of the description of the method: a head and its lines.
public struct MethodSection: Hashable, Sendable {
    /// What a line says; how it is written is the reader's language's.
    public enum Value: Hashable, Sendable {
        /// Nothing: the line's name says it all.
        case none
        /// A whole number.
        case count(Int)
        /// A share or a probability, 0 to 1.
        case share(Double)
        /// How often a level of agreement is met among pairs of the same thing (`m`) and among random
        /// pairs (`u`), and what it weighs, in bits.
        case level(m: Double, u: Double, weightBits: Double)
    }

    /// A line: what, and its value.
    public struct Entry: Hashable, Sendable {
        /// What it is; a key of the words' `method` part, or a text to show as it is.
        public var name: String
        /// The value.
        public var value: Value

        /// Makes a line.
        public init(_ name: String, _ value: Value) {
            self.name = name
            self.value = value
        }
    }

    /// The head; a key of the words' `method` part, or a text to show as it is.
    public var title: String
    /// The lines.
    public var entries: [Entry]

    /// Makes a part.
    public init(title: String, entries: [Entry]) {
        self.title = title
        self.entries = entries
    }
}
