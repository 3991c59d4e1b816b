public import Foundation
public import Records

internal import PostgresClient

/// A finding as it stands, with its history in short.
public struct StoredFinding: Hashable, Sendable {
    /// What people call it by.
    public var number: Int64
    /// What is wrong.
    public var finding: Finding
    /// Where it stands as of the entity's last comparison.
    public var state: FindingState
    /// Who is responsible for the first left record; `nil` when it does not say or is gone.
    public var leftOwner: Owner?
    /// Who is responsible for the first right record.
    public var rightOwner: Owner?
    /// The run that found it first.
    public var firstRun: RunID
    /// The time as of which it was first found.
    public var firstSeenAt: Date
}

/// Who is responsible for a record, as its source says in the field `owner`.
public struct Owner: Hashable, Sendable {
    /// The employee's id in the source.
    public var id: RecordID
    /// The employee's name, personal data; `nil` when the source's users were not read.
    public var name: String?

    /// Makes an owner.
    public init(id: RecordID, name: String?) {
        self.id = id
        self.name = name
    }
}

extension StoredFinding {
    /// The names of those who are responsible: where it is to be mended, else of the record that
    /// there is; empty when no name is known.
    public var ownerName: String {
        let (left, right) = (leftOwner?.name, rightOwner?.name)
        switch finding.side {
        case .left: return left ?? right ?? ""
        case .right: return right ?? left ?? ""
        case nil:
            guard let left, let right, left != right else { return left ?? right ?? "" }
            return "\(left), \(right)"
        }
    }
}

/// Which findings are wanted.
public struct FindingFilter: Hashable, Sendable {
    /// Of one entity only.
    public var entity: EntityName?
    /// Of some kinds only; empty for all.
    public var kinds: Set<Finding.Kind>
    /// In some states only; empty for all but resolved ones.
    public var states: Set<FindingState>
    /// Of some severities only; empty for all.
    public var severities: Set<Finding.Severity>
    /// Opened or resolved at this time or later.
    public var since: Date?
    /// The one of this number only, in whatever state.
    public var number: Int64?
    /// How many at most.
    public var limit: Int

    /// Makes a filter.
    public init(
        number: Int64? = nil, entity: EntityName? = nil, kinds: Set<Finding.Kind> = [],
        states: Set<FindingState> = [],
        severities: Set<Finding.Severity> = [], since: Date? = nil, limit: Int = 1_000_000
    ) {
        self.number = number
        self.entity = entity
        self.kinds = kinds
        self.states = states
        self.severities = severities
        self.since = since
        self.limit = limit
    }

    var values: [PostgresValue] {
        func texts(_ values: [String]) -> PostgresValue {
            values.isEmpty ? .null : .textArray(values.sorted())
        }
        return [
            .text(entity?.rawValue), texts(kinds.map(\.rawValue)), texts(states.map(\.rawValue)),
            .instant(since), texts(severities.map(\.rawValue)), .int(limit),
            number.map { .int64($0) } ?? .null,
        ]
    }
}

/// One change in the life of a finding.
public struct FindingEvent: Hashable, Sendable {
    /// What changed.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Found for the first time.
        case found
        /// No longer found.
        case resolved
        /// Found again after it was resolved.
        case foundAgain = "found_again"
        /// A person decided to live with it.
        case accepted
        /// A person took that back.
        case acceptUndone = "accept_undone"
    }

    /// What changed.
    public var kind: Kind
    /// The run that saw it; `nil` when a verdict made it.
    public var run: RunID?
    /// When.
    public var at: Date
}

/// How many findings stood alike after a run.
public struct FindingCount: Hashable, Sendable {
    /// What is wrong.
    public var kind: Finding.Kind
    /// How much it matters.
    public var severity: Finding.Severity
    /// Where they stood; of resolved ones only those that this run resolved are counted.
    public var state: FindingState
    /// How many.
    public var count: Int
    /// The sum of money at stake, one row per currency; `nil` when it cannot be told.
    public var atStake: Money?
}

/// What a run compared, and what came before.
public struct Comparison: Hashable, Sendable {
    /// The run.
    public var run: RunID
    /// The left snapshot.
    public var left: SnapshotID
    /// The right snapshot.
    public var right: SnapshotID
    /// The run that compared the entity before; `nil` when none did.
    public var previousRun: RunID?
    /// How the findings stood after this run.
    public var counts: [FindingCount]
    /// How they stood after the run before.
    public var previousCounts: [FindingCount]
}

extension StoredFinding {
    init(_ row: PostgresRow) throws {
        let finding = Finding(
            fingerprint: FindingFingerprint(try row["fingerprint"].uuid.hexadecimal),
            entity: EntityName(try row["entity"].text),
            kind: Finding.Kind(rawValue: try row["kind"].text) ?? .invalid,
            severity: Finding.Severity(rawValue: try row["severity"].text) ?? .info,
            side: try row["side"].optionalText.flatMap(Side.init(rawValue:)),
            field: try row["field"].optionalText.map(FieldName.init),
            leftIDs: try row["left_ids"].textArray.map(RecordID.init),
            rightIDs: try row["right_ids"].textArray.map(RecordID.init),
            title: try row["personal_title"].text,
            leftValue: try row["personal_left_value"].optionalText,
            rightValue: try row["personal_right_value"].optionalText,
            reason: try row["reason"].text, evidence: try row["evidence"].text,
            atStake: try Money(row))
        self.init(
            number: try row["number"].int64, finding: finding,
            state: FindingState(rawValue: try row["current_state"].text) ?? .open,
            leftOwner: try Owner(row, "left"), rightOwner: try Owner(row, "right"),
            firstRun: RunID(try row["first_run_id"].int64),
            firstSeenAt: try row["first_seen_at"].instant)
    }
}

extension Owner {
    /// The owner of one side's record; `nil` when there is none.
    fileprivate init?(_ row: PostgresRow, _ side: String) throws {
        guard let id = try row["personal_\(side)_owner_id"].optionalText else { return nil }
        self.init(
            id: RecordID(id), name: try row["personal_\(side)_owner"].optionalText)
    }
}

extension FindingCount {
    init(_ row: PostgresRow) throws {
        self.init(
            kind: Finding.Kind(rawValue: try row["kind"].text) ?? .invalid,
            severity: Finding.Severity(rawValue: try row["severity"].text) ?? .info,
            state: FindingState(rawValue: try row["state"].text) ?? .open,
            count: try row["finding_count"].int, atStake: try Money(row))
    }
}

extension Money {
    /// Money at stake; `nil` when the currency is absent or empty.
    fileprivate init?(_ row: PostgresRow) throws {
        guard let currency = try row["at_stake_currency"].optionalText, !currency.isEmpty,
            let minorUnits = try row["at_stake_minor"].optionalInt64
        else { return nil }
        self.init(minorUnits: minorUnits, currency: currency)
    }
}

extension UUID {
    /// The bits of a fingerprint; `nil` when it is not thirty-two hexadecimal digits.
    init?(_ fingerprint: FindingFingerprint) {
        guard fingerprint.rawValue.utf8.count == 32,
            let value = UInt128(fingerprint.rawValue, radix: 16)
        else { return nil }
        self = withUnsafeBytes(of: value.bigEndian) {
            UUID(uuid: $0.loadUnaligned(as: uuid_t.self))
        }
    }

    /// Thirty-two lower-case hexadecimal digits.
    var hexadecimal: String {
        withUnsafeBytes(of: uuid) { bytes in
            Digest128(bytes: Array(bytes))?.hexadecimal ?? ""
        }
    }
}
