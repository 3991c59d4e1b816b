public import Collection
internal import Foundation
public import Records

/// Asks nobody: proposes what the mappings say, and what files are there.
public struct OfflineProbe: SetupProbe {
    private let factory: SourceFactory

    /// Makes a probe.
    ///
    /// - Parameter resources: Where mappings and entities lie.
    public init(resources: ResourceFolders) {
        factory = SourceFactory(timeZone: .gmt, resources: resources)
    }

    /// Recognises nothing.
    public func recognise(
        _ infobase: Configuration.Source
    ) async throws -> [RecognisedConfiguration] { [] }

    /// Takes every entity that the mapping names, or that has a file, for one that can be read.
    public func survey(
        _ source: Configuration.Source, entities: [EntityDefinition]
    ) async throws -> [SurveyedEntity] {
        guard source.kind != .files else {
            let configured = try factory.source(.left, source, entities: entities)
            return entities.map {
                SurveyedEntity($0.name, obstacle: configured.lack(of: $0.name).map(Obstacle.init))
            }
        }
        let mapping = try factory.mapping(source, entities)
        return entities.map {
            SurveyedEntity(
                $0.name,
                obstacle: mapping[$0.name] == nil ? .notMapped(mapping: source.mapping) : nil)
        }
    }

    /// Knows of none.
    public func ownFields(
        _ source: Configuration.Source, entities: [EntityDefinition]
    ) async throws -> [OwnFieldProposal] { [] }
}
