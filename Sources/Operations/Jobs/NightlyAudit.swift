internal import Collection
public import Foundation
public import Records
internal import Reporting
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
    let systems: SystemRegistry
    let now: @Sendable () -> Date

    /// Makes the job.
    ///
    /// - Parameters:
    ///   - configuration: What to read, and whom to tell.
    ///   - resources: Definitions, words and templates.
    ///   - progress: Told how far it has come.
    ///   - acceptsDrop: Whether a person said that a source which lost most of its records, or is
    ///     empty, is right this time.
    ///   - systems: What is shared with other jobs of this process that read the same systems; `nil`
    ///     when there are none.
    ///   - now: The time, for the report.
    public init(
        _ configuration: Configuration, resources: ResourceFolders,
        progress: any ProgressDisplay, acceptsDrop: Bool = false,
        systems: SystemRegistry? = nil,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.configuration = configuration
        self.resources = resources
        self.progress = progress
        self.acceptsDrop = acceptsDrop
        self.systems =
            systems ?? SystemRegistry(configuration) { progress.warn($0) }
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
        let alerts = AlertJob(
            configuration, resources: resources, progress: progress, now: now)
        return try await JobRun(Self.job, configuration, resources, progress, now: now).execute(
            due: due, parameters: parameters(audited),
            resumption: .ifDied(within: .seconds(12 * 3600)),
            then: { run, store, outcome in
                try await alerts.follow(run.id, store, news: outcome?.earliestOperation)
            }
        ) { run, store, lock in
            try await execute(run, audited, sources, store, lock)
        }
    }

    /// What a run has to share with one that died to go on with it: what that one took and doubted must
    /// not stand where a person has said since that it is right.
    private func parameters(_ entities: [EntityDefinition]) -> [String: String] {
        var parameters = ["entities": entities.map(\.name.rawValue).joined(separator: ",")]
        if acceptsDrop { parameters["accepts_drop"] = "true" }
        return parameters
    }

    /// The definitions of the entities asked for, or of those of the configuration, to which a
    /// journal adds its own unless a job of the schedule reads it.
    func definitions(_ names: [EntityName]?) throws -> [EntityDefinition] {
        var wanted = names ?? configuration.entities
        // Millions of lines, once more each night, for nothing that the job does not know.
        let isReadByJob = configuration.schedule.contains { $0.job == JournalIngest.job }
        if names == nil, configuration.journal != nil, !isReadByJob,
            !wanted.contains(ConfiguredSource.journalEntity)
        {
            wanted.append(ConfiguredSource.journalEntity)
        }
        let catalog = EntityCatalog(resources)
        return try wanted.map { try catalog.entity($0.rawValue) }
    }

    func makeSources(_ entities: [EntityDefinition]) throws -> [ConfiguredSource] {
        try SourceFactory(
            timeZone: configuration.company.timeZone, resources: resources, systems: systems
        ).sources(of: configuration, entities: entities)
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
            configuration: configuration, sources: sources, run: run, store: store,
            progress: progress)
        var compared: [Int: (part: AuditReportBuilder.Part, outcome: EntityOutcome)] = [:]
        for place in ReferenceOrder.places(readings.map(\.definition)) {
            let reading = readings[place]
            guard reading.omission == nil, let left = reading.snapshots[.left],
                let right = reading.snapshots[.right]
            else { continue }
            try await lock.requireHeld()
            let audit = try await compare(
                reading.definition, left: left, right: right, run: run.id, store: store)
            compared[place] = (try await builder.part(of: audit), audit.outcome)
        }
        let parts = readings.indices.compactMap { compared[$0]?.part }
        let outcomes = readings.indices.compactMap { compared[$0]?.outcome }
        try await forgetWhatIsOver(store)
        // What is not given back tonight will be the next night.
        try? await store.giveBackStaging()
        try await lock.requireHeld()
        var outcome = JobOutcome(
            run: run.id, entities: outcomes, collected: collected(readings, sources, run: run.id),
            files: [], incomplete: readings.flatMap(\.incomplete), sentCount: 0, unsent: [])
        outcome.earliestOperation = readings.compactMap(\.takenOver.earliest).min()
        // Where nothing could be compared the report says why, to those who wait for it.
        guard !parts.isEmpty || !outcome.incomplete.isEmpty else { return outcome }
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
        var value: MethodSection.Value
    }
}
