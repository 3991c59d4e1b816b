public import Collection
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

    /// Fields that people added to a system and that seem to be wanted.
    ///
    /// - Parameters:
    ///   - source: The system with its mapping.
    ///   - entities: The entities that will be read.
    /// - Returns: The fields, in the order of the entities.
    /// - Throws: What keeps the system from being asked.
    func ownFields(
        _ source: Configuration.Source, entities: [EntityDefinition]
    ) async throws -> [OwnFieldProposal]
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

/// What keeps a system from giving an entity.
public enum Obstacle: Hashable, Sendable {
    /// Its mapping says nothing of it.
    case notMapped(mapping: String)
    /// Its folder has no file of it.
    case noFile(folder: String)
    /// The files of its folder do not seem to hold any.
    case noRecords(folder: String)
    /// What was found does not do; the system's own words.
    case unfit(String)

    init(_ lack: ConfiguredSource.Lack) {
        switch lack {
        case .notMapped(let mapping): self = .notMapped(mapping: mapping)
        case .noFile(let folder): self = .noFile(folder: folder)
        }
    }
}

/// An entity that a system was asked for.
public struct SurveyedEntity: Sendable {
    /// The entity.
    public var name: EntityName
    /// What could not be found; `nil` when it can be read.
    public var obstacle: Obstacle?

    /// Makes an answer.
    public init(_ name: EntityName, obstacle: Obstacle?) {
        self.name = name
        self.obstacle = obstacle
    }
}
