internal import Alerting
public import Foundation
internal import Records
internal import Storage

/// The job that evaluates alerts; it also ends the reading of the journal and the night.
public struct AlertJob: Sendable {
    /// The job's name in the database and in the schedule.
    public static let job = "alerts"

    private let configuration: Configuration
    private let resources: ResourceFolders
    private let progress: any ProgressDisplay
    private let now: @Sendable () -> Date

    /// Makes the job.
    ///
    /// - Parameters:
    ///   - configuration: Whom to tell, and how often at most.
    ///   - resources: Rules and words.
    ///   - progress: Told how far it has come.
    ///   - now: The time.
    public init(
        _ configuration: Configuration, resources: ResourceFolders,
        progress: any ProgressDisplay, now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.configuration = configuration
        self.resources = resources
        self.progress = progress
        self.now = now
    }

    /// Evaluates all alerts in a run of its own.
    ///
    /// - Parameter due: When the schedule wanted it; `nil` to run in any case.
    /// - Returns: What came of it.
    /// - Throws: ``ConfigurationError`` when a rule is not right; ``AlreadyRun``; `StorageError` when
    ///   another run holds the lock; what ended the job.
    public func run(due: Date? = nil) async throws -> AlertOutcome {
        try await JobRun(Self.job, configuration, resources, progress, now: now).execute(
            due: due
        ) { run, store, _ in
            let outcome = try await stage(of: run.id, store)
            try await deliver(outcome, store)
            return outcome
        }
    }

    /// Evaluates all alerts at the end of another job; a failure is told and does not fail that job.
    ///
    /// - Parameters:
    ///   - run: The job's run.
    ///   - store: The database.
    ///   - news: When the earliest operation happened that the job brought into the journal: periods
    ///     since then are looked at, though they be long over. `nil` for none.
    /// - Throws: `CancellationError`.
    func follow(_ run: RunID, _ store: Store, news: Date? = nil) async throws {
        do {
            let outcome = try await store.withJobLock(Self.job, holder: JobRun.holder) {
                lock in
                do { return try await stage(of: run, store, news: news) } catch {
                    try await noteFailure(error, lock, store)
                    throw error
                }
            }
            try await deliver(outcome, store)
        } catch StorageError.jobIsRunning {
            // Another process evaluates them this moment.
        } catch let error where !(error is CancellationError) {
            progress.warn("alerts were not evaluated: " + error.explained)
        }
    }

    /// A run of its own says that alerts failed: the job that they followed did what it had to.
    private func noteFailure(_ error: any Error, _ lock: JobLock, _ store: Store) async throws {
        guard !(error is CancellationError) else { return }
        let run = try await store.startRun(
            lock, engine: ProgramVersion.current, resumption: .never)
        await FailureNotice(configuration, resources, progress, now: now)
            .end(run, of: error, store: store)
    }

    /// Sends what was written; where a service runs, it does so too, and nothing goes out twice.
    private func deliver(_ outcome: AlertOutcome, _ store: Store) async throws {
        guard outcome.messageCount > 0 else { return }
        for message in try await Deliverer(configuration).drain(store).unsent {
            progress.warn(message)
        }
    }

    private func stage(
        of run: RunID, _ store: Store, news: Date? = nil
    ) async throws -> AlertOutcome {
        let stage = ProgressStage("alerts")
        progress.begin(stage)
        var outcome = AlertOutcome()
        try await store.stage("alerts", of: run) {
            outcome = try await AlertEvaluation(
                configuration, resources: resources, progress: progress, now: now(), news: news
            ).evaluate(store, run: run)
            return outcome.counts
        }
        progress.end(
            stage, result: "\(outcome.firingCount) firing, \(outcome.messageCount) messages")
        return outcome
    }
}
