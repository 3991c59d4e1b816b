public import Foundation
public import Records

/// Everything that a nightly audit's workbook and mail are rendered from.
///
/// Rendering reads nothing else: no database, no clock, no source.
public struct AuditReport: Sendable {
    /// The run.
    public var runID: RunID
    /// When the run began.
    public var startedAt: Date
    /// When the run ended.
    public var finishedAt: Date
    /// The company's time zone, in which times are written.
    public var timeZone: TimeZone
    /// The language of the texts.
    public var language: ReportLanguage
    /// The name of the company, or empty.
    public var company: String
    /// The left source.
    public var left: ReportedSource
    /// The right source.
    public var right: ReportedSource
    /// What was compared, an item for each entity.
    public var entities: [AuditedEntity]
    /// What was read and not compared, an item for each entity.
    public var collected: [CollectedEntity]
    /// What could not be read at all, so that no snapshot speaks of it.
    public var failures: [Failure]
    /// The findings that stand: new, open and reopened ones; others are counted only.
    public var findings: [ReportedFinding]
    /// The numbers of this run, as the database counts them.
    public var counts: AuditCounts
    /// The numbers of the run before; `nil` when this is the first.
    public var previous: AuditCounts?
    /// When the run before was; `nil` when this is the first.
    public var previousRunAt: Date?
    /// The numbers of the run of the same weekday a week earlier; `nil` when there is none.
    public var weekBefore: AuditCounts?
    /// When that run was.
    public var weekBeforeRunAt: Date?
    /// Errors that were put there on purpose, and how many of them were found; empty when none were.
    public var planted: [PlantedErrors] = []
    /// What mending is held to cost.
    public var costs: CostModel
    /// The address of the page that shows the run; `nil` when there is none.
    public var webAddress: String?

    /// Makes a report's value.
    public init(
        runID: RunID, startedAt: Date, finishedAt: Date, timeZone: TimeZone,
        language: ReportLanguage, company: String = "", left: ReportedSource,
        right: ReportedSource, entities: [AuditedEntity], collected: [CollectedEntity] = [],
        failures: [Failure] = [], findings: [ReportedFinding],
        counts: AuditCounts, previous: AuditCounts? = nil, previousRunAt: Date? = nil,
        costs: CostModel, webAddress: String? = nil
    ) {
        self.runID = runID
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.timeZone = timeZone
        self.language = language
        self.company = company
        self.left = left
        self.right = right
        self.entities = entities
        self.collected = collected
        self.failures = failures
        self.findings = findings
        self.counts = counts
        self.previous = previous
        self.previousRunAt = previousRunAt
        self.costs = costs
        self.webAddress = webAddress
    }

    /// The source of a side.
    public subscript(side: Side) -> ReportedSource { side == .left ? left : right }

    /// Something that could not be read.
    public struct Failure: Hashable, Sendable {
        /// What it is, by language code.
        public var entity: LocalizedText
        /// The source's name; empty when no source keeps it.
        public var source: String
        /// What happened and what to do.
        public var message: String

        /// Makes a failure.
        public init(entity: LocalizedText, source: String, message: String) {
            self.entity = entity
            self.source = source
            self.message = message
        }
    }

    /// Whether everything was read and every snapshot may be taken for the whole.
    public var isCertified: Bool {
        failures.isEmpty
            && entities.allSatisfy {
                $0.left.certificate.isCertified && $0.right.certificate.isCertified
            }
            && collected.allSatisfy { entity in
                entity.snapshots.allSatisfy { $0.snapshot.certificate.isCertified }
            }
    }
}

/// A source as a report names it.
public struct ReportedSource: Hashable, Sendable {
    /// What people call it: `1С:Бухгалтерия`.
    public var title: String
    /// What kind of system it is, for a person: `OData`, `REST`.
    public var kind: String

    /// Makes a source's name.
    public init(title: String, kind: String) {
        self.title = title
        self.kind = kind
    }
}

/// A finding with what its history and the configuration add to it.
public struct ReportedFinding: Hashable, Sendable {
    /// The finding.
    public var finding: Finding
    /// The number by which people speak of it; `nil` where it is not stored.
    public var number: Int64?
    /// Where it stands in its life.
    public var state: FindingState
    /// The run in which it was found first.
    public var firstSeenRun: RunID
    /// The day on which it was found first, in the company's time zone.
    public var firstSeenOn: CalendarDate
    /// Whole days since then.
    public var daysOpen: Int
    /// The name of the employee responsible, where a source says it; empty when it is not known.
    public var owner = ""
    /// Addresses that open the left records, in the order of ``Finding/leftIDs``; shorter or `nil`
    /// where a record has none, and then its id is shown.
    public var leftAddresses: [String?]
    /// Addresses that open the right records, in the order of ``Finding/rightIDs``.
    public var rightAddresses: [String?]

    /// Makes a reported finding.
    public init(
        _ finding: Finding, state: FindingState, firstSeenRun: RunID, firstSeenOn: CalendarDate,
        daysOpen: Int, leftAddresses: [String?] = [], rightAddresses: [String?] = []
    ) {
        self.finding = finding
        self.state = state
        self.firstSeenRun = firstSeenRun
        self.firstSeenOn = firstSeenOn
        self.daysOpen = daysOpen
        self.leftAddresses = leftAddresses
        self.rightAddresses = rightAddresses
    }

    /// Whether it stands, and so belongs into the list.
    public var stands: Bool { state == .new || state == .open || state == .reopened }

    /// Orders by what a person should look at first.
    ///
    /// The order is total.
    static func comesBefore(_ one: Self, _ other: Self) -> Bool {
        let (a, b) = (one.finding, other.finding)
        if a.severity != b.severity { return a.severity > b.severity }
        let (moneyA, moneyB) = (a.atStake?.minorUnits ?? 0, b.atStake?.minorUnits ?? 0)
        if moneyA != moneyB { return moneyA > moneyB }
        if a.kind != b.kind { return a.kind.rank < b.kind.rank }
        if a.title != b.title { return a.title.utf8.lexicographicallyPrecedes(b.title.utf8) }
        if a.fingerprint != b.fingerprint { return a.fingerprint < b.fingerprint }
        return one.firstSeenRun < other.firstSeenRun
    }
}

extension Finding.Kind {
    /// The order in which kinds are listed: what endangers money first.
    static let listed: [Self] = [
        .conflict, .brokenLink, .missing, .mismatch, .duplicate, .invalid, .stale,
    ]

    /// The place in ``listed``.
    var rank: Int { Self.listed.firstIndex(of: self) ?? Self.listed.count }
}
