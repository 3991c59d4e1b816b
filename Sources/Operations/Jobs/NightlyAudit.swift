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
        let catalog = EntityCatalog(resources)
        let audited = try (entities ?? configuration.entities).map { name in
            try catalog.entity(name.rawValue)
        }
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
                        return outcome
                    } catch {
                        if !(error is CancellationError) {
                            try? await store.finishRun(
                                run.id, .failed, error: Self.explanation(of: error))
                        }
                        throw error
                    }
                }
            }
    }

    func makeSources(
        _ entities: [EntityDefinition]
    ) throws -> [Side: any SnapshotSource] {
        let factory = SourceFactory(configuration, resources: resources)
        return try configuration.sources.mapValues { try factory.source($0, entities: entities) }
    }

    private func execute(
        _ run: Run, _ entities: [EntityDefinition], _ sources: [Side: any SnapshotSource],
        _ store: Store, _ lock: JobLock
    ) async throws -> JobOutcome {
        var incomplete: [String] = []
        var audits: [EntityAudit] = []
        for entity in entities {
            let taken = try await collect(entity, from: sources, run: run.id, store: store)
            incomplete += taken.incomplete
            try await lock.requireHeld()
            guard let left = taken.snapshots[.left], let right = taken.snapshots[.right] else {
                continue
            }
            audits.append(
                try await compare(entity, left: left, right: right, run: run.id, store: store))
        }
        try await lock.requireHeld()
        guard !audits.isEmpty else {
            return JobOutcome(
                run: run.id, entities: [], files: [], incomplete: incomplete, sentCount: 0,
                unsent: [])
        }
        let files = try await report(audits, run: run, sources: sources, store: store)
        let deliveries = try await deliver(store: store)
        return JobOutcome(
            run: run.id, entities: audits.map(\.outcome), files: files, incomplete: incomplete,
            sentCount: deliveries.sent, unsent: deliveries.unsent)
    }

    /// Who holds the job's lock, for the person who waits for it.
    private static var holder: String {
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
