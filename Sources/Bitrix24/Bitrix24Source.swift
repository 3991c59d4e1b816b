public import Collection
public import Records

/// A Bitrix24 portal, read through an incoming webhook or as a local application.
///
/// A full copy is read each time: lists in pages by id, up to fifty pages to a request, and the
/// related lists beside them. Memory holds one portion and never more, whatever the size of the
/// portal; what has to wait for its owner waits on the disk.
public struct Bitrix24Source: SnapshotSource {
    /// The name in the configuration.
    public let name: SourceName
    let access: any PortalAccess
    let mapping: MappingDefinition
    private let transport: any HTTPTransport
    private let limiter: RateLimiter?
    private let operating: OperatingTime
    private let policy: RetryPolicy
    private let clock: MonotonicClock
    private let window: ReadingWindow?

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - name: The name in the configuration.
    ///   - access: The portal and the credentials: a ``Webhook`` or a ``LocalApplication``.
    ///   - mapping: What the portal calls the entities' fields.
    ///   - transport: Sends requests; wait for 60 seconds at least, as long as the portal may work.
    ///   - limiter: Keeps below the portal's limit of requests, see ``PortalPlan``; `nil` for a box
    ///     without one. Sources that read from one address share it.
    ///   - operating: What the portal has worked of late, so that it never blocks a method; sources
    ///     that read with the same credentials share it. `nil` for one of its own, with the limit
    ///     that the cloud has.
    ///   - policy: How often to try again.
    ///   - window: What of a growing list is enough; `nil` for everything.
    ///   - clock: Tells and passes the time.
    public init(
        name: SourceName, access: any PortalAccess, mapping: MappingDefinition,
        transport: any HTTPTransport, limiter: RateLimiter? = RateLimiter(),
        operating: OperatingTime? = nil, policy: RetryPolicy = RetryPolicy(),
        window: ReadingWindow? = nil, clock: MonotonicClock = .system
    ) {
        self.name = name
        self.access = access
        self.mapping = mapping
        self.transport = transport
        self.limiter = limiter
        self.operating = operating ?? OperatingTime(clock: clock)
        self.policy = policy
        self.window = window
        self.clock = clock
    }

    /// Reads every record of an entity, portion by portion.
    ///
    /// - Throws: ``CollectionError`` when the portal cannot be read to the end; ``EntityNotGiven`` when
    ///   it does not keep the entity.
    public func collect(
        _ entity: EntityDefinition,
        progress: @Sendable (_ delivered: Int, _ announced: Int?) -> Void,
        deliver: ([Record]) async throws -> Void
    ) async throws -> Certificate {
        let sections = try sections(of: entity.name)
        do {
            var reading = PortalReading(
                entity: entity, client: client(), window: window, clock: clock)
            try await reading.begin(sections)
            while let records = try await reading.nextPortion() {
                if !records.isEmpty { try await deliver(records) }
                progress(reading.builder.deliveredCount, reading.announced)
            }
            return try await reading.finish()
        } catch let unknown as UnknownMethod {
            throw unknown.error
        } catch let broken as BrokenText {
            throw broken.error
        }
    }

    /// The page of a record in the portal.
    public func webAddress(of id: RecordID, entity: EntityName) -> String? {
        let sections = mapping.sections(of: entity).flatMap { [$0] + ($0.older ?? []) }
        // The longest prefix decides: one without a prefix would fit every id.
        let fitting = sections.filter { id.rawValue.hasPrefix($0.idPrefix) }
            .max { $0.idPrefix.utf8.count < $1.idPrefix.utf8.count }
        guard let section = fitting, let path = section.webAddress else { return nil }
        let own = String(id.rawValue.dropFirst(section.idPrefix.count))
        return access.portal + "/" + path.replacing("{id}", with: BatchCommand.encoded(own))
    }

    func client() -> PortalClient {
        PortalClient(
            access: access,
            pipeline: RequestPipeline(
                transport: transport, limiter: limiter, policy: policy, clock: clock),
            operating: operating)
    }

    /// The sections of an entity, each of which reads one list.
    func sections(of entity: EntityName) throws(CollectionError) -> [EntityMapping] {
        try mapping.askedSections(of: entity, in: name)
    }
}
