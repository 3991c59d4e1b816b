internal import Collection
internal import Foundation
public import Records

/// Looks into the two systems while a person answers, so that what is proposed fits them.
public protocol SetupProbe: Sendable {
    /// Which configuration an infobase runs, by what it publishes.
    ///
    /// - Parameter infobase: Address and credentials.
    /// - Returns: The mappings that may fit, the best first; those without any sign are left out.
    /// - Throws: What keeps it from being asked.
    func recognise(_ infobase: Configuration.Source) async throws -> [RecognisedConfiguration]

    /// Which entities a system can give.
    ///
    /// - Parameters:
    ///   - source: The system with its mapping.
    ///   - entities: The entities that it is asked for.
    /// - Returns: An item for each of them, in their order.
    /// - Throws: ``ConfigurationError`` when mapping or address are not right.
    func survey(
        _ source: Configuration.Source, entities: [EntityDefinition]
    ) async throws -> [SurveyedEntity]
}

/// A mapping that fits an infobase.
public struct RecognisedConfiguration: Sendable {
    /// The mapping's name: `onec-bp30`.
    public var mapping: String
    /// What people call the configuration.
    public var title: LocalizedText
    /// Its signs that are published.
    public var foundSigns: Int
    /// All of its signs.
    public var allSigns: Int

    /// Makes a proposal.
    public init(mapping: String, title: LocalizedText, foundSigns: Int, allSigns: Int) {
        self.mapping = mapping
        self.title = title
        self.foundSigns = foundSigns
        self.allSigns = allSigns
    }
}

/// An entity that a system was asked for.
public struct SurveyedEntity: Sendable {
    /// The entity.
    public var name: EntityName
    /// What could not be found; `nil` when it can be read.
    public var obstacle: String?

    /// Makes an answer.
    public init(_ name: EntityName, obstacle: String?) {
        self.name = name
        self.obstacle = obstacle
    }
}

/// Asks the systems themselves.
public struct LiveProbe: SetupProbe {
    let factory: SourceFactory
    let resources: ResourceFolders

    /// Makes a probe.
    ///
    /// - Parameter resources: Where mappings and entities lie.
    public init(resources: ResourceFolders) {
        self.resources = resources
        factory = SourceFactory(timeZone: .gmt, resources: resources)
    }

    /// Tries every entity as `sverka check` does.
    public func survey(
        _ source: Configuration.Source, entities: [EntityDefinition]
    ) async throws -> [SurveyedEntity] {
        let configured = try factory.source(.left, source, entities: entities)
        var answers: [SurveyedEntity] = []
        for entity in entities {
            if let lack = configured.lack(of: entity.name) {
                answers.append(SurveyedEntity(entity.name, obstacle: lack.explanation))
                continue
            }
            let failed = await configured.source.check(entity).first { !$0.isPassed }
            answers.append(SurveyedEntity(entity.name, obstacle: failed?.detail))
        }
        return answers
    }
}

/// Asks nobody: proposes what the mappings say.
public struct OfflineProbe: SetupProbe {
    private let resources: ResourceFolders

    /// Makes a probe.
    ///
    /// - Parameter resources: Where mappings and entities lie.
    public init(resources: ResourceFolders) { self.resources = resources }

    /// Recognises nothing.
    public func recognise(
        _ infobase: Configuration.Source
    ) async throws -> [RecognisedConfiguration] { [] }

    /// Takes every entity that the mapping names for one that can be read.
    public func survey(
        _ source: Configuration.Source, entities: [EntityDefinition]
    ) async throws -> [SurveyedEntity] {
        let configured = try SourceFactory(timeZone: .gmt, resources: resources)
            .source(.left, source, entities: entities)
        return entities.map {
            SurveyedEntity($0.name, obstacle: configured.lack(of: $0.name)?.explanation)
        }
    }
}
