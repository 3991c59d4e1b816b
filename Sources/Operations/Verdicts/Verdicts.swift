public import Records
public import Storage

/// Takes people's verdicts and says which were given, for the command line.
public struct Verdicts: Sendable {
    private let session: DatabaseSession
    private let catalog: EntityCatalog
    private let sources: [Side: SourceName]

    /// Makes it; nothing is opened yet.
    public init(_ configuration: Configuration, resources: ResourceFolders) {
        session = DatabaseSession(configuration, resources: resources)
        catalog = EntityCatalog(resources)
        sources = configuration.sources.mapValues(\.name)
    }

    /// Decides about a pair, for every run to come.
    ///
    /// - Parameters:
    ///   - entity: What the records are.
    ///   - left: The left record; it must stand in the last snapshot.
    ///   - right: The right record; likewise.
    ///   - areSame: Whether they are the same thing; `nil` takes an earlier verdict back.
    ///   - person: Who decided.
    ///   - comment: Why.
    /// - Throws: ``ConfigurationError`` for an unknown entity or record; `PostgresError`.
    public func decide(
        _ entity: EntityName, left: RecordID, right: RecordID, areSame: Bool?, person: String,
        comment: String
    ) async throws {
        let definition = try catalog.entity(entity.rawValue)
        try await session.withStore(progress: SilentProgress()) { store in
            for (side, id) in [(Side.left, left), (.right, right)] {
                try await require(id, on: side, of: definition, store)
            }
            try await store.addVerdict(
                entity, left: left, right: right, areSame: areSame, person: person,
                comment: comment)
        }
    }

    /// Decides to live with a finding, or not to any longer.
    ///
    /// - Parameters:
    ///   - number: The finding's number.
    ///   - isAccepted: Whether to live with it.
    ///   - person: Who decided.
    ///   - comment: Why.
    /// - Returns: The finding as it stood before.
    /// - Throws: `StorageError` when there is none with this number; `PostgresError`.
    public func accept(
        finding number: Int64, isAccepted: Bool, person: String, comment: String
    ) async throws -> StoredFinding {
        try await session.withStore(progress: SilentProgress()) { store in
            guard
                let stored = try await store.findings(FindingFilter(number: number, limit: 1)).first
            else { throw StorageError.notFound(what: "finding \(number)") }
            try await store.accept(
                stored.finding.fingerprint, of: stored.finding.entity, isAccepted: isAccepted,
                person: person, comment: comment)
            return stored
        }
    }

    /// Verdicts that were given, the latest first.
    public func list(_ entity: EntityName?, limit: Int) async throws -> [StoredVerdict] {
        try await session.withStore(progress: SilentProgress()) { store in
            try await store.verdicts(entity, limit: limit)
        }
    }

    /// A verdict about a record that nobody has would stand for ever and decide nothing.
    private func require(
        _ id: RecordID, on side: Side, of entity: EntityDefinition, _ store: Store
    ) async throws {
        guard let source = sources[side],
            let snapshot = try await store.snapshots(
                source: source, entity: entity.name, limit: 1
            ).first
        else {
            throw ConfigurationError("no night has read \(entity.name) of the \(side) side yet")
        }
        guard try await store.payload(of: id, in: snapshot.id) != nil else {
            throw ConfigurationError(
                "\(source) has no \(entity.name) with the id '\(id)'; ids stand in 'sverka findings' "
                    + "and in the workbook, that of '\(sources[.left]?.rawValue ?? "left")' comes first"
            )
        }
    }
}
