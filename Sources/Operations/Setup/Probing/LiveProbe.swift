public import Collection
internal import Foundation
public import Records

/// Asks the systems themselves.
public struct LiveProbe: SetupProbe {
    let factory: SourceFactory
    let resources: ResourceFolders

    /// Makes a probe.
    ///
    /// - Parameter resources: Where mappings and entities lie.
    public init(resources: ResourceFolders) {
        self.resources = resources
        factory = SourceFactory(timeZone: .gmt, resources: resources, isAwaited: true)
    }

    /// Tries every entity as `sverka check` does.
    public func survey(
        _ source: Configuration.Source, entities: [EntityDefinition]
    ) async throws -> [SurveyedEntity] {
        let configured = try factory.source(.left, source, entities: entities)
        let exported =
            source.kind == .xml ? try kindsOfRecords(in: source, entities: entities) : nil
        var answers: [SurveyedEntity] = []
        var details: [String?] = []
        for entity in entities {
            if let lack = configured.lack(of: entity.name) {
                answers.append(SurveyedEntity(entity.name, obstacle: Obstacle(lack)))
                continue
            }
            if let exported, !exported.contains(entity.name) {
                answers.append(
                    SurveyedEntity(entity.name, obstacle: .noRecords(folder: source.address)))
                continue
            }
            // What failed three times in the same way, and never otherwise, is not asked further: each
            // try of a system that does not answer takes its time, and a person waits.
            if details.count < 3 || Set(details) != [details[0]] || details[0] == nil {
                details.append(
                    await configured.source.check(entity).first { !$0.isPassed }?.detail)
            }
            let detail = details.last ?? nil
            answers.append(SurveyedEntity(entity.name, obstacle: detail.map { .unfit($0) }))
        }
        return answers
    }

    /// Looks at what the system says of its fields.
    public func ownFields(
        _ source: Configuration.Source, entities: [EntityDefinition]
    ) async throws -> [OwnFieldProposal] {
        let configured = try factory.source(.left, source, entities: entities)
        var proposals: [OwnFieldProposal] = []
        for entity in entities where configured.lack(of: entity.name) == nil {
            proposals += try await configured.source.ownFields(of: entity)
        }
        return proposals
    }
}
