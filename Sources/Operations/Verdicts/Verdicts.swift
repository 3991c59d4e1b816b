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
    ///   - pair: The records; both must stand in the last snapshots.
    ///   - areSame: Whether they are the same thing; `nil` takes an earlier verdict back.
    ///   - person: Who decided.
    ///   - comment: Why.
    /// - Throws: ``ConfigurationError`` for an unknown entity or record, and where one record is named
    ///   twice; `PostgresError`.
    public func decide(
        _ entity: EntityName, about pair: RecordPair, areSame: Bool?, person: String,
        comment: String
    ) async throws {
        let definition = try catalog.entity(entity.rawValue)
        if let side = pair.side, pair.first == pair.second {
            throw ConfigurationError(
                "the \(side.rawValue) record '\(pair.first)' is named twice; a verdict is about two "
                    + "records")
        }
        try await session.withStore(progress: SilentProgress()) { store in
            try await require(pair, of: definition, store)
            try await store.addVerdict(
                entity, about: pair, areSame: areSame, person: person, comment: comment)
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
        _ pair: RecordPair, of entity: EntityDefinition, _ store: Store
    ) async throws {
        for (side, id) in [(pair.firstSide, pair.first), (pair.secondSide, pair.second)] {
            if try await has(id, on: side, of: entity, store) { continue }
            if pair.side == nil { try await refuseOneSide(pair, of: entity, store) }
            let order =
                pair.side == nil
                ? "that of '\(name(of: .left))' comes first"
                : "with --side \(side.rawValue) both are of '\(name(of: side))'"
            throw ConfigurationError(
                "\(name(of: side)) has no \(entity.name) with the id '\(id)'; ids stand in 'sverka "
                    + "findings' and in the workbook, \(order)")
        }
    }

    /// Two ids of one side, of which nobody said that they are.
    private func refuseOneSide(
        _ pair: RecordPair, of entity: EntityDefinition, _ store: Store
    ) async throws {
        for side in Side.allCases {
            guard try await has(pair.first, on: side, of: entity, store),
                try await has(pair.second, on: side, of: entity, store)
            else { continue }
            throw ConfigurationError(
                "\(pair.first) and \(pair.second) are both \(side.rawValue) records: add --side "
                    + "\(side.rawValue)")
        }
    }

    /// Whether a record stands in the last snapshot of its side.
    private func has(
        _ id: RecordID, on side: Side, of entity: EntityDefinition, _ store: Store
    ) async throws -> Bool {
        guard let source = sources[side],
            let snapshot = try await store.snapshots(
                source: source, entity: entity.name, limit: 1
            ).first
        else {
            throw ConfigurationError("no night has read \(entity.name) of the \(side) side yet")
        }
        return try await store.payload(of: id, in: snapshot.id) != nil
    }

    private func name(of side: Side) -> String { sources[side]?.rawValue ?? side.rawValue }
}
