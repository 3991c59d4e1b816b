/// A decision that a left and a right record are the same thing, with its reason.
public struct Link: Hashable, Sendable {
    /// The left record.
    public var left: RecordID
    /// The right record.
    public var right: RecordID
    /// Why they are held to be the same thing.
    public var reason: LinkReason
    /// How probable it is that they are, 0 to 1; 1 for an explicit id or a verdict.
    public var probability: Double
    /// The match weight in bits; how far the evidence moved the odds.
    public var weightBits: Double
    /// Whether the pair is of the one-to-one assignment; the others follow from duplicates.
    public var isAssigned: Bool

    /// Makes a link.
    public init(
        left: RecordID, right: RecordID, reason: LinkReason, probability: Double,
        weightBits: Double, isAssigned: Bool
    ) {
        self.left = left
        self.right = right
        self.reason = reason
        self.probability = probability
        self.weightBits = weightBits
        self.isAssigned = isAssigned
    }
}

/// Why two records are held to be the same thing.
public struct LinkReason: Hashable, Sendable, Codable {
    /// The kind of the decision, from strongest to weakest.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// A person decided.
        case verdict
        /// One record carries the other's id.
        case explicitID = "explicit_id"
        /// Key fields agree exactly: ИНН and КПП.
        case rule
        /// The probabilistic model.
        case model
        /// Both belong to clusters that are linked.
        case cluster

        /// Whether the probability of the link decided, and no person, id or key.
        public var isOfModel: Bool { self == .model || self == .cluster }
    }

    /// The kind of the decision.
    public var kind: Kind
    /// The field, rule or evidence: `origin_id`, `tax_id+kpp`, `name exact +9.1; phone +11.3`.
    public var detail: String

    /// Makes a reason.
    public init(_ kind: Kind, detail: String) {
        self.kind = kind
        self.detail = detail
    }
}

/// Records of one source that are the same thing: duplicates.
public struct Cluster: Hashable, Sendable {
    /// A member and how probable it is that it belongs here.
    public struct Member: Hashable, Sendable {
        /// The record.
        public var id: RecordID
        /// The probability of its strongest pair within the cluster, 0 to 1.
        public var probability: Double

        /// Makes a member.
        public init(id: RecordID, probability: Double) {
            self.id = id
            self.probability = probability
        }
    }

    /// Two or more members, in the order of their ids.
    public var members: [Member]
    /// Why they are held to be the same thing.
    public var reason: LinkReason

    /// Makes a cluster.
    public init(members: [Member], reason: LinkReason) {
        self.members = members
        self.reason = reason
    }
}
