public import Foundation

/// How an alert stands, as it is stored; what it means is known to those who store it.
public struct AlertRow: Hashable, Sendable {
    /// The rule's name.
    public var rule: String
    /// The labels as one text.
    public var key: String
    /// `ok`, `pending`, `firing` or `resolved`.
    public var phase: String
    /// The labels.
    public var labels: [String: String]
    /// Everything that is remembered, as JSON.
    public var state: String

    /// Makes a row.
    public init(
        rule: String, key: String, phase: String, labels: [String: String], state: String
    ) {
        self.rule = rule
        self.key = key
        self.phase = phase
        self.labels = labels
        self.state = state
    }
}

/// A change in the life of an alert, as it is stored.
public struct AlertEventRow: Hashable, Sendable {
    /// The rule's name.
    public var rule: String
    /// The labels as one text.
    public var key: String
    /// What happened.
    public var event: String
    /// When; ignored when it is stored, which is done for one moment.
    public var at: Date
    /// The numbers of the moment.
    public var details: [String: Int64]

    /// Makes a row.
    public init(
        rule: String, key: String, event: String, at: Date, details: [String: Int64] = [:]
    ) {
        self.rule = rule
        self.key = key
        self.event = event
        self.at = at
        self.details = details
    }
}

/// A time in which nothing is told of some alerts, as it is stored.
public struct AlertSilenceRow: Hashable, Sendable {
    /// Its number.
    public var id: Int64
    /// The rule; `*` for all.
    public var rule: String
    /// The labels that an alert must have.
    public var labels: [String: String]
    /// When it was decided.
    public var createdAt: Date
    /// When it ends.
    public var expiresAt: Date
    /// Who decided.
    public var person: String
    /// Why.
    public var comment: String
}

/// The counts of one set of labels in some periods.
public struct PeriodCounts: Hashable, Sendable {
    /// What was counted.
    public var labels: [String: String]
    /// The periods' numbers, hours, days or minutes since 1970, in no order; one that comes twice counts
    /// with both its counts.
    public var periods: [Int64]
    /// How many, one for each period.
    public var counts: [Int64]
}

/// Findings and money of an entity after a night.
public struct NightCount: Hashable, Sendable {
    /// The night's day, counted from 1970.
    public var day: Int
    /// The entity.
    public var entity: String
    /// The kind; `nil` of a night without findings.
    public var kind: String?
    /// The currency of the money; empty where nothing is known of any.
    public var currency: String
    /// Findings that are new, or there again.
    public var newCount: Int64
    /// Money at stake in open findings, in minor units.
    public var atStakeMinor: Int64
}

/// One of the causes of an alert.
public struct AlertCauseRow: Hashable, Sendable {
    /// The type of error; or kind of finding.
    public var type: String
    /// The shape of the message; or entity, field and reason.
    public var shape: String
    /// How many.
    public var count: Int64
    /// Money at stake in minor units, where it is known.
    public var atStakeMinor: Int64?
    /// Its currency.
    public var currency: String?
}

/// One thing that an alert is about.
public struct AlertExampleRow: Hashable, Sendable {
    /// The entity, or the journal's kind of object.
    public var entity: String
    /// The finding's number; `nil` for an operation of the journal.
    public var number: Int64?
    /// The kind of the finding, or the type of the error.
    public var kind: String
    /// The field of the finding.
    public var field: String?
    /// Ids in the left system, or those that the journal gives.
    public var leftIDs: [String]
    /// Ids in the right system.
    public var rightIDs: [String]
    /// The system of which the ids are, as the journal calls it.
    public var system: String?
    /// When the operation failed.
    public var at: Date?
    /// Money at stake in minor units, where it is known.
    public var atStakeMinor: Int64?
    /// Its currency.
    public var currency: String?
}
