internal import Bitrix24
public import Collection
internal import Definitions
internal import FileSource
internal import Foundation
internal import OneC
public import Records

/// Makes the sources that the configuration names.
public struct SourceFactory: Sendable {
    private let resources: ResourceFolders
    private let company: Configuration.Company

    /// Makes a factory.
    ///
    /// - Parameters:
    ///   - configuration: For the company's time zone, in which 1C's clock is read.
    ///   - resources: Where the mappings lie.
    public init(_ configuration: Configuration, resources: ResourceFolders) {
        company = configuration.company
        self.resources = resources
    }

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - settings: What the configuration says of it.
    ///   - entities: The entities that it may be asked for.
    /// - Returns: The source; nothing is sent yet.
    /// - Throws: ``ConfigurationError`` when its mapping or address is not right.
    public func source(
        _ settings: Configuration.Source, entities: [EntityDefinition]
    ) throws -> any SnapshotSource {
        do {
            switch settings.kind {
            case .files:
                return FolderSource(name: settings.name, folder: URL(filePath: settings.address))
            case .bitrix24:
                return Bitrix24Source(
                    name: settings.name, webhook: try Webhook(settings.address),
                    mapping: try mapping(settings, entities), transport: transport(settings),
                    limiter: limiter(settings))
            case .onecOData:
                return OneCSource(
                    name: settings.name,
                    address: try InfobaseAddress(
                        settings.address, user: settings.user, password: settings.password),
                    mapping: try mapping(settings, entities),
                    settings: OneCSource.Settings(timeZone: company.timeZone),
                    transport: transport(settings, readTimeout: .seconds(300)))
            }
        } catch let error as CollectionError {
            throw ConfigurationError("source '\(settings.name)': \(error.message)")
        }
    }

    private func mapping(
        _ settings: Configuration.Source, _ entities: [EntityDefinition]
    ) throws -> MappingDefinition {
        do {
            return try MappingFile.read(
                resources.file("templates/mappings/\(settings.mapping).yaml"), entities: entities)
        } catch let error as DefinitionError {
            throw ConfigurationError(error.description)
        }
    }

    private func transport(
        _ settings: Configuration.Source, readTimeout: Duration = .seconds(65)
    ) -> AsyncHTTPTransport {
        AsyncHTTPTransport(
            AsyncHTTPTransport.Settings(
                certificateAuthorityFile: settings.certificateAuthority, readTimeout: readTimeout))
    }

    /// The portal's own limit unless told otherwise; 0 means that there is none.
    private func limiter(_ settings: Configuration.Source) -> RateLimiter? {
        guard let rate = settings.requestsPerSecond else { return RateLimiter() }
        return rate > 0 ? RateLimiter(perSecond: rate) : nil
    }
}
