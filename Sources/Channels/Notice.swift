/// What a person is told in a few lines, whatever way it reaches them.
public struct Notice: Hashable, Sendable, Codable {
    /// How much it matters.
    public enum Severity: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
        /// Worth knowing: a report, something that was resolved.
        case info
        /// Worth mending.
        case warning
        /// Costs money or breaks the exchange.
        case error
        /// Cannot wait until morning.
        case critical

        /// Orders from `info` to `critical`.
        public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .info: 0
            case .warning: 1
            case .error: 2
            case .critical: 3
            }
        }
    }

    /// What it is about, for programs: `nightly-audit`, `alert.integration-errors`.
    public var topic: String
    /// One line that says it all.
    public var title: String
    /// The lines below; an empty line parts paragraphs.
    public var lines: [String]
    /// Where there is more; `nil` for nowhere.
    public var link: String?
    /// How much it matters.
    public var severity: Severity
    /// The language of the texts: `ru`.
    public var language: String
    /// When it happened, in seconds since 1970.
    public var time: Int64

    /// Makes a notice.
    public init(
        topic: String, title: String, lines: [String] = [], link: String? = nil,
        severity: Severity, language: String, time: Int64
    ) {
        self.topic = topic
        self.title = title
        self.lines = lines
        self.link = link
        self.severity = severity
        self.language = language
        self.time = time
    }
}
