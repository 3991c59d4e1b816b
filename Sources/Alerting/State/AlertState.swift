public import Foundation

/// How an alert stands: one rule for one group of labels.
public struct AlertState: Hashable, Sendable, Codable {
    /// Where an alert stands.
    public enum Phase: String, Hashable, Sendable, Codable, CaseIterable {
        /// All is well.
        case ok
        /// A breach, but not yet N of M.
        case pending
        /// People are to know.
        case firing
        /// It was firing and is over; for a while, so that it does not begin anew at once.
        case resolved
    }

    /// The rule's name.
    public var rule: String
    /// The labels of what was measured.
    public var labels: [String: String]
    /// Where it stands.
    public var phase = Phase.ok
    /// Since when.
    public var since: Date
    /// Whether the last periods were breaches, the newest last; no more than the rule's M.
    public var recent: [Bool] = []
    /// Calm periods since the last breach.
    public var calmCount = 0
    /// The end of the last period that was judged.
    public var judgedThrough: Date
    /// The number of this incident, counted from one.
    public var incident = 0
    /// When this incident began to fire.
    public var firedAt: Date?
    /// What was measured last.
    public var last: AlertMeasurement?
    /// The worst of this incident.
    public var worst: AlertMeasurement?
    /// What people were told of this incident: of all of them together, or, of one who is looked at
    /// (``seen(by:)``), of that one.
    public var told = Told()
    /// What each was told; `nil` before anybody was.
    var toldEach: [String: Told]?
    /// When a person said that they know.
    public var acknowledgedAt: Date?

    /// What tells an alert from others.
    public struct ID: Hashable, Comparable, Sendable {
        /// The rule.
        public var rule: String
        /// The labels as one text.
        public var key: String

        /// Names an alert.
        public init(rule: String, key: String) {
            self.rule = rule
            self.key = key
        }

        /// Orders by rule, then by key.
        public static func < (one: Self, other: Self) -> Bool {
            (one.rule, one.key) < (other.rule, other.key)
        }
    }

    /// What people were told.
    public struct Told: Hashable, Sendable, Codable {
        /// Messages about the incident.
        public var count = 0
        /// When the last one was written.
        public var lastAt: Date?
        /// Whether they know that it is over.
        public var isOver = false
        /// Whether something could not be told yet, for the promise of few messages.
        public var isHeldBack = false
        /// Whether it is left untold because another alert explains it.
        public var isInhibited = false
    }

    /// An alert of which nothing was measured yet.
    public init(rule: String, labels: [String: String], at moment: Date) {
        self.rule = rule
        self.labels = labels
        since = moment
        judgedThrough = .distantPast
    }

    /// The labels as one text: `entity=order,kind=missing`.
    public var key: String { Self.key(of: labels) }

    /// What tells it from others.
    public var id: ID { ID(rule: rule, key: key) }

    /// Labels as one text.
    public static func key(of labels: [String: String]) -> String {
        labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    }

    /// Whether it needs to be remembered.
    public var isAtRest: Bool { phase == .ok && !recent.contains(true) }
}

/// What was measured, and how it compares.
public struct AlertMeasurement: Hashable, Sendable, Codable {
    /// The number.
    public var value: Int64
    /// Of how many, for a share.
    public var total: Int64
    /// What is usual; `nil` where a fixed limit was passed.
    public var expected: Int64?
    /// How many tenths of deviations above it.
    public var unusualTenths: Int64?
    /// When the period began.
    public var from: Date
    /// When it ended.
    public var to: Date

    /// Makes a measurement.
    public init(
        value: Int64, total: Int64 = 0, expected: Int64? = nil, unusualTenths: Int64? = nil,
        from: Date, to: Date
    ) {
        self.value = value
        self.total = total
        self.expected = expected
        self.unusualTenths = unusualTenths
        self.from = from
        self.to = to
    }
}

/// What one period says of an alert.
public struct AlertVerdict: Hashable, Sendable {
    /// The labels of what was measured.
    public var labels: [String: String]
    /// Whether it is a breach; `nil` when nothing can be said, as nothing is known of like periods.
    public var isBreach: Bool?
    /// The numbers.
    public var measurement: AlertMeasurement

    /// Makes a verdict.
    public init(labels: [String: String], isBreach: Bool?, measurement: AlertMeasurement) {
        self.labels = labels
        self.isBreach = isBreach
        self.measurement = measurement
    }

    /// The labels as one text.
    public var key: String { AlertState.key(of: labels) }
}

/// A change in the life of an alert.
public struct AlertEvent: Hashable, Sendable {
    /// What happened.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A breach, not yet N of M.
        case pending
        /// It fires.
        case fired
        /// It was pending and is not.
        case calmed
        /// It was firing and is over.
        case resolved
        /// People were told.
        case told
        /// People were not told, for the promise of few messages.
        case heldBack = "held_back"
        /// People were not told, since another alert explains it.
        case inhibited
        /// A person said that they know.
        case acknowledged
    }

    /// The rule.
    public var rule: String
    /// The alert's labels as one text.
    public var key: String
    /// What happened.
    public var kind: Kind
    /// When.
    public var at: Date
    /// The numbers of the moment.
    public var measurement: AlertMeasurement?

    /// Makes an event.
    public init(
        rule: String, key: String, kind: Kind, at: Date, measurement: AlertMeasurement? = nil
    ) {
        self.rule = rule
        self.key = key
        self.kind = kind
        self.at = at
        self.measurement = measurement
    }
}
