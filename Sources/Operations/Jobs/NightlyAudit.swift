internal import Collection
public import Foundation
public import Records
internal import Storage

/// The nightly job: read both sources, link, compare, carry the findings on, report, deliver.
///
/// Each stage leaves a row in `run_stage`. A run that died is gone on with at the next start: what a
/// stage has stored is not done again.
public struct NightlyAudit: Sendable {
    /// The job's name in the database; its lock lets one run at a time.
    public static let job = "nightly"

    let configuration: Configuration
    let resources: ResourceFolders
    let progress: any ProgressDisplay
    let acceptsDrop: Bool
    let now: @Sendable () -> Date

    /// Makes the job.
    ///
    /// - Parameters:
    ///   - configuration: What to read, and whom to tell.
    ///   - resources: Definitions, words and templates.
    ///   - progress: Told how far it has come.
    ///   - acceptsDrop: Whether a person said that a source which lost most of its records, or is
    ///     empty, is right this time.
    ///   - now: The time, for the report.
    public init(
        _ configuration: Configuration, resources: ResourceFolders,
        progress: any ProgressDisplay, acceptsDrop: Bool = false,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.configuration = configuration
        self.resources = resources
        self.progress = progress
        self.acceptsDrop = acceptsDrop
        self.now = now
    }

    /// Runs the job.
    ///
    /// - Parameters:
    ///   - entities: The entities to check; `nil` for those of the configuration.
    ///   - due: When the schedule wanted it; a run that was started since then, by whomever, is the
    ///     wanted one. `nil` to run in any case.
    /// - Returns: What came of it; a source that could not be read whole is no failure.
    /// - Throws: ``ConfigurationError`` before anything is done; ``AlreadyRun``; `StorageError` when
    ///   another run holds the lock; what ended the job.
    public func run(entities: [EntityName]? = nil, due: Date? = nil) async throws -> JobOutcome {
        let audited = try definitions(entities)
        let sources = try makeSources(audited)
        return try await DatabaseSession(configuration, resources: resources)
            .withStore(progress: progress) { store in
                try await store.withJobLock(Self.job, holder: Self.holder) { lock in
                    // With the lock held, a run that nobody finished has died and is gone on with.
                    if let due, let last = try await store.runs(job: Self.job, limit: 1).first,
                        last.startedAt >= due, last.state != .running
                    {
                        throw AlreadyRun(run: last.id)
                    }
                    let run = try await store.startRun(
                        lock,
                        parameters: [
                            "entities": audited.map(\.name.rawValue).joined(separator: ",")
                        ],
                        engine: ProgramVersion.current)
                    if run.resumedAt != nil {
                        progress.warn("going on with run \(run.id.rawValue), which died")
                    }
                    do {
                        let outcome = try await execute(run, audited, sources, store, lock)
                        try await store.finishRun(
                            run.id, outcome.incomplete.isEmpty ? .succeeded : .incomplete,
                            error: outcome.incomplete.isEmpty
                                ? nil : outcome.incomplete.joined(separator: "; "))
                        try await alertJob.follow(run.id, store)
                        return outcome
                    } catch {
                        await FailureNotice(configuration, resources, progress, now: now)
                            .end(run, of: error, store: store)
                        if !(error is CancellationError) {
                            try? await alertJob.follow(run.id, store)
                        }
                        throw error
                    }
                }
            }
    }

    private var alertJob: AlertJob {
        AlertJob(configuration, resources: resources, progress: progress, now: now)
    }

    /// The definitions of the entities asked for, or of those of the configuration, to which a
    /// journal adds its own.
    func definitions(_ names: [EntityName]?) throws -> [EntityDefinition] {
        var wanted = names ?? configuration.entities
        if names == nil, configuration.journal != nil,
            !wanted.contains(ConfiguredSource.journalEntity)
        {
            wanted.append(ConfiguredSource.journalEntity)
        }
        let catalog = EntityCatalog(resources)
        return try wanted.map { try catalog.entity($0.rawValue) }
    }

    func makeSources(_ entities: [EntityDefinition]) throws -> [ConfiguredSource] {
        try SourceFactory(timeZone: configuration.company.timeZone, resources: resources)
            .sources(of: configuration, entities: entities)
    }

    /// Reads everything, then compares entity after entity, so that one entity's records are in
    /// memory at a time.
    private func execute(
        _ run: Run, _ entities: [EntityDefinition], _ sources: [ConfiguredSource],
        _ store: Store, _ lock: JobLock
    ) async throws -> JobOutcome {
        var readings: [EntityReading] = []
        for entity in entities {
            try await lock.requireHeld()
            readings.append(try await collect(entity, from: sources, run: run.id, store: store))
        }
        let builder = AuditReportBuilder(
            configuration: configuration, sources: sources, run: run, store: store)
        var parts: [AuditReportBuilder.Part] = []
        var outcomes: [EntityOutcome] = []
        for reading in readings where reading.omission == nil {
            guard let left = reading.snapshots[.left], let right = reading.snapshots[.right] else {
                continue
            }
            try await lock.requireHeld()
            let audit = try await compare(
                reading.definition, left: left, right: right, run: run.id, store: store)
            parts.append(try await builder.part(of: audit))
            outcomes.append(audit.outcome)
        }
        // What is not given back tonight will be the next night.
        try? await store.giveBackStaging()
        try await lock.requireHeld()
        var outcome = JobOutcome(
            run: run.id, entities: outcomes, collected: collected(readings, sources, run: run.id),
            files: [], incomplete: readings.flatMap(\.incomplete), sentCount: 0, unsent: [])
        guard !parts.isEmpty else { return outcome }
        let report = try await builder.report(parts, readings: readings, finishedAt: now())
        outcome.files = try await self.report(report, run: run, store: store)
        let deliveries = try await deliver(store: store)
        outcome.sentCount = deliveries.sentCount
        outcome.unsent = deliveries.unsent
        return outcome
    }

    private func collected(
        _ readings: [EntityReading], _ sources: [ConfiguredSource], run: RunID
    ) -> [CollectedOutcome] {
        let names = Dictionary(uniqueKeysWithValues: sources.map { ($0.role, $0.name) })
        return readings.compactMap { $0.outcome(of: run, names: names) }
    }

    /// Who holds the job's lock, for the person who waits for it.
    static var holder: String {
        "\(ProcessInfo.processInfo.hostName) process \(ProcessInfo.processInfo.processIdentifier)"
    }

    /// What is kept of an error: what it explains of itself, never more.
    static func explanation(of error: any Error) -> String {
        (error as? any ExplainedFailure)?.explanation ?? "\(type(of: error))"
    }
}

/// One entity's part of a run, from its snapshots to its findings.
struct EntityAudit: Sendable {
    var definition: EntityDefinition
    var snapshots: [Side: Snapshot]
    var records: [Side: [Record]]
    var linkage: Linkage
    var findings: [Finding]
    var method: [MethodEntry]
    var outcome: EntityOutcome

    /// A line of the report's description of the method.
    struct MethodEntry: Sendable {
        var section: String
        var name: String
        var value: String
    }
}
