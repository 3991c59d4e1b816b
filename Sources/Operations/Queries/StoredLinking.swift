internal import Foundation
public import RecordLinkage
public import Records
internal import Storage

/// Links the records that stand in the database as the last night did, to explain its decisions.
public struct StoredLinking: Sendable {
    private let configuration: Configuration
    private let resources: ResourceFolders
    private let progress: any ProgressDisplay

    /// Makes a reader.
    public init(
        _ configuration: Configuration, resources: ResourceFolders, progress: any ProgressDisplay
    ) {
        self.configuration = configuration
        self.resources = resources
        self.progress = progress
    }

    /// The means to explain what the last night decided.
    public struct Explained: Sendable {
        /// The entity.
        public let entity: EntityDefinition
        /// Explains any pair.
        public let explainer: LinkageExplainer
        /// Of each record that was asked about, the number of the thing that it belongs to, which stays
        /// from night to night; `nil` where it is linked to nothing and has no duplicates.
        public let things: [Int64?]
    }

    /// The means to explain any pair of an entity, by the latest snapshots and the stored model.
    ///
    /// - Parameters:
    ///   - name: The entity.
    ///   - asked: Records whose things are asked for.
    /// - Returns: Its definition, the explainer, and the things in the order of the records.
    /// - Throws: ``ConfigurationError`` when a side has no snapshot; errors of the database.
    public func explainer(
        of name: String, things asked: [(side: Side, id: RecordID)] = []
    ) async throws -> Explained {
        let entity = try EntityCatalog(resources).entity(name)
        return try await DatabaseSession(configuration, resources: resources)
            .withStore(progress: progress) { store in
                let linker = try await RecordLinker(
                    entity, resources: resources, store: store,
                    memoryFolder: configuration.dataFolder.appending(path: "linkage"))
                let left = try await records(entity, .left, store)
                let right = try await records(entity, .right, store)
                let stage = ProgressStage("link \(entity.name)")
                progress.begin(stage)
                let explainer = linker.explainer(left: left, right: right) {
                    progress.note(stage, $0)
                }
                progress.end(stage, result: "\(left.count) + \(right.count) records")
                var things: [Int64?] = []
                for (side, id) in asked {
                    things.append(try await store.thing(of: id, on: side, entity.name))
                }
                return Explained(entity: entity, explainer: explainer, things: things)
            }
    }

    private func records(
        _ entity: EntityDefinition, _ side: Side, _ store: Store
    ) async throws -> [Record] {
        guard let source = configuration.sources[side]?.name else {
            throw ConfigurationError("the configuration has no \(side.rawValue) source")
        }
        let snapshots = try await store.snapshots(source: source, entity: entity.name, limit: 1)
        guard let snapshot = snapshots.first else {
            throw ConfigurationError(
                "\(source) has no snapshot of \(entity.name); 'sverka run nightly' takes one")
        }
        return try await store.loadRecords(snapshot, as: entity)
    }
}
