internal import Bitrix24
internal import Collection
internal import Definitions
internal import Foundation
internal import OneC
internal import Records
internal import RemoteFiles

/// Makes the sources that the configuration names.
struct SourceFactory: Sendable {
    let timeZone: TimeZone
    private let resources: ResourceFolders
    private let isAwaited: Bool
    private let window: ReadingWindow?
    let systems: SystemRegistry

    /// Makes a factory.
    ///
    /// - Parameters:
    ///   - timeZone: The company's, in which 1C's clock is read.
    ///   - resources: Where the mappings lie.
    ///   - systems: What is shared with everything else that reads the same systems.
    ///   - isAwaited: Whether a person waits for the answers: little is tried again then, and nothing
    ///     is waited out.
    ///   - window: What of growing lists is enough; `nil` for everything.
    init(
        timeZone: TimeZone, resources: ResourceFolders,
        systems: SystemRegistry = SystemRegistry(), isAwaited: Bool = false,
        window: ReadingWindow? = nil
    ) {
        self.timeZone = timeZone
        self.resources = resources
        self.systems = systems
        self.isAwaited = isAwaited
        self.window = window
    }

    /// Makes every source of the configuration, in the order of their roles.
    ///
    /// - Parameters:
    ///   - configuration: The configuration.
    ///   - entities: The entities that they may be asked for.
    /// - Returns: The sources; nothing is sent yet.
    /// - Throws: ``ConfigurationError`` when a mapping or address is not right.
    func sources(
        of configuration: Configuration, entities: [EntityDefinition]
    ) throws -> [ConfiguredSource] {
        try configuration.sourcesByRole.map { role, settings in
            try source(role, settings, entities: entities)
        }
    }

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - role: What it is there for.
    ///   - settings: What the configuration says of it.
    ///   - entities: The entities that it may be asked for.
    /// - Returns: The source; nothing is sent yet.
    /// - Throws: ``ConfigurationError`` when its mapping or address is not right.
    func source(
        _ role: SourceRole, _ settings: Configuration.Source, entities: [EntityDefinition]
    ) throws -> ConfiguredSource {
        do {
            switch settings.kind {
            case .files:
                return try files(role, settings, entities)
            case .xml:
                return try exports(role, settings, try mapping(settings, entities), entities)
            case .bitrix24:
                let (mapping, access) = (try mapping(settings, entities), try access(settings))
                return mapped(
                    role, settings, mapping,
                    Bitrix24Source(
                        name: settings.name, access: access, mapping: mapping,
                        transport: transport(settings),
                        limiter: systems.limiter(of: access.portal) { limiter(settings) },
                        operating: systems.operatingTime(
                            of: settings, limit: plan(settings).operatingLimit),
                        policy: isAwaited ? Self.short : RetryPolicy(), window: window))
            case .onecOData:
                let mapping = try mapping(settings, entities)
                return mapped(role, settings, mapping, try infobase(settings, mapping))
            }
        } catch let error as CollectionError {
            throw ConfigurationError("source '\(settings.name)': \(error.message)")
        } catch let error as RemoteError {
            throw ConfigurationError("source '\(settings.name)': \(error.message)")
        }
    }

    /// An infobase, to be asked for what it publishes; its mapping is of no account then.
    func infobase(
        _ settings: Configuration.Source, _ mapping: MappingDefinition
    ) throws(CollectionError) -> OneCSource {
        let address = try InfobaseAddress(
            settings.address, user: settings.user, password: settings.password)
        let transport = transport(settings, readTimeout: .seconds(300))
        let access = systems.access(to: address, requestsAtOnce: settings.requestsAtOnce)
        var reading = OneCSource.Settings(
            timeZone: settings.timeZone ?? timeZone, usesSession: settings.keepsSession,
            isAllowedOnly: settings.isAllowedOnly)
        reading.requestsAtOnce = settings.requestsAtOnce
        reading.window = window
        guard isAwaited else {
            return OneCSource(
                name: settings.name, address: address, mapping: mapping, settings: reading,
                transport: transport, access: access)
        }
        reading.patience = .zero
        return OneCSource(
            name: settings.name, address: address, mapping: mapping, settings: reading,
            transport: transport, access: access, policy: Self.short)
    }

    /// For a person who waits: a passing failure is tried again once.
    private static let short = RetryPolicy(
        attempts: 2, base: .seconds(1), longest: .seconds(2), deadline: .seconds(300))

    func mapped(
        _ role: SourceRole, _ settings: Configuration.Source, _ mapping: MappingDefinition,
        _ source: any SnapshotSource
    ) -> ConfiguredSource {
        ConfiguredSource(role, source) { entity in
            mapping[entity] == nil ? .notMapped(mapping: settings.mapping) : nil
        }
    }

    /// The mapping of a source.
    ///
    /// - Throws: ``ConfigurationError`` when there is none or it is not right.
    func mapping(
        _ settings: Configuration.Source, _ entities: [EntityDefinition]
    ) throws -> MappingDefinition {
        let mapping: MappingDefinition
        do {
            mapping = try MappingFile.read(
                resources.file("templates/mappings/\(settings.mapping).yaml"), entities: entities)
        } catch let error as DefinitionError {
            throw ConfigurationError(error.description)
        }
        for own in settings.ownFields {
            guard let entity = entities.first(where: { $0.name == own.entity }) else { continue }
            guard mapping[own.entity] != nil, entity.index(of: own.field) != nil else {
                let known = mapping[own.entity] == nil ? [] : entity.fields.map(\.name.rawValue)
                throw ConfigurationError(
                    "source '\(settings.name)', fields: "
                        + (known.isEmpty
                            ? "the mapping '\(settings.mapping)' does not read \(own.entity)"
                            : "'\(own.field)' is not a field of \(own.entity); its fields: "
                                + known.joined(separator: ", ")))
            }
        }
        return mapping.reading(settings.ownFields, of: entities)
    }

    private func transport(
        _ settings: Configuration.Source, readTimeout: Duration = .seconds(65)
    ) -> AsyncHTTPTransport {
        AsyncHTTPTransport(
            AsyncHTTPTransport.Settings(
                certificateAuthorityFile: settings.certificateAuthority, readTimeout: readTimeout))
    }

    /// The local application of a source; `nil` when it is read by webhook.
    func application(
        _ settings: Configuration.Source
    ) throws(CollectionError) -> LocalApplication? {
        guard let application = settings.application else { return nil }
        let key =
            switch application.key {
            case .file(let file): try TokenKey(file: file)
            case .text(let text): try TokenKey(text, place: "the configuration")
            }
        var identity = LocalApplication.Identity(
            clientID: application.clientID, clientSecret: application.clientSecret)
        if let server = application.server { identity.server = server }
        return try LocalApplication(
            portal: settings.address, identity: identity,
            vault: TokenVault(file: application.tokenFile, key: key),
            transport: transport(settings))
    }

    private func access(
        _ settings: Configuration.Source
    ) throws(CollectionError) -> any PortalAccess {
        if let application = try application(settings) { return application }
        return try Webhook(settings.address)
    }

    private func plan(_ settings: Configuration.Source) -> PortalPlan {
        switch settings.plan {
        case .standard: .standard
        case .enterprise: .enterprise
        case .box: .box
        }
    }

    /// The plan's limit unless told otherwise; 0 means that there is none.
    private func limiter(_ settings: Configuration.Source) -> RateLimiter? {
        guard let rate = settings.requestsPerSecond else { return plan(settings).limiter() }
        return rate > 0 ? RateLimiter(perSecond: rate) : nil
    }
}
