/// How sessions are shared between requests, as a publication sets it.
public enum InfobaseSessionMode: String, Hashable, Sendable, CaseIterable {
    /// Each request begins a session and ends it.
    case each
    /// A free session is used again for some seconds: what a publication does by default.
    case auto
    /// The client begins and ends sessions with the header `IBSession`; without it, as ``auto``.
    case client
}

/// What the infobase says of the number of rows of a virtual table, such as `SliceLast`.
public enum InfobaseVirtualCount: String, Hashable, Sendable, CaseIterable {
    /// `$count` and `$inlinecount`, as of a set.
    case own
    /// `$inlinecount` only.
    case inline
    /// Nothing: both are refused.
    case none
}

/// How the infobase behaves.
///
/// Every field below the login is a switch that can be changed while the sandbox runs: see
/// ``InfobaseSwitch``.
public struct InfobaseOptions: Hashable, Sendable {
    /// The name of the publication.
    public var base = "buh"
    /// The 1C user of the exchange.
    public var login = "Обмен CRM"
    /// The user's password.
    public var password = "sandbox"

    // MARK: What is published

    /// Whose names sets and fields have.
    public var configuration = InfobaseConfiguration.bp30
    /// Sets that are not published: `Catalog_Партнеры`; `*` for all.
    public var unpublished: Set<String> = []
    /// Fields that an update took away: `Catalog_Контрагенты.КПП`.
    public var removedFields: Set<String> = []
    /// Text fields that an update brought: `Catalog_Контрагенты.КодФилиала`.
    public var addedFields: Set<String> = []
    /// Bytes to which `$metadata` is filled up with other objects; a real base has 15 000 000.
    public var metadataByteCount = 0
    /// Whether a publication without sets answers 404 instead of an empty list.
    public var isEmptyCompositionMissing = false

    // MARK: Uncertain behaviour

    /// Whether `$inlinecount` makes the server forget `$top` and `$skip`, as its manual says;
    /// servers in the field do not.
    public var inlineCountIgnoresPaging = false
    /// How virtual tables are counted, which nothing published settles.
    public var virtualCount = InfobaseVirtualCount.inline
    /// Whether a filter with an unknown field finds nothing instead of being refused with 400.
    public var wrongFieldFindsNothing = false
    /// Whether unknown parameters without a dollar are passed over instead of being refused.
    public var ignoresUnknownParameters = false

    // MARK: Rights

    /// Row-level restrictions: of a set, every so many objects are hidden from the user.
    public var restrictedEvery: [String: Int] = [:]
    /// Wrong passwords after which the user is locked out; `nil` for never.
    public var wrongPasswordsMax: Int?
    /// How long a user stays locked out, in seconds.
    public var lockoutSeconds = 300.0

    // MARK: Availability

    /// When sessions are blocked each day by Moscow's clock, in minutes after midnight.
    public var maintenanceMinutes: Range<Int>?
    /// Answers larger than this fill up the server's disk: an HTML page with status 500.
    public var answerByteCountMax: Int?
    /// How sessions are shared.
    public var sessionMode = InfobaseSessionMode.auto
    /// Sessions that the pool holds: one more is refused with 406; `nil` for no limit.
    public var poolSize: Int?
    /// Client licences: a session beyond them cannot begin; `nil` for no limit.
    public var licences: Int?
    /// How long a free session is kept, in seconds.
    public var sessionIdleSeconds = 20.0
    /// How much longer the first answer of a session takes, in seconds; in life 10 to 30.
    public var coldStartSeconds = 0.0
    /// How long any answer takes and keeps its session busy, in seconds.
    public var answerSeconds = 0.0

    /// The usual settings.
    public init() {}

    /// Whether sets and fields are those of other options.
    func publishesSame(as other: InfobaseOptions) -> Bool {
        configuration == other.configuration && unpublished == other.unpublished
            && removedFields == other.removedFields && addedFields == other.addedFields
    }
}
