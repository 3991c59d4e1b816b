public import Records
public import Storage

/// Reads what earlier runs left in the database, for the command line.
public struct StoredAudits: Sendable {
    private let session: DatabaseSession
    private let catalog: EntityCatalog
    private let schedule: [ScheduledJob]

    /// Makes a reader.
    public init(_ configuration: Configuration, resources: ResourceFolders) {
        session = DatabaseSession(configuration, resources: resources)
        catalog = EntityCatalog(resources)
        schedule = configuration.schedule
    }

    /// How the jobs of the schedule stand.
    public func status() async throws -> ServiceStatus {
        try await session.withStore(progress: SilentProgress()) { store in
            try await ServiceStatus.read(schedule, store: store)
        }
    }

    /// The latest runs, the last first; `nil` for those of all jobs.
    public func runs(job: String? = nil, limit: Int) async throws -> [Run] {
        try await session.withStore(progress: SilentProgress()) { store in
            try await store.runs(job: job, limit: limit)
        }
    }

    /// One run with its stages and the snapshots that it took.
    ///
    /// - Throws: `StorageError` when there is none with this number.
    public func run(_ id: RunID) async throws -> (run: Run, snapshots: [Snapshot]) {
        try await session.withStore(progress: SilentProgress()) { store in
            (try await store.run(id), try await store.snapshots(run: id))
        }
    }

    /// Snapshots, the latest first; `nil` for every source and every entity.
    public func snapshots(
        source: SourceName?, entity: EntityName?, limit: Int
    ) async throws -> [Snapshot] {
        try await session.withStore(progress: SilentProgress()) { store in
            try await store.snapshots(source: source, entity: entity, limit: limit)
        }
    }

    /// One snapshot.
    ///
    /// - Throws: `StorageError` when there is none with this number.
    public func snapshot(_ id: SnapshotID) async throws -> Snapshot {
        try await session.withStore(progress: SilentProgress()) { store in
            try await store.snapshot(id)
        }
    }

    /// The pairs of an entity that a person should look at, as of the last night.
    ///
    /// - Returns: Pairs by doubt, of each those first that are most worth a look.
    /// - Throws: ``ConfigurationError`` for an entity that is unknown or that no night has linked; errors
    ///   of the database.
    public func pairsForReview(_ entity: EntityName) async throws -> [ReviewPair] {
        _ = try catalog.entity(entity.rawValue)
        return try await session.withStore(progress: SilentProgress()) { store in
            guard try await store.previousLinkageKey(entity) != nil else {
                throw ConfigurationError(
                    "no night has linked \(entity) yet: 'sverka run nightly' does")
            }
            return try await store.pairsForReview(entity)
        }
    }

    /// Findings that match a filter.
    public func findings(_ filter: FindingFilter) async throws -> [StoredFinding] {
        try await session.withStore(progress: SilentProgress()) { store in
            try await store.findings(filter)
        }
    }
}
