public import Collection
public import Foundation
public import Records

/// An infobase of 1C:Enterprise 8.3, read through its standard OData interface.
public struct OneCSource: SnapshotSource {
    /// How to read.
    public struct Settings: Hashable, Sendable {
        /// Where the infobase's clock hangs.
        public var timeZone: TimeZone
        /// Whether to keep one session of 1C for the whole reading (`IBSession`).
        public var usesSession: Bool
        /// Whether rows that the user may not see are left out instead of failing.
        public var isAllowedOnly: Bool
        /// How large a page should become, in bytes.
        public var pageBytes: Int

        /// Makes settings.
        public init(
            timeZone: TimeZone = TimeZone(identifier: "Europe/Moscow") ?? .gmt,
            usesSession: Bool = false, isAllowedOnly: Bool = false, pageBytes: Int = 4_194_304
        ) {
            self.timeZone = timeZone
            self.usesSession = usesSession
            self.isAllowedOnly = isAllowedOnly
            self.pageBytes = pageBytes
        }
    }

    /// The name in the configuration.
    public let name: SourceName
    private let address: InfobaseAddress
    private let mapping: MappingDefinition
    private let settings: Settings
    private let transport: any HTTPTransport
    private let policy: RetryPolicy
    private let clock: MonotonicClock

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - name: The name in the configuration.
    ///   - address: The infobase and the credentials.
    ///   - mapping: What the configuration of 1C calls the entities' fields.
    ///   - settings: How to read.
    ///   - transport: Sends requests; wait for minutes, since 1C is slow to begin.
    ///   - policy: How often to try again.
    ///   - clock: Tells and passes the time.
    public init(
        name: SourceName, address: InfobaseAddress, mapping: MappingDefinition,
        settings: Settings = Settings(), transport: any HTTPTransport,
        policy: RetryPolicy = RetryPolicy(attempts: 8, base: .seconds(2), longest: .seconds(120)),
        clock: MonotonicClock = .system
    ) {
        self.name = name
        self.address = address
        self.mapping = mapping
        self.settings = settings
        self.transport = transport
        self.policy = policy
        self.clock = clock
    }

    /// Reads every record of an entity, page by page.
    ///
    /// - Throws: ``CollectionError`` when the infobase cannot be read to the end.
    public func collect(
        _ entity: EntityDefinition,
        progress: @Sendable (_ delivered: Int, _ announced: Int?) -> Void,
        deliver: ([Record]) async throws -> Void
    ) async throws -> Certificate {
        let mapping = try mapping(of: entity.name)
        let client = client()
        do {
            let certificate = try await read(
                mapping, entity, client: client, progress: progress, deliver: deliver)
            await client.finish()
            return certificate
        } catch {
            await client.finish()
            throw error
        }
    }

    private func read(
        _ mapping: EntityMapping, _ entity: EntityDefinition, client: InfobaseClient,
        progress: @Sendable (Int, Int?) -> Void, deliver: ([Record]) async throws -> Void
    ) async throws -> Certificate {
        let selection = try SetSelection(
            mapping, metadata: try await client.metadata(of: mapping.list), label: address.label)
        var reading = SetReading(
            client: client, mapping: mapping, selection: selection,
            decoder: RecordDecoder(mapping, entity: entity, timeZone: settings.timeZone),
            pageBytes: settings.pageBytes, clock: clock)
        if settings.isAllowedOnly {
            reading.doubt(
                .rightsLost(
                    detail: "allowed_only is set: rows that the user of \(address.label) may not "
                        + "see are left out without a word."))
        }
        while let records = try await reading.nextPage() {
            if !records.isEmpty { try await deliver(records) }
            progress(reading.builder.deliveredCount, reading.announced)
        }
        return reading.finish(await client.traffic)
    }

    /// Tries the address, the credentials, the set and its fields.
    public func check(_ entity: EntityDefinition) async -> [SourceCheck] {
        let client = client()
        var checks: [SourceCheck] = []
        do {
            let mapping = try mapping(of: entity.name)
            let metadata = try await client.metadata(of: mapping.list)
            checks.append(
                SourceCheck(
                    subject: "reachable", isPassed: true,
                    detail: "\(address.label) answers and publishes \(metadata.setCount) sets"))
            let selection = try SetSelection(mapping, metadata: metadata, label: address.label)
            checks.append(
                SourceCheck(
                    subject: "fields of \(mapping.list)", isPassed: true,
                    detail: selection.unknown.isEmpty
                        ? "all are published"
                        : "not published: \(selection.unknown.joined(separator: ", ")). Mend the "
                            + "mapping if you expect values there."))
            let count = try await client.count(of: mapping.list)
            _ = try await client.page(
                of: mapping.list, select: selection.select, orderBy: selection.key, skip: 0, top: 1)
            checks.append(
                SourceCheck(
                    subject: mapping.list, isPassed: true, detail: "readable, \(count) entities"))
        } catch {
            let subjects = ["reachable", "fields", "entities"]
            checks.append(
                SourceCheck(
                    subject: subjects[min(checks.count, 2)], isPassed: false,
                    detail: (error as? CollectionError)?.message
                        ?? "stopped before it was answered"))
        }
        await client.finish()
        return checks
    }

    /// The navigation link of a record, which opens it in the web client.
    public func webAddress(of id: RecordID, entity: EntityName) -> String? {
        guard let path = mapping[entity]?.webAddress,
            let reference = NavigationLink.reference(id.rawValue)
        else { return nil }
        return address.publication + "/" + path.replacing("{id}", with: reference)
    }

    private func client() -> InfobaseClient {
        InfobaseClient(
            address: address,
            pipeline: RequestPipeline(
                transport: transport, limiter: nil, policy: policy, clock: clock),
            usesSession: settings.usesSession, isAllowedOnly: settings.isAllowedOnly)
    }

    private func mapping(of entity: EntityName) throws(CollectionError) -> EntityMapping {
        guard let mapping = mapping[entity] else {
            throw CollectionError(
                .misconfigured,
                "The mapping of source '\(name)' has no section for \(entity). Add it to the "
                    + "mapping file or leave the entity out.")
        }
        return mapping
    }
}
