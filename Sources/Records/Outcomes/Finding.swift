/// One thing wrong between two sources or inside one.
public struct Finding: Hashable, Sendable {
    /// What is wrong.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// A record has no counterpart in the other source.
        case missing
        /// Linked records differ in a field.
        case mismatch
        /// Records of one source are the same thing.
        case duplicate
        /// An explicit id leads nowhere, or to a record marked as deleted.
        case brokenLink = "broken_link"
        /// Evidence contradicts itself: linked by id, but of another taxpayer.
        case conflict
        /// A value cannot be right: an ИНН whose check digit fails.
        case invalid
        /// A record was not updated in time.
        case stale
    }

    /// How much it matters.
    public enum Severity: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
        /// Worth knowing.
        case info
        /// Worth mending.
        case warning
        /// Costs money or breaks the exchange.
        case error

        /// Orders from `info` to `error`.
        public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .info: 0
            case .warning: 1
            case .error: 2
            }
        }
    }

    /// The same for the same thing wrong, in every run: see ``FindingFingerprint``.
    public var fingerprint: FindingFingerprint
    /// The entity concerned.
    public var entity: EntityName
    /// What is wrong.
    public var kind: Kind
    /// How much it matters.
    public var severity: Severity
    /// The side where it is wrong: where the record is missing, doubled or invalid; `nil` for both.
    public var side: Side?
    /// The field concerned; `nil` when it is the record as a whole.
    public var field: FieldName?
    /// The left records concerned, in the order of their ids; the linked one first.
    public var leftIDs: [RecordID]
    /// The right records concerned, in the order of their ids; the linked one first.
    public var rightIDs: [RecordID]
    /// What a person recognises the record by, its name; personal data when its field is.
    public var title: String
    /// The left value as it stands, for a mismatch, a conflict or an invalid value.
    public var leftValue: String?
    /// The right value as it stands.
    public var rightValue: String?
    /// Why this is held to be wrong, by key, for a template: `check_digit`, `points_nowhere`.
    public var reason: String
    /// The link or evidence behind it, for a person who doubts.
    public var evidence: String
    /// Money at stake, when it can be told.
    public var atStake: Money?

    /// Makes a finding.
    public init(
        fingerprint: FindingFingerprint, entity: EntityName, kind: Kind, severity: Severity,
        side: Side?, field: FieldName?, leftIDs: [RecordID], rightIDs: [RecordID], title: String,
        leftValue: String? = nil, rightValue: String? = nil, reason: String, evidence: String = "",
        atStake: Money? = nil
    ) {
        self.fingerprint = fingerprint
        self.entity = entity
        self.kind = kind
        self.severity = severity
        self.side = side
        self.field = field
        self.leftIDs = leftIDs
        self.rightIDs = rightIDs
        self.title = title
        self.leftValue = leftValue
        self.rightValue = rightValue
        self.reason = reason
        self.evidence = evidence
        self.atStake = atStake
    }
}

/// What makes two findings of different runs the same: entity, kind, field and records concerned.
///
/// Values are not part of it: a mismatch whose values changed is still the same mismatch.
public struct FindingFingerprint: Hashable, Sendable, Comparable, Codable {
    /// Thirty-two lower-case hexadecimal digits.
    public let rawValue: String

    /// Wraps a fingerprint read from the database.
    public init(_ rawValue: String) { self.rawValue = rawValue }

    /// Orders fingerprints by their text.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Where a finding stands in its life.
public enum FindingState: String, Hashable, Sendable, Codable, CaseIterable {
    /// Found for the first time in this run.
    case new
    /// Found before and found again.
    case open
    /// A person decided to live with it.
    case accepted
    /// Found before and no longer found.
    case resolved
    /// Resolved earlier and found again.
    case reopened
}
