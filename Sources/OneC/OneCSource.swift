public import Collection
public import Foundation
public import Records

/// An infobase of 1C:Enterprise 8.3, read through its standard OData interface, and through HTTP
/// services of its own where the mapping says so (`list: hs/…`).
public struct OneCSource: SnapshotSource {
    /// How to read.
    public struct Settings: Hashable, Sendable {
        /// Where the infobase's clock hangs.
        public var timeZone: TimeZone
        /// Whether to keep sessions of 1C for the whole reading (`IBSession`), one for each request that
        /// is under way at a time.
        public var usesSession: Bool
        /// Whether rows that the user may not see are left out instead of failing.
        public var isAllowedOnly: Bool
        /// How large a page should become, in bytes.
        public var pageBytes: Int
        /// How many pages of a list are asked for at once; each takes a session of 1C.
        public var requestsAtOnce = 1
        /// How many documents are read as one part; longer lists are split by days.
        public var partRows = 20_000
        /// How long maintenance, busy sessions and missing licences are waited out.
        public var patience = Duration.seconds(3_600)
        /// What of a growing list is enough; `nil` for everything.
        public var window: ReadingWindow?

        /// Makes settings.
        public init(
            timeZone: TimeZone = TimeZone(identifier: "Europe/Moscow") ?? .gmt,
            usesSession: Bool = false, isAllowedOnly: Bool = false, pageBytes: Int = 2_097_152
        ) {
            self.timeZone = timeZone
            self.usesSession = usesSession
            self.isAllowedOnly = isAllowedOnly
            self.pageBytes = pageBytes
        }

        var limits: ListReading.Limits {
            ListReading.Limits(
                pageBytes: pageBytes, partRows: partRows, pagesAtOnce: requestsAtOnce)
        }
    }

    /// The name in the configuration.
    public let name: SourceName
    let address: InfobaseAddress
    let mapping: MappingDefinition
    let settings: Settings
    let clock: MonotonicClock
    let now: @Sendable () -> Date
    private let transport: any HTTPTransport
    private let policy: RetryPolicy
    /// What copies of this source share.
    private let state = InfobaseState()

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - name: The name in the configuration.
    ///   - address: The infobase and the credentials.
    ///   - mapping: What the configuration of 1C calls the entities' fields.
    ///   - settings: How to read.
    ///   - transport: Sends requests; wait for minutes, since 1C is slow to begin.
    ///   - access: What is shared with others that read the infobase; `nil` when nobody does.
    ///   - policy: How often to try again.
    ///   - clock: Tells and passes the time.
    ///   - now: Tells the moment at which prices and stocks are looked at.
    public init(
        name: SourceName, address: InfobaseAddress, mapping: MappingDefinition,
        settings: Settings = Settings(), transport: any HTTPTransport,
        access: InfobaseAccess? = nil,
        policy: RetryPolicy = RetryPolicy(attempts: 8, base: .seconds(2), longest: .seconds(120)),
        clock: MonotonicClock = .system, now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.name = name
        self.address = address
        self.mapping = mapping
        self.settings = settings
        self.transport = GatedTransport(
            inner: transport,
            access: access
                ?? InfobaseAccess(to: address, requestsAtOnce: settings.requestsAtOnce),
            // A neighbour that waits for a long answer is no neighbour that hangs.
            patience: ProcessGate.Patience(
                clock: clock,
                deadline: AsyncHTTPTransport.Settings.usualAnswerTimeout + .seconds(60)))
        self.policy = policy
        self.clock = clock
        self.now = now
    }

    /// What the infobase publishes; asked once for the life of the source.
    ///
    /// - Throws: ``CollectionError`` when it cannot be asked.
    public func metadata() async throws -> InfobaseMetadata {
        let client = client(patience: .zero)
        do {
            let metadata = try await client.metadata()
            await client.finish()
            return metadata
        } catch {
            await client.finish()
            throw error
        }
    }

    /// The navigation link of a record, which opens it in the web client.
    public func webAddress(of id: RecordID, entity: EntityName) -> String? {
        // Of several kinds of documents, the id does not tell which one it is of.
        guard mapping.sections(of: entity).count == 1, let path = mapping[entity]?.webAddress,
            let reference = NavigationLink.reference(id.rawValue)
        else { return nil }
        return address.publication + "/" + path.replacing("{id}", with: reference)
    }

    /// A client for one reading.
    ///
    /// - Parameter patience: How long an infobase that lets nobody in is waited for, where that is
    ///   not for the settings to say: a person who waits for a check does not wait for an hour.
    /// - Returns: The client; nothing is sent yet.
    func client(patience: Duration? = nil) -> InfobaseClient {
        InfobaseClient(
            address: address,
            pipeline: RequestPipeline(
                transport: transport, limiter: nil, policy: policy, clock: clock),
            state: state,
            settings: InfobaseClient.Settings(
                usesSession: settings.usesSession, isAllowedOnly: settings.isAllowedOnly,
                patience: patience ?? settings.patience, clock: clock))
    }

    /// The sections of an entity, each of which reads one list.
    func sections(of entity: EntityName) throws(CollectionError) -> [EntityMapping] {
        try mapping.askedSections(of: entity, in: name)
    }
}
