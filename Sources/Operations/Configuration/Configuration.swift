public import Channels
public import Foundation
public import Mail
public import Records
public import Reporting

/// Everything that `sverka.yaml` says, with secrets filled in and defaults applied.
public struct Configuration: Sendable {
    /// Who the reports are for and in which language and zone they are written.
    public var company: Company
    /// Where Sverka keeps its own things: the private cluster, reports, mails.
    public var dataFolder: URL
    /// The database server; `nil` means the embedded cluster in ``dataFolder``.
    public var databaseURL: String?
    /// The two systems that are compared.
    public var sources: [Side: Source]
    /// The integration's own journal, which is read beside them; `nil` when there is none.
    public var journal: Source?
    /// The entities to check, in order.
    public var entities: [EntityName]
    /// The nightly report.
    public var report: Report
    /// What the return on investment is reckoned from.
    public var roi: ROIAssumptions
    /// How mail is sent; `nil` means that mails are only written as files.
    public var mail: Mail?
    /// Ways by which notices leave beside mail.
    public var channels: [Channel] = []
    /// Who gets what; those of ``Report/recipients`` come on top.
    public var subscriptions: [Subscription] = []
    /// What holds for everything that leaves.
    public var outgoing = Outgoing()
    /// How long data is kept that is no longer needed.
    public var retention = Retention()
    /// When jobs run by themselves, under `sverka serve`.
    public var schedule: [ScheduledJob]
    /// How seldom people are told of alerts.
    public var alerts = Alerts()
    /// Where `sverka serve` answers requests for its health and metrics.
    public var listen: ListenAddress
    /// How long `sverka serve`, told to end, waits for what is running.
    public var stopWithin = Duration.seconds(60)
    /// A folder whose `sql`, `reports` and `templates` are taken before the built-in ones.
    public var overrides: URL?

    /// Every source with what it is there for, in the order of the roles.
    public var sourcesByRole: [(role: SourceRole, source: Source)] {
        SourceRole.allCases.compactMap { role in
            let source = role.side.map { sources[$0] } ?? journal
            return source.map { (role, $0) }
        }
    }

    /// Who the reports are for.
    public struct Company: Sendable {
        /// The name on the report.
        public var name: String
        /// The IANA time zone in which dates are written.
        public var timeZone: TimeZone
        /// The language of reports.
        public var language: ReportLanguage
    }

    /// One system to read.
    public struct Source: Sendable {
        /// How the system is reached.
        public enum Kind: String, Sendable, CaseIterable {
            /// A 1C infobase published over OData.
            case onecOData = "1c_odata"
            /// A Bitrix24 portal by incoming webhook or as a local application.
            case bitrix24
            /// A CSV or JSON Lines file per entity, in a folder.
            case files
            /// XML files that a system exports into a folder, read by a mapping.
            case xml

            /// Whether it is a folder of files, and no system that answers.
            var isFolder: Bool { self == .files || self == .xml }

            /// How reports name it.
            var title: String {
                switch self {
                case .onecOData: "1C OData"
                case .bitrix24: "Bitrix24 REST"
                case .files: "CSV, JSON Lines"
                case .xml: "XML"
                }
            }
        }

        /// The name in the database and on the command line.
        public var name: SourceName
        /// How the system is reached.
        public var kind: Kind
        /// The infobase's, the webhook's or the portal's address, or the folder.
        public var address: String
        /// The user of the infobase.
        public var user: String
        /// The user's password.
        public var password: String
        /// Where the clock hangs by which the system writes times without an offset; `nil` for the
        /// company's zone.
        public var timeZone: TimeZone?
        /// The mapping file's name in `templates/mappings`, without `.yaml`.
        public var mapping: String
        /// Fields that people added to the system, which count before those of the mapping.
        public var ownFields: [OwnField] = []
        /// Requests per second that may be sent; `nil` means the source's own default.
        public var requestsPerSecond: Double?
        /// A file of certificate authorities to trust beside the system's.
        public var certificateAuthority: String?
        /// Whether an infobase leaves out rows that the user may not see instead of refusing the list.
        public var isAllowedOnly = false
        /// Whether sessions of an infobase are kept for a whole reading.
        public var keepsSession = false
        /// How many requests an infobase gets at a time, 1 to 8; each takes a session of 1C.
        public var requestsAtOnce = 1
        /// What the portal's owner pays for, which says how many requests it takes.
        public var plan = Plan.standard
        /// The local application as which a portal is read; `nil` for a webhook.
        public var application: Application?
        /// When files of a folder are taken, and what becomes of them.
        public var intake = Intake()
        /// The folder of another machine from which files are fetched into the folder here first.
        public var remote: Remote?
        /// What readers of reports call it; `nil` for its name.
        public var title: String?

        /// The system as reports call it.
        var shownTitle: String { title ?? name.rawValue }

        /// How much a portal may be asked.
        public enum Plan: String, Sendable, CaseIterable {
            /// Any plan of the cloud but the largest.
            case standard
            /// The cloud's largest plan.
            case enterprise
            /// An installation of one's own, without limits.
            case box
        }

        /// A local application of a portal, which proves itself by OAuth 2.0.
        public struct Application: Sendable {
            /// The key under which tokens are kept on the disk.
            public enum Key: Sendable {
                /// In a file that only its owner may read.
                case file(URL)
                /// Given by a secret.
                case text(String)
            }

            /// The application's id, as the portal shows it.
            public var clientID: String
            /// The application's key, as the portal shows it.
            public var clientSecret: String
            /// The server that gives tokens; `nil` for the vendor's.
            public var server: String?
            /// Where tokens are kept, encrypted.
            public var tokenFile: URL
            /// The key under which they are kept.
            public var key: Key
        }

        /// A folder on another machine.
        public struct Remote: Sendable {
            /// Where it is: `sftp://host/folder/`.
            public var address: String
            /// Who signs in; `nil` for nobody.
            public var user: String?
            /// The user's password.
            public var password: String?
            /// The file of the user's private key, for `sftp`.
            public var privateKey: URL?
            /// What the private key is protected with.
            public var passphrase: String?
            /// The SHA-256 of the server's host key, for `sftp`.
            public var hostKey: String?
            /// The file of trusted host keys, for `sftp`.
            public var knownHosts: URL?
            /// A file of certificates to trust instead of the system's.
            public var certificateAuthority: URL?
        }

        /// When files of a folder are taken, and what becomes of them.
        public struct Intake: Sendable {
            /// A file that is there when the export has ended; `nil` to see that files rest.
            public var readyFile: String?
            /// Where it is kept what was taken, so that nothing is taken twice; `nil` to read what
            /// is there each time.
            public var ledger: URL?
            /// Where files go that were taken; `nil` to leave them.
            public var takenFolder: URL?
        }
    }

    /// How long data is kept that is no longer needed.
    public struct Retention: Hashable, Sendable {
        /// How many days personal data is kept after its end.
        ///
        /// Of versions of records, of findings that were resolved, of messages that left, of entries
        /// of the journal. Three years, in which a claim can be brought (article 196 of the Civil
        /// Code), unless told otherwise.
        public var personalDataDays = 1_095
    }

    /// How seldom people are told of alerts.
    public struct Alerts: Hashable, Sendable {
        /// No more messages within any seven days.
        public var messagesPerWeek = 20
    }

    /// An address of this machine with a port.
    public struct ListenAddress: Hashable, Sendable {
        /// The host; a loopback address unless told otherwise.
        public var host: String
        /// The port; zero stands for any free one.
        public var port: Int

        /// Makes an address.
        public init(host: String = "127.0.0.1", port: Int = 9477) {
            self.host = host
            self.port = port
        }
    }

    /// The nightly report.
    public struct Report: Sendable {
        /// Who gets the mail.
        public var recipients: [String]
        /// What an hour of the people who mend the findings costs, in minor units.
        public var hourlyCost: Money
        /// Where the data folder's `reports` can be reached by a browser; `nil` for nowhere.
        ///
        /// Mails name the address instead of the path.
        public var folderAddress: String?
        /// A snapshot that lost so many percent of the last certified one's records is doubted, 1 to 100.
        public var suddenDropPercent: Int
        /// A file of errors that were put into the systems on purpose; `nil` as a rule.
        public var plantedErrors: URL?
    }

    /// How mail is sent.
    public struct Mail: Sendable {
        /// How the connection is protected.
        public enum Security: String, Sendable, CaseIterable {
            /// Upgrade to TLS or give up.
            case startTLS = "starttls"
            /// TLS from the first byte.
            case tls
            /// No protection: for a relay on this machine.
            case none
        }

        /// The sender's address.
        public var from: String
        /// The server.
        public var host: String
        /// The server's port.
        public var port: Int
        /// How the connection is protected.
        public var security: Security
        /// The user, when the server asks for one.
        public var user: String?
        /// The user's password.
        public var password: String?
        /// How the user is proved; `nil` for the safest that both sides know.
        public var authentication: SMTPServer.Authentication?
        /// Where access tokens come from, in place of a password.
        public var accessTokens: AccessTokens.Settings?
        /// A file of certificate authorities: the mail server is trusted by them instead of the
        /// system's, the server of access tokens by either.
        public var certificateAuthority: String?
        /// How long a server may take for one mail, in seconds, beside what its size needs.
        public var timeout = 120
        /// The largest mail, in bytes; of a larger one the files are left out and their place is named.
        public var sizeMax = 20_000_000
        /// Where a recipient says that they want no more: `mailto:…` or `https://…`; `nil` for a mail
        /// to the sender.
        public var unsubscribeAddress: String?
    }
}
