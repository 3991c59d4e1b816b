public import Records

/// When people are told that something is not as it should be, and how often.
///
/// Rules are data, `templates/alerts/*.yaml`: a customer changes one, or adds one, without building.
public struct AlertRule: Hashable, Sendable {
    /// The rule's name, that of its file.
    public var name: String
    /// What it is called.
    public var title: LocalizedText
    /// What a person should do.
    public var advice: LocalizedText
    /// What is measured.
    public var measure: AlertMeasure
    /// Over which span of time it is measured.
    public var period: AlertPeriod
    /// Labels that what is measured must have.
    ///
    /// `entity: order`; a value that ends in `*` stands for all that begin so.
    public var labels: [String: String]
    /// The labels that make an alert of its own: `[error_type]`; none for one alert of everything.
    public var groupBy: [String]
    /// When a measurement is a breach.
    public var condition: AlertCondition
    /// How grave an alert is.
    public var severity: AlertSeverity
    /// How many of the last periods must be breaches before it fires: N of M.
    public var hold: Hold
    /// How many calm periods in a row end it.
    public var calmPeriods: Int
    /// When it is told of again.
    public var repetition: Repetition
    /// Alerts of one cause are told of together.
    public var cause: String
    /// Rules whose firing alerts explain this one, where labels that both have agree.
    public var inhibitedBy: [String]

    /// How many of the last periods must be breaches.
    public struct Hold: Hashable, Sendable {
        /// N.
        public var breaches: Int
        /// M, at least N.
        public var of: Int

        /// Makes a rule of N of M.
        public init(breaches: Int = 1, of: Int = 1) {
            self.breaches = breaches
            self.of = of
        }
    }

    /// When an alert that goes on is told of again: after pauses that grow.
    public struct Repetition: Hashable, Sendable {
        /// The first pause, in seconds.
        public var first: Double
        /// By how much each pause is longer than the one before.
        public var factor: Double
        /// The longest pause, in seconds.
        public var longest: Double

        /// Makes a rule of pauses.
        public init(first: Double = 4 * 3_600, factor: Double = 2, longest: Double = 48 * 3_600) {
            self.first = first
            self.factor = factor
            self.longest = longest
        }

        /// The pause after so many messages about one alert.
        public func pause(afterMessages count: Int) -> Double {
            var pause = first
            for _ in 1..<max(1, count) where pause < longest { pause *= factor }
            return min(pause, longest)
        }
    }

    /// Makes a rule.
    public init(
        name: String, title: LocalizedText, advice: LocalizedText, measure: AlertMeasure,
        period: AlertPeriod, labels: [String: String] = [:], groupBy: [String] = [],
        condition: AlertCondition, severity: AlertSeverity = .warning, hold: Hold = Hold(),
        calmPeriods: Int = 2, repetition: Repetition = Repetition(), cause: String? = nil,
        inhibitedBy: [String] = []
    ) {
        self.name = name
        self.title = title
        self.advice = advice
        self.measure = measure
        self.period = period
        self.labels = labels
        self.groupBy = groupBy
        self.condition = condition
        self.severity = severity
        self.hold = hold
        self.calmPeriods = calmPeriods
        self.repetition = repetition
        self.cause = cause ?? name
        self.inhibitedBy = inhibitedBy
    }

    /// After how many seconds without any measurement an alert cannot be held to go on; `nil` for never.
    ///
    /// Of minutes only the last twenty are looked at. For hours it is longer than a day, since some journals are delivered once a day; for days longer than a
    /// weekend. Nights that do not come are told of by rules of their own.
    public var lapse: Double? {
        switch period {
        case .minute: 2 * 3_600
        case .hour: 36 * 3_600
        case .day: 4 * 86_400
        case .night, .moment: nil
        }
    }

    /// Whether the labels of something measured are those that the rule wants.
    public func wants(_ found: [String: String]) -> Bool {
        labels.allSatisfy { name, wanted in
            guard let value = found[name] else { return false }
            return wanted.hasSuffix("*")
                ? value.hasPrefix(wanted.dropLast()) : value == wanted
        }
    }
}

/// How grave an alert is.
public enum AlertSeverity: String, Hashable, Sendable, CaseIterable, Codable, Comparable {
    /// Somebody should know.
    case info
    /// Somebody should look.
    case warning
    /// Somebody should act.
    case error
    /// Somebody should act at once, at night too; of our own rules none says so.
    case critical

    /// Orders from `info` to `critical`.
    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    /// The place in the order, from 0.
    var rank: Int {
        switch self {
        case .info: 0
        case .warning: 1
        case .error: 2
        case .critical: 3
        }
    }
}

/// When a measurement is a breach.
public enum AlertCondition: Hashable, Sendable {
    /// At least so much; of money, minor units.
    case atLeast(Int64)
    /// Far outside of what is usual for the season.
    case spike(SpikeTest)
}
