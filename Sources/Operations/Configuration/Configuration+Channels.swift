public import Channels
public import Reporting

extension Configuration {
    /// A way by which notices leave beside mail.
    public struct Channel: Sendable {
        /// How the other side is spoken to.
        public enum Kind: Sendable {
            /// A bot that speaks Telegram's interface.
            case bot(token: String, address: String)
            /// A program that takes signed JSON.
            case webhook(address: String, secret: String, headers: [String: String])
            /// A gateway that sends short messages.
            case sms(SMSGateway.Settings)
            /// The system's log, here or elsewhere.
            case syslog(Syslog.Place, facility: Syslog.Facility)
            /// systemd's journal.
            case journal(path: String)
        }

        /// The name by which subscriptions speak of it.
        public var name: String
        /// How the other side is spoken to.
        public var kind: Kind
        /// A file of certificate authorities to trust beside the system's.
        public var certificateAuthority: String?

        /// Whether it has one goal, so that subscriptions name none.
        public var hasFixedGoal: Bool {
            switch kind {
            case .bot, .sms: false
            case .webhook, .syslog, .journal: true
            }
        }
    }

    /// The name of the channel that is always there: mail.
    public static let mailChannel = "mail"

    /// What holds for everything that leaves.
    public struct Outgoing: Sendable {
        /// Whether names, telephones and addresses of persons are shortened.
        public var masksPersonalData = true
        /// Whether files go along with mails; they hold personal data whole.
        public var attaches = true
        /// How long a message is tried before it becomes a dead letter.
        public var retryFor = Duration.seconds(72 * 3600)
        /// The pause before the first repetition; each further one is twice as long, up to four hours.
        public var firstRetry = Duration.seconds(60)

        /// Makes the usual settings.
        public init() {}
    }
}

/// Who gets what, how, and when.
public struct Subscription: Sendable {
    /// Alerts that somebody wants.
    public struct Alerts: Hashable, Sendable {
        /// From this severity on.
        public var severity: Notice.Severity
        /// Of these entities only, and alerts that concern none; `nil` for all.
        public var entities: Set<String>?
        /// By these rules only; `nil` for all.
        public var rules: Set<String>?
    }

    /// The channel's name; `mail` is always there.
    public var channel: String
    /// Where to: an address, a chat, a telephone; the channel's name where it has one goal.
    public var recipient: String
    /// Names of reports; `*` for all.
    public var reports: Set<String>
    /// Alerts that are wanted; `nil` for none.
    public var alerts: Alerts?
    /// Topics that are not wanted, also where they would come without being asked for.
    public var without: Set<String>
    /// The language.
    public var language: ReportLanguage
    /// Whether a report that has nothing to say is left out.
    public var skipsEmpty: Bool
    /// When nothing is to come.
    public var quietHours: QuietHours?
    /// Whether personal data is shortened.
    public var masksPersonalData: Bool
    /// Whether files go along with a mail; else the letter says where they lie.
    public var attaches: Bool

    /// Makes a subscription to reports by mail.
    public init(
        channel: String = Configuration.mailChannel, recipient: String,
        reports: Set<String> = [], alerts: Alerts? = nil, without: Set<String> = [],
        language: ReportLanguage, skipsEmpty: Bool = false, quietHours: QuietHours? = nil,
        masksPersonalData: Bool = true, attaches: Bool = true
    ) {
        self.channel = channel
        self.recipient = recipient
        self.reports = reports
        self.alerts = alerts
        self.without = without
        self.language = language
        self.skipsEmpty = skipsEmpty
        self.quietHours = quietHours
        self.masksPersonalData = masksPersonalData
        self.attaches = attaches
    }
}
