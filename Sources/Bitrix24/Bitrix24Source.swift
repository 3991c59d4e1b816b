public import Collection
public import Records

/// A Bitrix24 portal, read through an incoming webhook.
///
/// A full copy is read each time: companies in pages by id, up to fifty pages to a request, and for
/// each such portion the rows of the related lists by owner. Memory holds one portion and never
/// more, whatever the size of the portal.
public struct Bitrix24Source: SnapshotSource {
    /// The name in the configuration.
    public let name: SourceName
    let webhook: Webhook
    let mapping: MappingDefinition
    private let transport: any HTTPTransport
    private let limiter: RateLimiter?
    private let policy: RetryPolicy
    private let clock: MonotonicClock

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - name: The name in the configuration.
    ///   - webhook: The portal and the credentials.
    ///   - mapping: What the portal calls the entities' fields.
    ///   - transport: Sends requests; wait for 60 seconds at least, as long as the portal may work.
    ///   - limiter: Keeps below the portal's limit of requests; `nil` for a box without one.
    ///   - policy: How often to try again.
    ///   - clock: Tells and passes the time.
    public init(
        name: SourceName, webhook: Webhook, mapping: MappingDefinition,
        transport: any HTTPTransport, limiter: RateLimiter? = RateLimiter(),
        policy: RetryPolicy = RetryPolicy(), clock: MonotonicClock = .system
    ) {
        self.name = name
        self.webhook = webhook
        self.mapping = mapping
        self.transport = transport
        self.limiter = limiter
        self.policy = policy
        self.clock = clock
    }

    /// Reads every record of an entity, portion by portion.
    ///
    /// - Throws: ``CollectionError`` when the portal cannot be read to the end.
    public func collect(
        _ entity: EntityDefinition,
        progress: @Sendable (_ delivered: Int, _ announced: Int?) -> Void,
        deliver: ([Record]) async throws -> Void
    ) async throws -> Certificate {
        let mapping = try mapping(of: entity.name)
        let client = client()
        var reading = PortalReading(mapping: mapping, entity: entity, client: client, clock: clock)
        try await reading.begin()
        while let records = try await reading.nextPortion() {
            if !records.isEmpty { try await deliver(records) }
            progress(reading.builder.deliveredCount, reading.announced)
        }
        return try await reading.finish()
    }

    /// The page of a record in the portal.
    public func webAddress(of id: RecordID, entity: EntityName) -> String? {
        guard let path = mapping[entity]?.webAddress else { return nil }
        let encoded = BatchCommand.encoded(id.rawValue)
        return webhook.portal + "/" + path.replacing("{id}", with: encoded)
    }

    func client() -> PortalClient {
        PortalClient(
            webhook: webhook,
            pipeline: RequestPipeline(
                transport: transport, limiter: limiter, policy: policy, clock: clock))
    }

    func mapping(of entity: EntityName) throws(CollectionError) -> EntityMapping {
        guard let mapping = mapping[entity] else {
            throw CollectionError(
                .misconfigured,
                "The mapping of source '\(name)' has no section for \(entity). Add it to the "
                    + "mapping file or leave the entity out.")
        }
        return mapping
    }
}
